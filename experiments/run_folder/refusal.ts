/** What is said of a run folder that cannot be used as it is. */
import { RunError } from "../../src/base/errors.ts";

/**
 * The error, with what to do: what mends the fault, or to start again.
 *
 * @param remedy Without one there is nothing but to start again.
 */
export function refusal(state: string, remedy?: string): RunError {
  return new RunError(`${state}: ${remedy ? `${remedy}, or ` : ""}start again with --overwrite`);
}
