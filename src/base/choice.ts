/** Names that a user chooses among. */
import { described } from "../tensor/nested.ts";

/**
 * Refuses what is none of the choices.
 *
 * @param act What it is for: "make the schedule".
 * @param name The field.
 * @throws {RangeError} With all choices.
 */
export function checkChoice(
  act: string,
  name: string,
  value: unknown,
  choices: readonly string[],
): void {
  if (choices.some((choice) => choice === value)) return;
  throw new RangeError(
    `Cannot ${act}: ${name} is ${described(value)}; it must be one of ${choices.join(", ")}`,
  );
}
