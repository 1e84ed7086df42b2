/** Whether a result is right: a sample of it beside float64, and all of it beside another result. */
import type { Problem } from "./problem.ts";

const SAMPLE_BAR = 1e-5, RESULT_BAR = 1e-4;

/**
 * Compares a sample of a problem's first result with the CPU's.
 *
 * @returns What is wrong with the first element that differs by more than 1e-5 of the largest.
 */
export function wrongSample(
  found: ArrayLike<number>,
  { sample, expected }: Pick<Problem, "sample" | "expected">,
): string | undefined {
  return difference(sample.map((place) => found[place]), expected(), SAMPLE_BAR, sample);
}

/**
 * Compares a whole result with another tile's.
 *
 * @returns What is wrong with the first element that differs by more than 1e-4 of the largest.
 */
export function wrongResult(
  found: ArrayLike<number>,
  reference: ArrayLike<number>,
): string | undefined {
  if (found.length !== reference.length) {
    return `it has ${found.length} elements, not ${reference.length}`;
  }
  return difference(found, reference, RESULT_BAR);
}

function difference(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  bar: number,
  places?: readonly number[],
): string | undefined {
  let largest = 0;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i]));
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(found[i] - expected[i]) <= bar * largest)) {
      return `element ${places?.[i] ?? i} is ${found[i]}, should be ${expected[i]}`;
    }
  }
}
