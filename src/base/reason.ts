/**
 * Why an operation on a file failed, for the middle of a line that names the file.
 *
 * @module
 */

/**
 * What the system said, without the call and the path that Deno adds. What Deno keeps its programs from (most of `/proc`, or what
 * a task does not ask for) is said in plain words: which permissions a task has is not the user's to change.
 *
 * @example
 * ```ts
 * import { reason } from "./reason.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const error = new Error("No space left on device (os error 28): write 'a.csv'");
 * assertEquals(reason(error), "No space left on device (os error 28)");
 * ```
 */
export function reason(error: unknown): string {
  const { name, message } = error as Error;
  if (name === "NotCapable") return "this program may not use it";
  return message.replace(/: [a-z]+ '.*'$/s, "");
}
