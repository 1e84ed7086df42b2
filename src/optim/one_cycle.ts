/** One cycle of the learning rate over a training whose length is known. */
import { onlyOptions } from "../base/choice.ts";
import { checkSetting } from "../tensor/setting.ts";

/**
 * A rate that rises from 0 to the optimizer's in a straight line and falls to 0 in another, a little with every step (after
 * Smith and Topin 2017, super-convergence, whose cycle rises and falls in equal steps from a low rate and ends with a tail;
 * lines of KellerJordan/cifar10-airbench's airbench94 begin at a fifth of the peak and end at 7 % of it).
 */
export interface OneCycle {
  /** Epochs of the whole cycle. */
  epochs: number;
  /** Share of the steps in which the rate rises; above 0 and below 1. */
  peak: number;
  /** Number of the cycle's first epoch. Default: 1. */
  first?: number;
  /**
   * Share of the steps in which the weight of a center loss beside cross-entropy rises from 0 to its own in a straight line; above
   * 0 and up to 1. With all of it from the first step, features fall together before the logits part them. Default: no rise.
   */
  centerRamp?: number;
}

/**
 * Refuses a cycle that has no rates.
 *
 * @throws {TypeError} For a setting that is no number, or of another name.
 * @throws {RangeError} When a setting is out of range.
 *
 * @example
 * ```ts
 * import { assertThrows } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { checkOneCycle } from "../../mod.ts";
 *
 * checkOneCycle({ epochs: 5, peak: 0.3 });
 * assertThrows(() => checkOneCycle({ epochs: 5, peak: 1 }), RangeError, "above 0 and below 1"); // it would never fall
 * ```
 */
export function checkOneCycle(cycle: OneCycle): void {
  const known = ["epochs", "peak", "first", "centerRamp"] as const;
  const { epochs, peak, first = 1, centerRamp = 1 } = onlyOptions("train one cycle", cycle, known);
  const isWhole = (n: number) => Number.isInteger(n) && n >= 1;
  const check = (name: string, value: number, must: string, holds: (n: number) => boolean) =>
    checkSetting(
      `Cannot train one cycle with ${name} ${value}:`,
      value,
      `it must be ${must}`,
      holds,
    );
  check("epochs", epochs, "a whole number from 1", isWhole);
  check("first", first, "a whole number from 1", isWhole);
  check("peak", peak, "above 0 and below 1", (n) => n > 0 && n < 1);
  check("centerRamp", centerRamp, "above 0 and up to 1", (n) => n > 0 && n <= 1);
}

/**
 * The rates of an epoch's steps, as shares of the optimizer's rate.
 *
 * @param epoch Its number.
 * @param steps How many it has, and all others of the cycle.
 * @returns One for each step, above 0 and up to 1; the last of an epoch past the end of the cycle for all of its steps.
 * @throws {RangeError} For an epoch before the cycle's first, a number of steps that is no whole one from 1, and a cycle
 * that has no rates.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { oneCycleRates } from "../../mod.ts";
 *
 * const cycle = { epochs: 2, peak: 0.5 };
 * assertEquals(oneCycleRates(cycle, 1, 4), [0.25, 0.5, 0.75, 1]);
 * assertEquals(oneCycleRates(cycle, 2, 4), [1, 0.75, 0.5, 0.25]);
 * ```
 */
export function oneCycleRates(cycle: OneCycle, epoch: number, steps: number): number[] {
  checkOneCycle(cycle);
  const { epochs, peak, first = 1 } = cycle;
  const all = epochs * steps;
  const rising = Math.max(1, Math.floor(peak * all));
  return stepsOf({ epochs, first }, epoch, steps).map((step) =>
    step < rising ? (step + 1) / rising : (all - step) / Math.max(1, all - rising)
  );
}

/**
 * The weights of an epoch's steps on a center loss, as shares of its own, for a cycle with a `centerRamp`.
 *
 * @param epoch Its number.
 * @param steps How many it has, and all others of the cycle.
 * @returns One for each step, above 0 and up to 1.
 * @throws {RangeError} For an epoch before the cycle's first, a number of steps that is no whole one from 1, and a cycle
 * that has no rates.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { centerRampShares } from "../../mod.ts";
 *
 * const cycle = { epochs: 2, peak: 0.5, centerRamp: 0.5 };
 * assertEquals(centerRampShares(cycle, 1, 4), [0.25, 0.5, 0.75, 1]);
 * assertEquals(centerRampShares(cycle, 2, 4), [1, 1, 1, 1]);
 * ```
 */
export function centerRampShares(cycle: OneCycle, epoch: number, steps: number): number[] {
  checkOneCycle(cycle);
  const { epochs, first = 1, centerRamp } = cycle;
  const rising = Math.max(1, Math.floor((centerRamp ?? 0) * epochs * steps));
  return stepsOf({ epochs, first }, epoch, steps).map((step) => Math.min(1, (step + 1) / rising));
}

/**
 * Numbers of an epoch's steps in the cycle; the last one for those past its end.
 *
 * @throws {RangeError} For an epoch before the cycle's first, and a number of steps that is no whole one from 1.
 */
function stepsOf(
  { epochs, first }: { epochs: number; first: number },
  epoch: number,
  steps: number,
): number[] {
  if (!Number.isInteger(epoch) || epoch < first) {
    throw new RangeError(
      `Cannot take the steps of epoch ${epoch} of one cycle: it must be a whole number from ${first}, the cycle's first`,
    );
  }
  if (!Number.isInteger(steps) || steps < 1) {
    throw new RangeError(
      `Cannot take ${steps} steps of an epoch of one cycle: it must be a whole number from 1`,
    );
  }
  return Array.from(
    { length: steps },
    (_, i) => Math.min((epoch - first) * steps + i, epochs * steps - 1),
  );
}
