/** `--on ENGINE` and `--part N`: the runs of `--vary` and `--seeds` through another program's queue. */
import type { Flag, Flags, Given } from "../../cli/flags.ts";
import { oneOf } from "../../cli/values.ts";
import { UsageError } from "../../src/base/errors.ts";
import { quoted } from "../../src/base/printable.ts";

/** The programs that may get runs. */
const ENGINES = ["slurm", "snakemake"] as const;

/** One of them. */
export type EngineName = typeof ENGINES[number];

/** Who starts the runs. */
export const ON: Flag<EngineName | undefined> = oneOf(
  "ENGINE",
  ENGINES,
  "with --vary or --seeds, by deno task exp:on: who starts the runs in place of this process, slurm or snakemake",
);

/** A part of what `--vary` and `--seeds` ask for: a run by its place, from 1, or the comparison. */
export type Part = number | "compare";

/** The part that is asked for. */
export const PART: Flag<Part | undefined> = {
  takes: "N",
  help:
    "with --vary or --seeds: the Nth of their runs alone, or `compare`, the comparison of what is finished; so an engine calls them",
  expected: "a whole number from 1, or compare",
  default: undefined,
  read: (text) =>
    text === "compare" ? text : /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined,
};

/**
 * Makes sure that what is for several runs is asked for several runs, and that this command may do it.
 *
 * @throws {UsageError} For `--on`, because `exp` may start no program, and for `--part` of one run.
 */
export function checkParts({ names, args }: Given<Flags>): void {
  if (names.has("on")) {
    const again = args.map((arg) => quoted(arg)).join(" ");
    throw new UsageError(
      `exp starts no other program; this hands the runs over: deno task exp:on ${again}`,
    );
  }
  if (names.has("part") && !names.has("vary") && !names.has("seeds")) {
    throw new UsageError("--part is for the runs of --vary and --seeds: give those, too");
  }
}

/** A command line without `--on`: what the engine starts a part by. */
export function withoutOn(args: readonly string[]): string[] {
  return args.filter((arg, i) => !/^--on(=|$)/.test(arg) && args[i - 1] !== "--on");
}
