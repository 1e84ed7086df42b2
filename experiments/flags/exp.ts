/** The command line of `deno task exp`, read and checked. */
import type { Options } from "../plan/request.ts";
import { parseArgs } from "@std/cli/parse-args";
import { closestString } from "@std/text/closest-string";
import { ADAPTER_HELP, adapterFlag } from "./adapter.ts";
import { UsageError } from "../../src/base/errors.ts";
import { SUBMIT_MS } from "../../src/gpu/submit_budget.ts";
import { CATALOG, rowOf } from "../rows/catalog.ts";
import { joinEmpty } from "../../src/base/flags.ts";
import { type NumberFlag, NUMBERS } from "./numbers.ts";
import { OWN_DATA_FLAGS, withOwnData } from "./own_data.ts";
import { STUDIES } from "../studies/catalog.ts";
import { planOf, type Preset, PRESETS } from "../plan/plan.ts";

/** Choosing a run folder, not its numbers. */
const PLACE = ["preset", "seed"];
/** Windows resets a GPU after two seconds. */
const SUBMIT_RANGE = { whole: true, low: 1, high: 1000 };
const SWITCHES = ["resume", "overwrite", "no-tune", "verbose", "help"];
const OWN = Object.keys(OWN_DATA_FLAGS);
const PATHS = ["out", "data-dir", "tiles", "predict"];
const STRINGS = ["preset", "adapter", "submit-ms", ...PATHS, ...OWN, ...Object.keys(NUMBERS)];

/** Whether the next argument is this one's value. */
export function takesValue(argument: string): boolean {
  return argument.startsWith("--") && STRINGS.includes(argument.slice(2));
}

/** The list of rows and flags. */
export function usage(): string {
  const width = Math.max(...[...CATALOG.keys()].map((id) => id.length));
  const rows = [...CATALOG.values()].map(({ id, source, summary }) => {
    const published = source?.accuracy?.toFixed(3) ?? "-";
    return `  ${id.padEnd(width)}  ${published.padStart(5)}  ${summary}`;
  });
  const numbers = Object.entries(NUMBERS).map(([name, flag]) =>
    `  --${name.padEnd(16)}${flag.what}`
  );
  const studyWidth = Math.max(...STUDIES.map(({ id }) => id.length));
  const studies = STUDIES.map(({ id, summary }) => `  ${id.padEnd(studyWidth)}  ${summary}`);
  return [
    "Usage: deno task exp ID [options]",
    "       deno task exp STUDY [--seeds N] [options]",
    "       deno task exp all [--only GLOB] [--seeds N] [options]",
    "",
    "Rows, with the accuracy published:",
    ...rows,
    "",
    "Studies, which train several rows and draw them together:",
    ...studies,
    "",
    "Options:",
    "  --preset NAME     paper, the row as published (default); fast, in few epochs; quick, made small;",
    "                    smoke, a few steps",
    ...numbers,
    ...Object.entries(OWN_DATA_FLAGS).map(([name, what]) => `  --${name.padEnd(16)}${what}`),
    "  --predict FILE    a CSV of images without labels: predictions.csv is written when the run ends",
    "  --out DIR         folder for runs; runs/ without it",
    "  --data-dir DIR    folder with the data sets",
    `  --adapter CHOICE  ${ADAPTER_HELP}`,
    `  --submit-ms N     what the GPU may take at a time, ${SUBMIT_MS} without it; 20 where a screen hangs on it`,
    "  --tiles FILE      tiles of another run (its config.json), or of deno task tune --write FILE",
    "  --no-tune         the adapter's table of tiles, without what the tuner found or would look for",
    "  --resume          continue at the last finished epoch, with the run's own options",
    "  --overwrite       start again in a folder that is in use",
    "  --verbose         stack traces with errors",
    "",
    "exp all and studies run rows one after the other; finished runs are skipped, others go on:",
    "  --only GLOB       rows whose id fits, such as 'cent-*'; several, or with commas between",
    "  --seeds N         with the seeds 1 to N; 1 without it",
  ].join("\n");
}

/**
 * Reads the arguments; undefined when only the list was asked for.
 *
 * @throws {UsageError} For anything that cannot be run, naming the flag, what was wrong and what is possible.
 */
