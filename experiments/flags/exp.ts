/** The command line of `deno task exp`. */
import type { Command, Flag, Given } from "../../cli/flags.ts";
import { columns } from "../../cli/help.ts";
import { number, withDefault } from "../../cli/values.ts";
import { UsageError } from "../../src/base/errors.ts";
import { whole } from "../../src/base/range.ts";
import { CATALOG } from "../rows/catalog.ts";
import type { Experiment } from "../rows/experiment.ts";
import { ON, PART } from "./on.ts";
import { rowNamed } from "./row.ts";
import { RUN_EXCLUSIVE, RUN_FLAGS } from "./run.ts";

const ONLY: Flag<readonly string[]> = {
  takes: "GLOB",
  help:
    'with exp all and studies of the relatives: rows whose id fits, such as "cent-*"; several, or with commas between',
  expected: "an id, or a pattern of ids",
  default: [],
  many: true,
  read: (text) => text ? text.split(",") : undefined,
};

const VARY: Flag<readonly string[]> = {
  takes: "FLAG=LIST",
  help:
    "with one row: a run for each value, such as weight-center=0.01,0.1,1; again for another flag, " +
    "then a run for each pair; they are compared at the end",
  expected: "a flag and its values, such as weight-center=0.01,0.1,1",
  default: [],
  many: true,
  read(text) {
    const words = text.split(",");
    const parts: string[] = [];
    for (const word of words) {
      if (word.includes("=")) parts.push(word);
      else if (parts.length === 0) return undefined;
      else parts.push(`${parts.pop()},${word}`);
    }
    return parts;
  },
};

/** What `exp` takes. */
export const EXP_FLAGS = {
  ...RUN_FLAGS,
  only: ONLY,
  vary: VARY,
  seeds: withDefault(
    number(
      whole(1, 100),
      "runs with the seeds 1 to N, one after the other; --seed N in its place runs that one alone",
    ),
    1,
  ),
  on: ON,
  part: PART,
} as const;

/** A command line of `exp`. */
export type ExpGiven = Given<typeof EXP_FLAGS>;

const WIDTH = Math.max(...[...CATALOG.keys()].map((id) => id.length));
const ROWS = [...CATALOG.values()].map(({ id, source, summary }) => {
  const published = source?.accuracy?.toFixed(3) ?? "-";
  return `  ${id.padEnd(WIDTH)}  ${published.padStart(5)}  ${summary}`;
});

/**
 * The command.
 *
 * @param studies What is listed beside the rows.
 */
export function expCommand(
  studies: readonly { id: string; summary: string }[] = [],
): Command<typeof EXP_FLAGS> {
  return {
    name: "exp",
    about: "Trains rows, each into a folder of its own.",
    forms: [
      ["ID", "one row"],
      ["FILE.ts", "a row in a file of one's own (docs/my_row.ts is one)"],
      [
        "ID --vary FLAG=LIST",
        "one row with each of these values; a table and pictures compare them",
      ],
      ["STUDY", "the rows of a study, which draws them together"],
      ["all", "all published rows, one after the other"],
    ],
    words: true,
    helpByDefault: true,
    flags: EXP_FLAGS,
    exclusive: RUN_EXCLUSIVE,
    lists: [
      ["Rows, with the accuracy published:", ROWS],
      ["Studies:", columns(studies.map(({ id, summary }) => [id, summary]))],
    ],
    end:
      "exp all, studies, --vary and --seeds skip finished runs, and others go on where they stopped.",
  };
}

/**
 * The one row that is asked for.
 *
 * @param others Words that name no row, and that a user may have meant.
 * @param own The row, where the word names its file.
 * @throws {UsageError} Where there is none, or more than one.
 */
export function oneRow(
  { words: [id, more], names }: ExpGiven,
  others?: readonly string[],
  own?: Experiment,
): Experiment {
  if (id === undefined) {
    throw new UsageError("exp needs the id of a row first; `deno task exp` lists them");
  }
  if (more !== undefined) {
    throw new UsageError(`exp runs one row at a time: what is "${more}" after ${id}?`);
  }
  const row = own ?? rowNamed(id, others);
  if (names.has("only")) throw new UsageError(`--only is for exp all, and ${id} is one row`);
  return row;
}
