/** The command line of `deno task compare`. */
import { command, type Given } from "../../cli/flags.ts";
import { DATA_DIR } from "../../cli/shared.ts";
import { path } from "../../cli/values.ts";
import { UsageError } from "../../src/base/errors.ts";

/** The command. */
export const COMPARE = command({
  name: "compare",
  about:
    "Compares runs: what differs and what came out, with mean and deviation where runs differ in their seed alone.",
  forms: [
    ["RUN...", "as a table; RUN is a run's folder, or one that holds several"],
    ["RUN... --out DIR", "also as CSV, Markdown, curves, and maps of features beside each other"],
  ],
  words: true,
  flags: {
    out: path(
      "DIR",
      "folder for the table and the pictures: an empty one, or that of an earlier comparison",
    ),
    "data-dir": DATA_DIR,
  },
});

/** What is asked: which folders, and where to write. */
export type CompareTask = ReturnType<typeof compareTask>;

/**
 * What a command line asks for.
 *
 * @throws {UsageError} Where no folder is named.
 */
export function compareTask({ flags, words }: Given<typeof COMPARE.flags>) {
  if (words.length === 0 || words.includes("")) {
    throw new UsageError("compare needs folders of runs: deno task compare RUN...");
  }
  return { folders: words, out: flags.out, dataDir: flags["data-dir"] };
}
