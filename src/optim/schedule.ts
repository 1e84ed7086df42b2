/** Learning rates over the epochs. */
import { checkChoice, described, onlyOptions } from "../base/choice.ts";
import { checkSetting } from "../tensor/setting.ts";
import { checkList } from "../tensor/shape.ts";
import { checkRange } from "./optimizer.ts";

const isWhole = (n: unknown, low = 0) => Number.isInteger(n) && (n as number) >= low;

/** Refuses a number of epochs that is none. */
function checkEpochs(name: string, value: number, low: number): void {
  const must = `it must be a whole number from ${low}`;
  checkSetting(`${name} is ${value};`, value, must, (n) => isWhole(n, low));
}

/** Refuses the state of something else, whose rates would be NaN from then on. */
function checkState(
  name: string,
  state: Record<string, unknown>,
  holds: Record<string, (value: unknown) => boolean>,
): void {
  for (const [field, fits] of Object.entries(holds)) {
    const value = Object(state)[field];
    if (fits(value)) continue;
    throw new TypeError(
      `Cannot continue ${name}: the ${field} of its state is ${
        described(value)
      }; give what its state() gave`,
    );
  }
}

/** Gives the rate of an epoch from what is known after the one before. */
export interface Schedule {
  /** Takes the metric of an epoch at its end, and returns the rate of the next one. */
  next(metric: number): number;
  /** Numbers that continue the schedule after a resume. */
  state(): Record<string, number>;
  /**
   * Takes up what {@linkcode Schedule.state} gave.
   *
   * @throws {TypeError} For the state of something else.
   */
  load(state: Record<string, number>): void;
}

/** Options of {@linkcode ReduceLROnPlateau}. */
export interface PlateauOptions {
  /** The rate to start from. */
  lr: number;
  /** Whether a better metric is smaller or larger. Default: `min`. */
  mode?: "min" | "max";
  /** Default: 0.1. */
  factor?: number;
  /** Epochs without a better metric that are let pass, a whole number. Default: 10. */
  patience?: number;
  /**
   * How much better counts, relative to the best. Default: 1e-4. It is meant for metrics of 0 or more: as in PyTorch, a
   * negative one counts as better though it is the same or a little worse.
   */
  threshold?: number;
}

/**
 * Multiplies the rate by a factor when a metric stops getting better (PyTorch's scheduler of that name, relative mode).
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { ReduceLROnPlateau } from "../../mod.ts";
 *
 * const schedule = new ReduceLROnPlateau({ lr: 1, factor: 0.5, patience: 1 });
 * const losses = [3, 2, 2, 2]; // the last one is the second in a row that is no better
 * assertEquals(losses.map((loss) => schedule.next(loss)), [1, 1, 1, 0.5]);
 * ```
 */
export class ReduceLROnPlateau implements Schedule {
  readonly #options: Required<PlateauOptions>;
  #lr: number;
  #best: number;
  #bad = 0;

  /**
   * Starts at the first epoch.
   *
   * @throws {RangeError} When an option is out of its range.
   */
  constructor(options: PlateauOptions) {
    const known = ["lr", "mode", "factor", "patience", "threshold"] as const;
    const given = onlyOptions("make ReduceLROnPlateau", options, known);
    const { lr, mode = "min", factor = 0.1, patience = 10, threshold = 1e-4 } = given;
    checkRange("lr", lr, 0);
    checkChoice("make ReduceLROnPlateau", "mode", mode, ["min", "max"]);
    checkRange("factor", factor, 0, 1);
    checkEpochs("patience", patience, 0);
    checkRange("threshold", threshold, 0);
    this.#options = { lr, mode, factor, patience, threshold };
    this.#lr = lr;
    this.#best = mode === "min" ? Infinity : -Infinity;
  }

