/** Which numbers are allowed, and how messages say it. */

/** A range of numbers, with its ends. */
export interface Range {
  /** Whether only whole numbers are in it. */
  readonly whole?: boolean;
  /** The least number, or, with `above`, what all are above. */
  readonly low?: number;
  readonly above?: boolean;
  /** The greatest number, or, with `below`, what all are below. */
  readonly high?: number;
  readonly below?: boolean;
}

/** Whole numbers. */
export function whole(low: number, high?: number): Range {
  return { whole: true, low, high };
}

/** Whether a number is in a range; NaN is in none. */
export function within(value: number, { whole, low, above, high, below }: Range): boolean {
  if (whole ? !Number.isSafeInteger(value) : !Number.isFinite(value)) return false;
  if (low !== undefined && !(above ? value > low : value >= low)) return false;
  return high === undefined || (below ? value < high : value <= high);
}

/** A range in words: "a whole number from 1 to 64", "a number above 0". */
export function rangeWords({ whole, low, above, high, below }: Range): string {
  const kind = whole ? "a whole number" : "a number";
  if (low === undefined) return kind;
  if (above) {
    const end = high === undefined ? "" : below ? ` and below ${high}` : `, ${high} at the most`;
    return `${kind} above ${low}${end}`;
  }
  if (below) return `${kind} from ${low} to below ${high}`;
  return high === undefined ? `${kind} of at least ${low}` : `${kind} from ${low} to ${high}`;
}
