/** Factors on the terms of a loss. */
import { checkSetting } from "../tensor/setting.ts";

/**
 * Refuses a factor that is no finite number.
 *
 * @throws {TypeError} For what is no number.
 * @throws {RangeError} For one that float32 does not hold, and for NaN.
 */
export function checkWeights(act: string, weights: Readonly<Record<string, number>>): void {
  for (const [name, weight] of Object.entries(weights)) {
    const what = `Cannot take ${act} with ${name} ${weight}:`;
    checkSetting(what, weight, "it must be finite", Number.isFinite);
  }
}
