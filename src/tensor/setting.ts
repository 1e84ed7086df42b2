/** Numbers that users set and kernels take as float32: an eps, a bound, a rate. */
import { described } from "../base/choice.ts";

/** The least positive number that every adapter tells from 0. */
export const LEAST_POSITIVE = 2 ** -126;

/**
 * Refuses a setting that is no number, that float32 would turn into an infinity, or that is out of its range.
 *
 * @param what The setting and its value, for the message: "Cannot normalize [3] with eps 0:".
 * @param wanted What it must be: "it must be positive".
 * @param fits Whether a number is in its range; it is asked about the float32 that the kernel gets.
 * @throws {TypeError} For what is no number.
 * @throws {RangeError} For a number out of range.
 */
export function checkSetting(
  what: string,
  value: number,
  wanted: string,
  fits: (held: number) => boolean,
): void {
  if (typeof value !== "number") {
    throw new TypeError(`${what} ${wanted}, and a number, not ${described(value)}`);
  }
  const held = Math.fround(value);
  const infinite = Number.isFinite(value) && !Number.isFinite(held);
  if (!infinite && fits(held)) return;
  const beyond = infinite ? "; float32 holds numbers up to 3.4e38" : "";
  throw new RangeError(`${what} ${wanted}${beyond}`);
}
