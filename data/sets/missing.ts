/**
 * What to say where a data set is not.
 *
 * @module
 */
import { RunError } from "../../src/base/errors.ts";
import { DATA_VARIABLE } from "../download/directory.ts";

/** Which files of a data set are in its folder. Names are relative to the folder. */
export interface Presence {
  /** Those that are there. */
  found: string[];
  /** Those that are wanted, too; empty where the data set can be used. */
  missing: string[];
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
