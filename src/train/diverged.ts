/** A loss that is not a number any more. */
import { Diverged } from "../base/errors.ts";
import type { StepMetrics } from "./pass.ts";

/**
 * The error of an epoch whose last step gave a loss that is NaN or infinite.
 *
 * @param steps The last ones, up to that.
 * @param rate What is said of the learning rate.
 * @param step Its number in the epoch, where those are not all.
 */
export function diverged(
  epoch: number,
  steps: readonly StepMetrics[],
  rate: string,
  step: number = steps.length,
): Diverged {
  const { loss, terms: { clamped: _, ...terms } } = steps[steps.length - 1];
  const parts = Object.entries(terms).map(([name, value]) => `${name.replace("_", "-")} ${value}`);
  const made = parts.length > 1 ? ` (${parts.join(", ")})` : "";
  const clamped = steps.reduce((sum, { terms }) => sum + (terms.clamped ?? 0), 0);
  const before = clamped > 0 ? `, after ${clamped} clamped exponents in this epoch,` : "";
  return new Diverged(
    `The loss became ${loss} in step ${step} of epoch ${epoch}${made}${before} at ${rate}: ` +
      `try a smaller learning rate${parts.length > 1 ? ", or smaller weights of the terms" : ""}`,
  );
}

/** The error of an epoch whose last update left a network that gives no numbers. */
export function brokenAfter(epoch: number, rate: string): Diverged {
  return new Diverged(
    `The features or the loss of the test set became NaN or infinite after epoch ${epoch} at ${rate}: try a smaller learning rate`,
  );
}
