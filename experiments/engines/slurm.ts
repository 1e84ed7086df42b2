// deno-lint-ignore-file no-console
/** Runs for Slurm: an array job with a task a run, and a job that compares them when all have ended. */
import { join } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { writeWhole } from "../../src/base/files.ts";
import { printable } from "../../src/base/printable.ts";
import type { Start } from "./programs.ts";
import type { Work } from "./work.ts";

/** The script of the array job. A task that Slurm starts again goes on at the last finished epoch. */
function arrayScript({ name, runs, command }: Work): string {
  return script(name, [`--array=1-${runs.length}`, "--output=run-%a.log"], [
    ...runs.map(({ name }, i) => `# ${i + 1}: ${name}`),
    `exec ${command({ shell: '"$SLURM_ARRAY_TASK_ID"' })}`,
  ]);
}

/** The script of the job that compares. */
function comparisonScript({ name, command }: Work): string {
  return script(`${name}-compare`, ["--output=compare.log"], [`exec ${command("compare")}`]);
}

function script(name: string, options: readonly string[], lines: readonly string[]): string {
  const all = [`--job-name=${name}`, ...options, "--open-mode=append", "--requeue"];
  return ["#!/bin/bash", ...all.map((it) => `#SBATCH ${it}`), ...lines, ""].join("\n");
}

/**
 * Submits both jobs.
 *
 * @param options What the user tells `sbatch`, such as `--partition=gpu`, for both.
 * @returns The exit code: 0 when both are submitted.
 * @throws {RunError} When `sbatch` is missing, or refuses.
 */
export async function toSlurm(work: Work, options: readonly string[], start: Start) {
  await start("sbatch", ["--version"]);
  const submit = async (file: string, text: string, ...flags: string[]) => {
    await writeWhole(join(work.folder, file), text);
    const own = ["--parsable", `--chdir=${work.folder}`, ...flags, file];
    const { code, out, err } = await start("sbatch", [...options, ...own]);
    // The number, and behind it the name of the cluster where there are several.
    const [id] = out.trim().split(";");
    if (code === 0 && /^\d+$/.test(id)) return id;
    throw new RunError(
      printable(`sbatch refused ${file} (${reasonIn(err) || `exit code ${code}`})`) +
        ": what it needs stands after --, such as -- --partition=gpu --gres=gpu:1",
    );
  };
  const array = await submit("runs.sh", arrayScript(work));
  console.log(`${work.runs.length} runs are job ${array} of Slurm`);
  const last = await submit(
    "compare.sh",
    comparisonScript(work),
    `--dependency=afterany:${array}`,
  );
  console.log(`Job ${last} compares them in ${printable(work.comparison)}`);
  console.log(
    `Logs are in ${printable(work.folder)}; squeue --jobs=${array},${last} shows how far they are`,
  );
  return 0;
}

/** The last thing that `sbatch` complained about. */
function reasonIn(err: string): string {
  return err.trim().split("\n").at(-1)!.replace(/^sbatch: (error: )?/, "");
}
