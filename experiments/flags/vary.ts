/** `--vary FLAG=VALUE,VALUE`: a grid of runs of one row. */
import type { Flag } from "../../cli/flags.ts";
import { nearest } from "../../cli/nearest.ts";
import { UsageError } from "../../src/base/errors.ts";
import { quoted } from "../../src/base/printable.ts";
import { CHOICE_FLAGS, CHOICE_NAMES } from "../plan/choices.ts";
import { NUMBER_NAMES } from "../plan/numbers.ts";
import type { QueueOptions } from "../plan/request.ts";
import type { Experiment } from "../rows/experiment.ts";
import type { ExpGiven } from "./exp.ts";
import { NUMBER_FLAGS, optionsOf } from "./run.ts";
import { seedsOf } from "./seeds.ts";

/** What takes which values; the texts are as they were given. */
export interface Varied {
  readonly name: string;
  readonly texts: readonly string[];
  readonly values: readonly unknown[];
}

/** Flags that take several values: not the seed, which is `--seeds`, and not a list. */
const FLAGS: Readonly<Record<string, Flag<unknown>>> = Object.fromEntries(
  Object.entries({ ...NUMBER_FLAGS, ...CHOICE_FLAGS }).filter(([name]) =>
    !["seed", "milestones", "leave-out"].includes(name)
  ),
);
const NAMES = [...NUMBER_NAMES, ...CHOICE_NAMES].filter((name) => name in FLAGS);

/**
 * What is varied.
 *
 * @throws {UsageError} For a flag that is none, or given twice, and for a value that it does not take.
 */
export function variedOf({ flags, names }: ExpGiven): Varied[] {
  const found: Varied[] = [];
  for (const part of flags.vary) {
    const at = part.indexOf("="), asked = part.slice(0, at).replace(/^--/, "");
    const name = NAMES.find((it) => it === asked || FLAGS[it].alias === asked);
    if (name === undefined) throw unknown(asked);
    if (names.has(name)) {
      throw new UsageError(
        `--${name} and --vary ${asked} exclude each other: give it one value, or vary it`,
      );
    }
    if (found.some((it) => it.name === name)) {
      throw new UsageError(`--vary ${asked} is given more than once: put all values into one list`);
    }
    const texts = part.slice(at + 1).split(",").map((text) => text.trim());
    const values = texts.map((text) => valueOf(asked, text, FLAGS[name]));
    const twice = values.findIndex((value, i) => values.indexOf(value) < i);
    if (twice >= 0) throw new UsageError(`--vary ${asked} has ${texts[twice]} twice`);
    found.push({ name, texts, values });
  }
  return found;
}

function unknown(name: string): UsageError {
  if (name === "seed") {
    return new UsageError(
      "--vary takes no seed: --seeds N runs the seeds 1 to N, --seed N that one",
    );
  }
  if (name === "milestones") {
    return new UsageError(
      "--vary takes no milestones, which are a list already: run each by itself",
    );
  }
  const near = nearest(name, [...NAMES, ...NAMES.flatMap((it) => FLAGS[it].alias ?? [])]);
  const meant = near ? `did you mean ${near}? It` : "it";
  return new UsageError(`--vary does not know ${name || '""'}: ${meant} takes ${NAMES.join(", ")}`);
}

function valueOf(name: string, text: string, flag: Flag<unknown>): unknown {
  const value = text === "" ? undefined : flag.read(text);
  if (value !== undefined) return value;
  throw new UsageError(`--vary ${name} has "${text}"; it must be ${flag.expected}`);
}

/**
 * The runs of a grid: all with seed 1, then with seed 2, or all with the one seed that was asked for; of two flags the second
 * one goes round first.
 *
 * @throws {UsageError} For what the row does not take, and what does not go with several runs.
 */
export function gridOf(given: ExpGiven, row: Experiment, varied: readonly Varied[]): QueueOptions {
  const { flags, args } = given;
  if (flags.resume) {
    throw new UsageError(
      "--vary and --seeds continue by themselves where runs stopped: leave out --resume",
    );
  }
  if (flags.name !== undefined && varied.length > 0) {
    throw new UsageError("--name is for one run: those of --vary are named by what differs");
  }
  const cells = varied.reduce<Record<string, unknown>[]>(
    (cells, { name, values }) =>
      cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value }))),
    [{}],
  );
  const runs = seedsOf(given).flatMap((seed) =>
    cells.map((cell) => optionsOf(row, { ...flags, ...cell, seed }))
  );
  const again = args.filter((arg) => arg !== "--overwrite").map((arg) => quoted(arg)).join(" ");
  const { overwrite, verbose } = flags;
  return { runs, command: `deno task exp ${again}`, overwrite, verbose };
}
