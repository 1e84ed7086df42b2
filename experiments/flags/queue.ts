/** Several runs, as `deno task exp all` and studies ask for them. */
import { globOf } from "../../cli/glob.ts";
import { nearest } from "../../cli/nearest.ts";
import { UsageError } from "../../src/base/errors.ts";
import { quoted } from "../../src/base/printable.ts";
import type { Options, QueueOptions } from "../plan/request.ts";
import { idsOf } from "../rows/catalog.ts";
import type { Experiment } from "../rows/experiment.ts";
import type { ExpGiven } from "./exp.ts";
import { optionsOf } from "./run.ts";
import { seedsOf } from "./seeds.ts";

/**
 * The runs of rows: all with seed 1, then with seed 2, or all with the one seed that was asked for.
 *
 * @param rows What `all` means, or a study's.
 * @param partial Whether some of them may be chosen.
 * @throws {UsageError} Before anything runs: for a flag that does not fit one of the rows, too.
 */
export function queueOf(
  given: ExpGiven,
  rows: readonly Experiment[],
  partial = given.words[0] === "all",
): QueueOptions {
  const { flags, words: [word, more], args } = given;
  if (flags.resume) {
    throw new UsageError(`exp ${word} continues by itself where runs stopped: leave out --resume`);
  }
  if (word !== "all" && (flags["eval-every"] ?? 1) > 1) {
    throw new UsageError(`exp ${word} compares its rows epoch by epoch: leave out --eval-every`);
  }
  if (flags.vary.length > 0) {
    throw new UsageError(
      `--vary is for one row, and ${word} runs several: exp ID --vary FLAG=LIST`,
    );
  }
  if (flags.part !== undefined) {
    throw new UsageError(`--part is for one row with --vary or --seeds, and ${word} runs several`);
  }
  if (!partial && flags.only.length > 0) {
    throw new UsageError(`exp ${word} runs all of its rows: leave out --only`);
  }
  if (more !== undefined) {
    throw new UsageError(
      word === "all"
        ? `exp all runs rows by itself: choose them with --only ${more}`
        : `exp ${word} runs its rows by itself: what is "${more}"?`,
    );
  }
  const chosen = rowsOf(flags.only, rows);
  const remedy = partial ? "choose rows with --only" : "give it to one row: exp ID";
  const runs = seedsOf(given).flatMap((seed) =>
    chosen.map((row) => runOf(row, { ...flags, seed }, chosen.length > 1 ? remedy : undefined))
  );
  const again = args.filter((arg) => arg !== "--overwrite").map((arg) => quoted(arg)).join(" ");
  const { overwrite, verbose } = flags;
  return { runs, command: `deno task exp ${again}`, overwrite, verbose };
}

/** Rows whose id fits one of the patterns, in the order of the rows; all without patterns. */
function rowsOf(only: readonly string[], rows: readonly Experiment[]): Experiment[] {
  const patterns = only.map((glob) => {
    const pattern = globOf(glob);
    if (rows.some((row) => fits(row, pattern))) return pattern;
    const near = nearest(glob.replace(/[*?]/g, ""), rows.map(({ id }) => id));
    throw new UsageError(
      `--only "${glob}" fits no row${
        near ? `; the nearest id is ${near}` : ": `deno task exp` lists all"
      }`,
    );
  });
  return rows.filter((row) => only.length === 0 || patterns.some((it) => fits(row, it)));
}

/** Whether a pattern fits an id of a row, of now or of an earlier version. */
function fits(row: Experiment, pattern: RegExp): boolean {
  return idsOf(row).some((id) => pattern.test(id));
}

/** @param remedy What to do where a flag does not fit one of several rows; undefined for one row. */
function runOf(row: Experiment, flags: ExpGiven["flags"], remedy: string | undefined): Options {
  try {
    return optionsOf(row, flags);
  } catch (error) {
    const misfit = error instanceof UsageError && error.message.includes(" does not fit ");
    if (!misfit || remedy === undefined) throw error;
    throw new UsageError(`${error.message}; flags hold for every row: ${remedy}`);
  }
}