  /** Takes the metric of an epoch, and returns the rate of the next one. */
  next(metric: number): number {
    const { mode, threshold, patience, factor } = this.#options;
    const better = mode === "min"
      ? metric < this.#best * (1 - threshold)
      : metric > (this.#best === -Infinity ? -Infinity : this.#best * (1 + threshold));
    if (better) {
      this.#best = metric;
      this.#bad = 0;
    } else if (++this.#bad > patience) {
      this.#bad = 0;
      const reduced = this.#lr * factor;
      if (this.#lr - reduced > 1e-8) this.#lr = reduced;
    }
    return this.#lr;
  }

  /** Rate, best metric, and epochs since. */
  state(): Record<string, number> {
    return { lr: this.#lr, best: this.#best, bad: this.#bad };
  }

  /** Takes up what `state` gave. */
  load(state: Record<string, number>): void {
    checkState("ReduceLROnPlateau", state, {
      lr: (n) => Number.isFinite(n) && n as number >= 0,
      best: (n) => n == null || typeof n === "number" && !Number.isNaN(n),
      bad: (n) => isWhole(n),
    });
    this.#lr = state.lr;
    this.#best = state.best ?? this.#best; // JSON has no Infinity: before the first epoch it says null
    this.#bad = state.bad;
  }
}

/**
 * Multiplies the rate by `gamma` every `stepSize` epochs (PyTorch's scheduler of that name).
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { StepLR } from "../../mod.ts";
 *
 * const schedule = new StepLR({ lr: 1, stepSize: 2, gamma: 0.5 });
 * assertEquals([2, 3, 4, 5].map(() => schedule.next()), [1, 0.5, 0.5, 0.25]); // the rates of these epochs
 * ```
 */
export class StepLR implements Schedule {
  readonly #lr: number;
  readonly #stepSize: number;
  readonly #gamma: number;
  #epoch = 0;

  /**
   * Starts at the first epoch.
   *
   * @throws {RangeError} When `stepSize` is no whole number from 1, or another number negative.
   */
  constructor(options: { lr: number; stepSize: number; gamma: number }) {
    const known = ["lr", "stepSize", "gamma"] as const;
    const { lr, stepSize, gamma } = onlyOptions("make StepLR", options, known);
    checkRange("lr", lr, 0);
    checkEpochs("stepSize", stepSize, 1);
    checkRange("gamma", gamma, 0);
    this.#lr = lr;
    this.#stepSize = stepSize;
    this.#gamma = gamma;
  }

  /** Returns the rate of the next epoch. */
  next(): number {
    return this.#lr * this.#gamma ** Math.floor(++this.#epoch / this.#stepSize);
  }

  /** The epoch. */
  state(): Record<string, number> {
    return { epoch: this.#epoch };
  }

  /** Takes up what `state` gave. */
  load(state: Record<string, number>): void {
    checkState("StepLR", state, { epoch: (n) => isWhole(n) });
    this.#epoch = state.epoch;
  }
}

/**
 * Multiplies the rate by `gamma` after each of some epochs (PyTorch's scheduler of that name).
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { MultiStepLR } from "../../mod.ts";
 *
 * const schedule = new MultiStepLR({ lr: 1, milestones: [2, 4], gamma: 0.5 });
 * assertEquals([2, 3, 4, 5].map(() => schedule.next()), [1, 0.5, 0.5, 0.25]); // the rates of these epochs
 * ```
 */
export class MultiStepLR implements Schedule {
  readonly #lr: number;
  readonly #milestones: readonly number[];
  readonly #gamma: number;
  #epoch = 0;

  /**
   * Starts at the first epoch; the rate falls after each epoch of `milestones`, counted from 1.
   *
   * @throws {TypeError} When `milestones` is no list.
   * @throws {RangeError} When a milestone is no whole number, or a number negative.
   */
  constructor(options: { lr: number; milestones: readonly number[]; gamma: number }) {
    const known = ["lr", "milestones", "gamma"] as const;
    const { lr, milestones, gamma } = onlyOptions("make MultiStepLR", options, known);
    checkRange("lr", lr, 0);
    checkList("make MultiStepLR", "milestones", milestones);
    for (const epoch of milestones) checkEpochs("milestone", epoch, 0);
    checkRange("gamma", gamma, 0);
    this.#lr = lr;
    this.#milestones = [...milestones];
    this.#gamma = gamma;
  }

  /** Returns the rate of the next epoch. */
  next(): number {
    const passed = this.#milestones.filter((epoch) => epoch <= this.#epoch + 1).length;
    this.#epoch++;
    return this.#lr * this.#gamma ** passed;
  }

  /** The epoch. */
  state(): Record<string, number> {
    return { epoch: this.#epoch };
  }

  /** Takes up what `state` gave. */
  load(state: Record<string, number>): void {
    checkState("MultiStepLR", state, { epoch: (n) => isWhole(n) });
    this.#epoch = state.epoch;
  }
}

/** A schedule in a row: rates fall between epochs, or by a `OneCycle` over all epochs change with every step. */
export type ScheduleRecipe =
  | { kind: "plateau"; mode: "max"; factor: number; patience: number; threshold: number }
  | { kind: "step"; stepSize: number; gamma: number }
  | { kind: "milestones"; milestones: readonly number[]; gamma: number }
  | { kind: "one-cycle"; peak: number; centerRamp?: number }
  | { kind: "constant" };

const KINDS: readonly ScheduleRecipe["kind"][] = [
  "plateau",
  "step",
  "milestones",
  "one-cycle",
  "constant",
];

/**
 * The schedule of a recipe, at its start. That of one cycle keeps the rate, as that of a constant one does: the trainer
 * takes the shares of its steps from {@linkcode oneCycleRates}.
 *
 * @param lr The rate of the first epoch; of one cycle, that of its peak.
 * @throws {RangeError} For an unknown kind, or a setting out of range.
 * @throws {TypeError} For milestones that are no list.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { scheduleOf } from "../../mod.ts";
 *
 * const schedule = scheduleOf({ kind: "step", stepSize: 1, gamma: 0.5 }, 1);
 * assertEquals([schedule.next(0.9), schedule.next(0.95)], [0.5, 0.25]); // after test accuracies, which it does not go by
 * ```
 */
export function scheduleOf(recipe: ScheduleRecipe, lr: number): Schedule {
  checkChoice("make the schedule", "kind", recipe?.kind, KINDS);
  switch (recipe.kind) {
    case "plateau": {
      const { mode, factor, patience, threshold } = recipe;
      return new ReduceLROnPlateau({ lr, mode, factor, patience, threshold });
    }
    case "step":
      return new StepLR({ lr, stepSize: recipe.stepSize, gamma: recipe.gamma });
    case "milestones":
      return new MultiStepLR({ lr, milestones: recipe.milestones, gamma: recipe.gamma });
    case "one-cycle": // the trainer's, from the optimizer's rate
    case "constant":
      return new MultiStepLR({ lr, milestones: [], gamma: 1 });
  }
}
