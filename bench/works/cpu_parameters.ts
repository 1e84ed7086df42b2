/** The parameters of a network in float64. */
import type { Array64 } from "../../src/reference/array64.ts";

/** Parameters by name, `centers` among them. */
export type Parameters64 = ReadonlyMap<string, Array64>;

/**
 * The parameter of a name.
 *
 * @throws {TypeError} When there is none.
 */
export function parameterOf(parameters: Parameters64, name: string): Array64 {
  const found = parameters.get(name);
  if (!found) throw new TypeError(`No parameter ${name}`);
  return found;
}