export function parseOptions(args: string[]): Options | undefined {
  const unknown: string[] = [];
  const given = parseArgs(joinEmpty(joinNegative(args), STRINGS), {
    string: STRINGS,
    boolean: SWITCHES,
    unknown: (arg: string) => {
      if (arg.startsWith("-")) unknown.push(arg.split("=")[0]);
      return !arg.startsWith("-");
    },
  }) as Record<string, string | boolean> & { _: (string | number)[] };
  if (unknown.length > 0) {
    const flags = [...STRINGS, ...SWITCHES].map((name) => `--${name}`);
    throw new UsageError(
      `exp does not know ${unknown[0]}; the nearest flag is ${closestString(unknown[0], flags)}`,
    );
  }
  if (given.help || given._.length === 0) {
    if (!given.help && args.length > 0) {
      throw new UsageError("exp needs the id of a row first; `deno task exp` lists them");
    }
    return undefined;
  }
  if (given._.length > 1) {
    throw new UsageError(
      `exp runs one row at a time: what is "${given._[1]}" after ${given._[0]}?`,
    );
  }
  const id = String(given._[0]);
  const row = rowOf(id);
  if (!row) {
    throw new UsageError(
      `There is no row "${id}"; did you mean ${
        closestString(id, [...CATALOG.keys(), ...STUDIES.map((study) => study.id)])
      }? \`deno task exp\` lists all`,
    );
  }
  const preset = (given.preset ?? "paper") as Preset;
  if (!PRESETS.includes(preset)) {
    throw new UsageError(`--preset is "${preset}"; it must be one of ${PRESETS.join(", ")}`);
  }
  for (const name of ["out", "data-dir"]) {
    if (given[name] === "") throw new UsageError(`--${name} needs a folder`);
  }
  for (const name of ["tiles", "predict"]) {
    if (given[name] === "") throw new UsageError(`--${name} needs a file`);
  }
  if (given.resume && given.overwrite) {
    throw new UsageError(
      "--resume and --overwrite exclude each other: continue the run, or start it again",
    );
  }
  const times = (flag: string) => args.filter((arg) => arg.split("=")[0] === flag).length;
  const twice = STRINGS.find((name) => times(`--${name}`) > 1);
  if (twice) throw new UsageError(`--${twice} is given more than once`);
  let plan = withOwnData(planOf(row, preset), given as Record<string, string>);
  for (const [name, flag] of Object.entries(NUMBERS)) {
    if (given[name] !== undefined) plan = flag.apply(plan, readNumber(name, given[name], flag));
  }
  const { batchSize } = plan.recipe;
  if (plan.secondStage && plan.epochs <= plan.secondStage.epochs) {
    throw new UsageError(
      `--epochs is ${plan.epochs}, but the second stage of ${plan.id} alone takes the last ${plan.secondStage.epochs}: give more`,
    );
  }
  if (!plan.ownData && plan.trainSize !== undefined && batchSize > plan.trainSize) {
    throw new UsageError(
      `--batch-size is ${batchSize}, more than the ${plan.trainSize} training images: no batch would be full`,
    );
  }
  for (const channels of [32, 64, 128]) {
    if (!Number.isInteger(channels * plan.recipe.widthFactor)) {
      throw new UsageError(
        `--width is ${plan.recipe.widthFactor}: ${channels} channels times it is no whole number; try 0.25, 0.5 or 1`,
      );
    }
  }
  const numeric = [...Object.keys(NUMBERS), ...OWN.filter((name) => name !== "data")].filter(
    (name) => given[name] !== undefined,
  );
  return {
    plan,
    out: String(given.out ?? "runs"),
    dataDir: given["data-dir"] as string | undefined,
    adapter: adapterFlag(given.adapter as string | undefined),
    submitMs: given["submit-ms"] === undefined
      ? undefined
      : readNumber("submit-ms", given["submit-ms"], SUBMIT_RANGE),
    tiles: given.tiles as string | undefined,
    predict: given.predict as string | undefined,
    tune: !given["no-tune"],
    resume: Boolean(given.resume),
    overwrite: Boolean(given.overwrite),
    verbose: Boolean(given.verbose),
    changed: numeric.filter((name) => !PLACE.includes(name)),
  };
}

/** `--epochs -1` as `--epochs=-1`: a number below 0 is a value that does not fit, not a flag. */
function joinNegative(args: string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const flag = joined.at(-1)?.replace(/^--/, "") ?? "";
    if (/^-[\d.]/.test(arg) && flag in NUMBERS) joined.push(`${joined.pop()}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

function readNumber(
  name: string,
  given: string | boolean,
  { whole, low, high }: Pick<NumberFlag, "whole" | "low" | "high">,
): number {
  const text = String(given).trim();
  const value = text === "" ? NaN : Number(text);
  const fits = Number.isFinite(value) && value >= low && value <= high &&
    (!whole || Number.isInteger(value));
  // A rate of 0 would train nothing.
  if (!fits || (name === "lr" && value === 0)) {
    const kind = whole ? "a whole number" : "a number";
    const from = name === "lr" ? "above 0" : `from ${low}`;
    throw new UsageError(`--${name} is "${text}"; it must be ${kind} ${from} to ${high}`);
  }
  return value;
}
