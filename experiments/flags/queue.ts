/** The command line of `deno task exp all`, read and checked: one run after the other. */
import { closestString } from "@std/text/closest-string";
import { UsageError } from "../../src/base/errors.ts";
import { CATALOG, idsOf } from "../rows/catalog.ts";
import type { Experiment } from "../rows/experiment.ts";
import { parseOptions, takesValue } from "./exp.ts";
import type { Options } from "../plan/request.ts";
import { quoted } from "../../src/base/cli.ts";

const MOST_SEEDS = 100;

/** Several runs. */
export interface QueueOptions {
  /** In their order: all rows with seed 1, then with seed 2. */
  runs: Options[];
  /** What continues the queue where it stopped. */
  command: string;
  overwrite: boolean;
  verbose: boolean;
}

/**
 * Reads the arguments; undefined when they are not those of a queue.
 *
 * @param rows What `all` means: the published rows; or those of a study.
 * @param word `all`, or the study's id.
 * @throws {UsageError} Before anything runs: for a flag that does not fit one of the rows, too.
 */
export function parseQueue(
  args: string[],
  rows: readonly Experiment[] = [...CATALOG.values()].filter((row) => row.source),
  word = "all",
): QueueOptions | undefined {
  const { words, seeds, only, rest } = split(args);
  if (words[0] !== word || rest.includes("--help")) return undefined;
  const refused = rest.find((arg) => /^--(resume|seed)(=|$)/.test(arg))?.split("=")[0];
  if (refused === "--resume") {
    throw new UsageError(
      `exp ${word} continues by itself where runs stopped: leave out --resume`,
    );
  }
  if (refused) {
    throw new UsageError(`exp ${word} takes --seeds N, for the seeds 1 to N, not --seed`);
  }
  if (word !== "all" && only.length > 0) {
    throw new UsageError(`exp ${word} runs all of its rows: leave out --only`);
  }
  const chosen = rowsOf(only, rows), count = seedsOf(seeds);
  const runs = Array.from({ length: count }, (_, i) => i + 1).flatMap((seed) =>
    chosen.map((row) => optionsOf(row, seed, rest, chosen.length > 1))
  );
  if (words.length > 1) {
    throw new UsageError(
      word === "all"
        ? `exp all runs rows by itself: choose them with --only ${words[1]}`
        : `exp ${word} runs its rows by itself: what is "${words[1]}"?`,
    );
  }
  const again = args.filter((arg) => arg !== "--overwrite").map(quoted).join(" ");
  const { overwrite, verbose } = runs[0];
  return { runs, command: `deno task exp ${again}`, overwrite, verbose };
}

/** The queue's own flags, and all that is a single run's. */
function split(args: readonly string[]) {
  const words: string[] = [], seeds: string[] = [], only: string[] = [], rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const own = /^--(seeds|only)(?:=(.*))?$/s.exec(args[i]);
    if (own) {
      const value = own[2] ?? args[++i] ?? "";
      if (own[1] === "seeds") seeds.push(value);
      else only.push(...value.split(","));
    } else if (takesValue(args[i])) rest.push(args[i], ...args.slice(++i, i + 1));
    else if (args[i].startsWith("-")) rest.push(args[i]);
    else words.push(args[i]);
  }
  return { words, seeds, only, rest };
}

/** Rows whose id fits one of the patterns, in the order of the rows; all without patterns. */
function rowsOf(only: readonly string[], rows: readonly Experiment[]): Experiment[] {
  const patterns = only.map((glob) => {
    const pattern = new RegExp(
      `^${glob.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".")}$`,
    );
    if (rows.some((row) => idsOf(row).some((id) => pattern.test(id)))) return pattern;
    const nearest = closestString(glob.replace(/[*?]/g, ""), rows.map(({ id }) => id));
    throw new UsageError(`--only "${glob}" fits no row; the nearest id is ${nearest}`);
  });
  return rows.filter((row) =>
    only.length === 0 || patterns.some((it) => idsOf(row).some((id) => it.test(id)))
  );
}

function seedsOf(given: readonly string[]): number {
  const text = given.join(" "), count = given.length === 0 ? 1 : Number(text.trim() || NaN);
  if (Number.isInteger(count) && count >= 1 && count <= MOST_SEEDS) return count;
  throw new UsageError(`--seeds is "${text}"; it must be a whole number from 1 to ${MOST_SEEDS}`);
}

function optionsOf({ id }: Experiment, seed: number, rest: string[], several: boolean): Options {
  try {
    return parseOptions([id, ...rest, "--seed", String(seed)])!;
  } catch (error) {
    if (!(error instanceof UsageError) || !several) throw error;
    const fits = error.message.includes(" does not fit ");
    throw fits
      ? new UsageError(`${error.message}; flags hold for every row: choose rows with --only`)
      : error;
  }
}
