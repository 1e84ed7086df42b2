/** What a training tells of itself between steps. */
import { described, onlyOptions } from "../base/choice.ts";
import type { LastSamples } from "./last_samples.ts";
import type { StepMetrics } from "./pass.ts";

/** What a report is to hold beside the steps. */
export interface ReportOptions {
  /** Features of the last so many samples, fewer where fewer were seen; at most an epoch's. Default: 0. */
  samples?: number;
  /** The centers. Default: false. */
  centers?: boolean;
  /** How the last layer makes logits of two features. Default: false. */
  classifier?: boolean;
}

/** How a training was at the end of a step. */
export interface StepReport {
  /** Steps done since the trainer was made. */
  step: number;
  /** The epoch of the last of them, from 1. */
  epoch: number;
  /** Steps done in that epoch. */
  done: number;
  /** The steps since the report before, in order. */
  steps: StepMetrics[];
  /** Where they were asked for. */
  samples?: LastSamples;
  /**
   * Where they were asked for, `[classes, featureDim]`: the learned centers; where none are learned, the means of the classes
   * in `samples`, and NaN for a class without any.
   */
  centers?: Float32Array<ArrayBuffer>;
  /**
   * Where it was asked for, `[classes, 3]`: a factor on each of two features and a bias, of each class's logit; none of other
   * sizes, or where logits are not trained.
   */
  classifier?: Float32Array<ArrayBuffer>;
}

/** How often a training reports: after so many steps, or as many as are done in about so many milliseconds. */
export type Every = { steps: number } | { ms: number };

/** Options of `Trainer.reports()`. */
export interface ReportsOptions extends ReportOptions {
  /** How often it reports; an epoch's last step ends a report, too. Default: after each step. */
  every?: Every;
}

/**
 * Refuses options out of their ranges.
 *
 * @throws {TypeError} When `every` is no object with a number.
 * @throws {RangeError}
 */
export function checkReports(options: ReportsOptions): void {
  const known = ["every", "samples", "centers", "classifier"] as const;
  const { every = { steps: 1 }, samples = 0 } = onlyOptions("report the steps", options, known);
  const act = "Cannot report the steps";
  const counts = Object.values(Object(every)).some((value) => typeof value === "number");
  if (!counts) throw new TypeError(`${act} every ${described(every)}: give { steps } or { ms }`);
  if ("steps" in every ? !(Number.isInteger(every.steps) && every.steps > 0) : !(every.ms > 0)) {
    const [[unit, value]] = Object.entries(every);
    const kind = unit === "steps" ? "a whole number from 1" : "a number above 0";
    throw new RangeError(`${act} every ${value} ${unit}: it must be ${kind}`);
  }
  if (Number.isInteger(samples) && samples >= 0) return;
  throw new RangeError(`${act} with ${samples} samples: it must be a whole number from 0`);
}

/** How many steps fit between two reports. */
export class ReportPace {
  readonly #every: Every;
  #ms = Infinity;
  #last: { step: number; at: number } | undefined;

  /** Starts with one step where time decides. */
  constructor(every: Every) {
    this.#every = every;
  }

  /** Steps before the next report. */
  get steps(): number {
    if ("steps" in this.#every) return this.#every.steps;
    return Math.max(1, Math.round(this.#every.ms / this.#ms));
  }

  /** The report after `step` arrived. The time before the first counts for nothing: kernels are compiled then. */
  arrived(step: number): void {
    const last = this.#last, at = performance.now();
    if (last && step > last.step) {
      const ms = Math.max((at - last.at) / (step - last.step), 1e-3);
      // One late report must not make the next ones short, nor a few early ones a long one.
      this.#ms = this.#ms === Infinity ? ms : Math.min(Math.max(ms, this.#ms / 2), 2 * this.#ms);
    }
    this.#last = { step, at };
  }
}
