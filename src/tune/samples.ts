/** Whether a result is right: elements of it in float64, and all of it beside another result. */

/** A sum of products, and the sum of their magnitudes: what rounding errors are relative to. */
export interface Dot {
  sum: number;
  magnitude: number;
}

/** The sum of `a(i) * b(i)` over i below `length`, in float64. */
export function dot(length: number, a: (i: number) => number, b: (i: number) => number): Dot {
  let sum = 0, magnitude = 0;
  for (let i = 0; i < length; i++) {
    const product = a(i) * b(i);
    sum += product;
    magnitude += Math.abs(product);
  }
  return { sum, magnitude };
}

const SAMPLES = 64;
const SAMPLE_BAR = 1e-5, RESULT_BAR = 1e-4;

/**
 * Compares elements spread over the whole of a result with the CPU's.
 *
 * @param expected The CPU's value of the element at a place.
 * @returns What is wrong with the first one that differs by more than 1e-5 of the sum of its products' magnitudes.
 */
export function wrongSample(
  found: ArrayLike<number>,
  expected: (place: number) => Dot,
): string | undefined {
  for (let i = 0; i < SAMPLES; i++) {
    const place = Math.floor(i * (found.length - 1) / (SAMPLES - 1));
    const { sum, magnitude } = expected(place);
    const error = Math.abs(found[place] - sum);
    if (!(error <= SAMPLE_BAR * magnitude)) {
      return `element ${place} is ${found[place]}, should be ${sum}`;
    }
  }
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
  let largest = 0;
  for (let i = 0; i < reference.length; i++) largest = Math.max(largest, Math.abs(reference[i]));
  for (let i = 0; i < reference.length; i++) {
    if (!(Math.abs(found[i] - reference[i]) <= RESULT_BAR * largest)) {
      return `element ${i} is ${found[i]}, should be ${reference[i]}`;
    }
  }
}
