/** `deno task exp:on ID --vary FLAG=LIST --on ENGINE [-- OPTION...]`: hands the runs of a grid to Slurm or Snakemake. */
import type { Command } from "../cli/flags.ts";
import { mainOf, runCli } from "../cli/run_cli.ts";
import { UsageError } from "../src/base/errors.ts";
import { mayWriteInto } from "./compare/write_comparison.ts";
import { placeOf } from "./compare/run_grid.ts";
import { type Start, start as startProgram } from "./engines/programs.ts";
import { toSlurm } from "./engines/slurm.ts";
import { toSnakemake } from "./engines/snakemake.ts";
import { workOf } from "./engines/work.ts";
import { EXP_FLAGS, type ExpGiven, oneRow } from "./flags/exp.ts";
import { type EngineName, withoutOn } from "./flags/on.ts";
import { gridOf, variedOf } from "./flags/vary.ts";
import { isRowFile, loadRowFile } from "./plan/own_row/row_file.ts";
import { STUDIES } from "./studies/catalog.ts";

const EXP_ON: Command<typeof EXP_FLAGS> = {
  name: "exp:on",
  about:
    "Hands the runs of --vary and --seeds to an engine, which starts each by itself and compares them at the end. " +
    "It takes the flags of exp.",
  forms: [
    ["ID --vary FLAG=LIST --on slurm", "an array job by sbatch, and one that compares"],
    ["ID --vary FLAG=LIST --on snakemake", "a rule a run, and one that compares; waits for them"],
    ["... -- OPTION...", "options after -- go to sbatch or snakemake as they are"],
  ],
  words: true,
  flags: EXP_FLAGS,
  end:
    "What is finished is skipped, and what was stopped goes on, so the same command may be given again.",
};

const TO: Readonly<Record<EngineName, typeof toSlurm>> = {
  slurm: toSlurm,
  snakemake: toSnakemake,
};

async function handOver(given: ExpGiven, options: readonly string[], start: Start) {
  const { flags: { on }, names, words: [word] } = given;
  if (on === undefined) {
    throw new UsageError(
      "exp:on needs --on slurm or --on snakemake; deno task exp runs in this process",
    );
  }
  const several = word === "all" || STUDIES.some(({ id }) => id === word);
  if (several || (!names.has("vary") && !names.has("seeds"))) {
    throw new UsageError("--on is for one row with --vary or --seeds: exp:on ID --vary FLAG=LIST");
  }
  if (names.has("part")) {
    throw new UsageError("--on and --part exclude each other: the engine asks for the parts");
  }
  const own = isRowFile(word) ? await loadRowFile(word) : undefined;
  const row = oneRow(given, STUDIES.map(({ id }) => id), own), varied = variedOf(given);
  const queue = gridOf(given, row, varied), comparison = placeOf(queue, varied);
  const work = workOf(on, queue, withoutOn(given.args), comparison);
  await mayWriteInto(comparison);
  return await TO[on](work, options, start);
}

/** Runs the command. What stands after `--` is the engine's. */
export async function main(args: string[], start: Start = startProgram): Promise<number> {
  const at = args.indexOf("--"), own = at < 0 ? args : args.slice(0, at);
  const options = at < 0 ? [] : args.slice(at + 1);
  return await mainOf(EXP_ON, (given) => handOver(given, options, start))(own);
}

if (import.meta.main) await runCli(main);
