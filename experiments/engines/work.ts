/** Runs for an engine: what it starts each by, and what each leaves. */
import { dirname, join, resolve } from "node:path";
import { printable, quoted } from "../../src/base/printable.ts";
import { UsageError } from "../../src/base/errors.ts";
import type { EngineName, Part } from "../flags/on.ts";
import type { QueueOptions } from "../plan/request.ts";
import { nameOfRun } from "../plan/variant.ts";
import { pathOf } from "../run_folder/path.ts";
import { SUMMARY_NAME } from "../run_folder/run_summary.ts";

/** What an engine gets. All paths are absolute. */
export interface Work {
  /** What the jobs are called. */
  readonly name: string;
  /** For the engine's files and logs; it lies beside the comparison. */
  readonly folder: string;
  /** The runs in their order, and the file that each writes last. */
  readonly runs: readonly { readonly name: string; readonly summary: string }[];
  /** The folder of the comparison. */
  readonly comparison: string;
  /** The line for a shell that does a part. */
  command(part: Part | ShellWord): string;
}

/** A word that a shell replaces, such as a variable in double quotes. */
export interface ShellWord {
  readonly shell: string;
}

/**
 * The runs of a grid as an engine gets them.
 *
 * @param args The command line of `exp` that asks for all of them.
 * @param comparison The folder of their comparison.
 * @throws {UsageError} For a single run, and for runs that would start again whenever the engine repeats them.
 */
export function workOf(
  engine: EngineName,
  { runs, overwrite }: QueueOptions,
  args: readonly string[],
  comparison: string,
): Work {
  if (runs.length < 2) {
    throw new UsageError(
      "--on is for several runs: give --vary FLAG=LIST, or --seeds of 2 or more",
    );
  }
  if (overwrite) {
    throw new UsageError(
      "--on and --overwrite exclude each other: a run that the engine repeats goes on where it was; delete the runs first, or choose another --out",
    );
  }
  const project = Deno.cwd(), place = resolve(comparison);
  const words = ["deno", "task", "--quiet", "--cwd", project, "exp", ...args];
  const call = words.map((word) => quoted(word, false)).join(" ");
  return {
    name: runs[0].plan.id,
    folder: join(dirname(place), engine),
    runs: runs.map(({ out, plan }) => ({
      name: printable(`${nameOfRun(plan)}, seed ${plan.seed}`),
      summary: join(resolve(pathOf({ out, plan })), SUMMARY_NAME),
    })),
    comparison: place,
    command: (part) => `${call} --part ${typeof part === "object" ? part.shell : part}`,
  };
}
