import { assert, assertEquals } from "@std/assert";
import type { Array64 } from "../../src/reference/array64.ts";
import { relativeError } from "../../src/reference/relative_error.ts";

/** Throws unless both shapes agree and the relative L2 error is below `tolerance`; `what` names the value. */
export function assertClose(
  actual: Array64,
  expected: Array64,
  tolerance: number,
  what = "value",
): void {
  assertEquals(actual.shape, expected.shape, `shape of ${what}`);
  const error = relativeError(actual.data, expected.data);
  assert(error < tolerance, `${what}: relative error ${error} is not below ${tolerance}`);
}
