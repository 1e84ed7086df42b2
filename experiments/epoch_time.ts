/**
 * What an epoch took, as `timing.csv` has it. Clock values have no place in a checkpoint, whose bytes are those of every
 * equal run; so the two numbers vouch for each other: the rate is that of the seconds as they are written, to more digits.
 */
const DECIMALS = 6, DIGITS = 12;

/** Seconds, and training images a second. */
export function timeFields(images: number, seconds: number): [seconds: string, rate: string] {
  const written = seconds.toFixed(DECIMALS);
  return [written, String(Number((images / Number(written)).toPrecision(DIGITS)))];
}

/** Whether these are columns that {@linkcode timeFields} wrote, all of one number of images. */
export function timesFit(seconds: readonly string[], rates: readonly string[]): boolean {
  const images = Math.round(Number(seconds[0]) * Number(rates[0]));
  return seconds.every((of, i) => timeFields(images, Number(of)).join() === `${of},${rates[i]}`);
}
