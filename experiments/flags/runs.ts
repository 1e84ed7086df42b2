/** The command line of `deno task runs`. */
import { command, type Flag, flag, type Given } from "../../cli/flags.ts";
import { globOf } from "../../cli/glob.ts";
import { number, oneOf, withDefault } from "../../cli/values.ts";
import { UsageError } from "../../src/base/errors.ts";
import { PRESETS } from "../plan/plan.ts";
import { NUMBERS } from "../plan/numbers.ts";

/** What a list can go by. */
const SORTS = [
  ...["run", "preset", "seed", "state", "epochs", "accuracy", "when", "time"],
] as const;

/** What becomes of a run: `failed` is one whose loss became no number, `damaged` one of which a file cannot be used. */
export const STATES = ["running", "finished", "stopped", "failed", "damaged"] as const;

const ROW: Flag<readonly RegExp[]> = {
  takes: "GLOB",
  help: `runs whose row's id fits, such as "cent-*"; several, or with commas between`,
  expected: "an id, or a pattern of ids",
  default: [],
  many: true,
  read: (text) => text ? text.split(",").map(globOf) : undefined,
};

/** The command. */
export const RUNS = command({
  name: "runs",
  about:
    "Lists the runs in a folder: what differs from their rows, how far they are, how they ended.",
  forms: [["", "those in runs"], ["DIR", "those in another folder, however deep"]],
  words: true,
  flags: {
    row: ROW,
    preset: oneOf("NAME", PRESETS, "runs with that preset"),
    seed: number(NUMBERS.seed.range, "runs with that seed"),
    state: oneOf("STATE", STATES, `runs in that state: ${STATES.join(", ")}`),
    sort: withDefault(
      oneOf("BY", SORTS, `${SORTS.join(", ")}; the last four begin with the largest`),
      "run",
    ),
    reverse: flag("turn the order round"),
    json: flag("print as JSON, with all digits and the folders"),
    csv: flag("the same as CSV"),
  },
  exclusive: [[["json", "csv"], "the list is printed in one form"]],
});

/** What is asked: which runs, in which order and form. */
export type RunsTask = ReturnType<typeof runsTask>;

/**
 * What a command line asks for.
 *
 * @throws {UsageError} For more than one folder.
 */
export function runsTask({ flags, words }: Given<typeof RUNS.flags>) {
  const [folder = "runs", more] = words;
  if (folder === "") throw new UsageError('runs takes a folder, not "": deno task runs DIR');
  if (more !== undefined) {
    throw new UsageError(`runs takes one folder: what is "${more}" after ${folder}?`);
  }
  return { ...flags, folder, named: words.length > 0 };
}
