/**
 * Where data sets are kept.
 *
 * @module
 */
import { join, resolve } from "node:path";

/** A folder with data sets, each in a folder of its own name. */
export interface DataDirectory {
  /** The folder; it need not exist. */
  path: string;
  /** Who chose it, for messages: `"--data-dir"`, `"CENTERLAB_DATA"` or `"the project's cache"`. */
  origin: string;
}

/** The environment variable that names the folder. */
export const DATA_VARIABLE = "CENTERLAB_DATA";

/**
 * The folder to read data sets from and download them to: the flag's value, else the environment
 * variable `CENTERLAB_DATA`, else `.cache/data` beside this project's deno.json (or, where the modules
 * were not loaded from files, in the current folder).
 *
 * The variable counts only if it may be read; this never asks for a permission.
 *
 * @example
 * ```ts
 * import { dataDirectory } from "./directory.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(dataDirectory("elsewhere"), { path: "elsewhere", origin: "--data-dir" });
 * ```
 *
 * @param flag The value of `--data-dir`, if given.
 * @param moduleDirectory The folder of this module; undefined if it is no `file:` URL.
 */
export function dataDirectory(
  flag?: string,
  moduleDirectory: string | undefined = import.meta.dirname,
): DataDirectory {
  if (flag) return { path: flag, origin: "--data-dir" };
  const variable = readVariable(DATA_VARIABLE);
  if (variable) return { path: variable, origin: DATA_VARIABLE };
  if (moduleDirectory) {
    return {
      path: resolve(moduleDirectory, "..", "..", ".cache", "data"),
      origin: "the project's cache",
    };
  }
  return { path: join(".cache", "data"), origin: "the current folder's cache" };
}

/** An environment variable, or undefined where it is not set or may not be read. */
function readVariable(variable: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable });
  return state === "granted" ? Deno.env.get(variable) : undefined;
}
