/**
 * Where data sets are kept, and what is said of one that is not there.
 *
 * @module
 */
import { join, resolve } from "../../src/base/path.ts";
import { RunError } from "../../src/base/errors.ts";
import { fileSize } from "../../src/base/files.ts";

/** A folder with data sets, each in a folder of its own name. */
export interface DataDirectory {
  /** The folder; it need not exist. */
  path: string;
  /** What named it, for messages: `"--data-dir"`, `"CENTERLAB_DATA"` or `"the project's cache"`. */
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
 * import { dataDirectory } from "../../data.ts";
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
  // Bundled for npm it lies elsewhere, in the cache of a package manager.
  if (moduleDirectory && /[\\/]data[\\/]download$/.test(moduleDirectory)) {
    return {
      path: resolve(moduleDirectory, "..", "..", ".cache", "data"),
      origin: "the project's cache",
    };
  }
  return { path: join(".cache", "data"), origin: "the current folder's cache" };
}

/** An environment variable, or undefined where it is not set or may not be read. */
function readVariable(variable: string): string | undefined {
  const deno = globalThis.Deno as typeof Deno | undefined; // a page has no variables
  const { state } = deno?.permissions.querySync({ name: "env", variable }) ?? {};
  return state === "granted" ? deno?.env.get(variable) : undefined;
}

/** Which files of a data set are in its folder. Names are relative to the folder. */
export interface Presence {
  /** Those that are there. */
  found: string[];
  /** Those that are wanted, too; empty where the data set can be used. */
  missing: string[];
}

/**
 * Which of these files are in a folder.
 *
 * @throws {RunError} If there is a directory in the place of one.
 */
export async function presenceOf(folder: string, names: readonly string[]): Promise<Presence> {
  const found: string[] = [], missing: string[] = [];
  for (const name of names) {
    (await fileSize(join(folder, name)) === undefined ? missing : found).push(name);
  }
  return { found, missing };
}

/**
 * The error for a data set of which a file is missing: where it was looked for, and the ways to get it.
 *
 * @param title The data set in prose: `"MNIST"`.
 * @param name The data set on the command line, and its folder: `"mnist"`.
 * @param state What is not where: `"no train-images-idx3-ubyte.gz in /data/mnist"`.
 * @param files What to put there: `"the four official files"`.
 */
export function notFound(title: string, name: string, state: string, files: string): RunError {
  return new RunError(
    `Cannot find ${title}: ${state}. ` +
      `Download it with \`deno task data ${name}\`, or put ${files} there; ` +
      `another place is named by --data-dir DIR or ${DATA_VARIABLE} (DIR holds a folder ${name})`,
  );
}
