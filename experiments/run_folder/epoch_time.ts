/**
 * How long an epoch took, in the fields of `timing.csv`. A checkpoint holds no digest of clock values, because equal runs write
 * equal checkpoints. So the two fields check each other: the rate is computed from the seconds as they are written, and has
 * more digits.
 */
export const TIMING = "timing.csv";

const DECIMALS = 6, DIGITS = 12;

/** Seconds of an epoch, its test among them, and training images divided by them. */
export function timeFields(images: number, seconds: number): [seconds: string, rate: string] {
  const written = seconds.toFixed(DECIMALS);
  return [written, rateOf(images, written)];
}

/** The rate to all digits, of one that was written with fewer. */
export function fullRate(seconds: string, rate: string): string {
  return rateOf(Math.round(Number(seconds) * Number(rate)), seconds);
}

/** Whether the two agree to all digits. */
export function timesAgree(seconds: string, rate: string): boolean {
  return /^\d+\.\d+$/.test(seconds) && fullRate(seconds, rate) === rate;
}

function rateOf(images: number, seconds: string): string {
  return String(Number((images / Number(seconds)).toPrecision(DIGITS)));
}
