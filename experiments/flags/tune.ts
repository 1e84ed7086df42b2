/** The command line of `deno task tune`, read and checked. */
import { parseArgs } from "@std/cli/parse-args";
import { resolve } from "node:path";
import { closestString } from "@std/text/closest-string";
import { ADAPTER_HELP, adapterFlag } from "./adapter.ts";
import { UsageError } from "../../src/base/errors.ts";
import type { AdapterChoice } from "../../src/gpu/adapter/adapter.ts";
import { CATALOG, rowOf } from "../rows/catalog.ts";
import { joinEmpty } from "../../src/base/flags.ts";
import { type Plan, planOf, type Preset, PRESETS } from "../plan/plan.ts";

/** What a user asked for. */
export interface TuneTask {
  /** Rows whose training steps are tuned. */
  plans: Plan[];
  /** The shapes of the benchmark, too. */
  bench: boolean;
  adapter?: AdapterChoice;
  cache: string;
  budgetMs: number;
  /** Time what the cache holds already once more. */
  again: boolean;
  /** Where to write the tiles. */
  write?: string;
}

/** What `--help` prints. */
export const HELP =
  `Times a short list of tiles for each kernel and shape of a training step, each after its result has been checked,
and keeps the fastest: runs that begin afterwards on this adapter use it.

  deno task tune                       the steps of all published rows
  deno task tune ID...                 of these rows

Options
  --preset paper|fast|quick|smoke   the rows' preset; paper without it
  --bench                      the shapes of deno task bench, too
  --budget SECONDS             begin nothing new after so many seconds; 300 without it
  --again                      time what the cache holds already once more
  --adapter CHOICE             ${ADAPTER_HELP}
  --cache FILE                 where the tiles are kept; runs/tiles.json without it
  --write FILE                 write the tiles as a file for deno task exp ID --tiles FILE
  --verbose                    print stack traces
  --help                       print this

Other programs on the machine make it choose by chance.`;

const STRINGS = ["preset", "adapter", "cache", "budget", "write"];
const DEFAULT_CACHE = "runs/tiles.json";
const DEFAULT_BUDGET = "300";

/**
 * Reads the arguments; undefined when only help was asked for.
 *
 * @throws {UsageError} For what it does not know.
 */
export function parseTuneOptions(args: string[]): TuneTask | undefined {
  const flags = parseArgs(joinEmpty(args, STRINGS), {
    boolean: ["help", "bench", "again", "verbose"],
    string: ["_", ...STRINGS],
    unknown: (argument: string) => {
      if (!argument.startsWith("-")) return true;
      throw new UsageError(`Unknown argument ${argument.split("=")[0]}: see deno task tune --help`);
    },
  });
  if (flags.help) return undefined;
  const preset = (flags.preset ?? "paper") as Preset;
  if (!PRESETS.includes(preset)) {
    throw new UsageError(`--preset is "${preset}"; it must be one of ${PRESETS.join(", ")}`);
  }
  for (const name of ["cache", "write"]) {
    if (flags[name] === "") throw new UsageError(`--${name} needs a file: --${name} FILE`);
  }
  const cache = flags.cache ?? DEFAULT_CACHE;
  if (flags.write !== undefined && resolve(flags.write) === resolve(cache)) {
    throw new UsageError(`--write ${flags.write} is the cache itself: name another file`);
  }
  const budget = flags.budget ?? DEFAULT_BUDGET, seconds = Number(budget);
  if (budget.trim() === "" || !(seconds > 0 && seconds <= 86400)) {
    throw new UsageError(`--budget is "${budget}"; it must be a number of seconds above 0`);
  }
  const published = [...CATALOG.values()].filter((row) => row.source).map((row) => row.id);
  const ids: string[] = flags._.length > 0 ? flags._.map(String) : published;
  return {
    plans: ids.map((id) => planNamed(id, preset)),
    bench: flags.bench,
    adapter: adapterFlag(flags.adapter),
    cache,
    budgetMs: 1000 * seconds,
    again: flags.again,
    write: flags.write,
  };
}

function planNamed(id: string, preset: Preset): Plan {
  const row = rowOf(id);
  if (row) return planOf(row, preset);
  const nearest = closestString(id, [...CATALOG.keys()]);
  throw new UsageError(
    `There is no row "${id}"; did you mean ${nearest}? \`deno task exp\` lists all`,
  );
}
