/**
 * What an epoch took, as `timing.csv` has it. Clock values have no place in a checkpoint, whose bytes are those of every
 * equal run; so the two numbers vouch for each other: the rate is that of the seconds as they are written, to more digits.
 */
export const TIMING = "timing.csv";

const DECIMALS = 6, DIGITS = 12;

/** Seconds, and training images a second. */
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
