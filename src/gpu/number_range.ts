/** What the CPU knows of the whole numbers in a storage. */

/** A number, and where it first stands. */
interface Numbered {
  value: number;
  /** Its first place. */
  index: number;
}

/** The smallest and the largest. */
export interface NumberRange {
  least: Numbered;
  most: Numbered;
  /** False for bounds that the numbers need not reach. */
  reached: boolean;
}

/**
 * The range of whole numbers; of none, one that fits everywhere.
 *
 * @returns Nothing for what is no `Int32Array`.
 */
export function rangeOf(numbers: ArrayBufferView): NumberRange | undefined {
  if (!(numbers instanceof Int32Array)) return undefined;
  const least = { value: numbers.length > 0 ? Infinity : 0, index: 0 };
  const most = { value: -Infinity, index: 0 };
  numbers.forEach((value, index) => {
    if (value < least.value) Object.assign(least, { value, index });
    if (value > most.value) Object.assign(most, { value, index });
  });
  return { least, most, reached: true };
}

/** The range of numbers that a kernel draws from 0 to below `end`. */
export function rangeBelow(end: number): NumberRange {
  return { least: { value: 0, index: 0 }, most: { value: end - 1, index: 0 }, reached: false };
}
