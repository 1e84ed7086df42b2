/**
 * Labels of data sets with ten classes.
 *
 * @module
 */
import { RunError } from "../src/errors.ts";

const LARGEST = 9;

/**
 * Makes sure that labels go from 0 to 9.
 *
 * @param file Where they come from, for the message.
 * @throws {RunError} If one exceeds 9: the first is named.
 */
export function checkLabels(labels: Uint8Array, file: string): void {
  const wrong = labels.findIndex((label) => label > LARGEST);
  if (wrong >= 0) {
    throw new RunError(
      `Cannot use ${file}: label ${wrong} (counted from 0) is ${labels[wrong]}, ` +
        `but labels go from 0 to ${LARGEST}`,
    );
  }
}
