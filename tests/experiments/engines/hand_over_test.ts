/** `deno task exp:on`: what an engine gets, with programs that only note how they are called. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { exitCode } from "../../../cli/run_cli.ts";
import { main as exp } from "../../../experiments/cli.ts";
import { main } from "../../../experiments/exp_on.ts";
import type { Start } from "../../../experiments/engines/programs.ts";
import { granted } from "../../permissions.ts";
import { diskTest, unixDiskTest } from "../../on_disk.ts";
import { printed } from "../../printed.ts";
import { contents } from "../run_folders.ts";

const GRID = "cent-digits-2 --preset smoke --vary lambda=0.1,1 --seeds 2";
const PLACE = "cent-digits-2+weight-center=0.1,1/smoke";

/** Hands over; programs answer with what is given, in turn, and then with what it says last. */
async function handOver(line: string, ...answers: { code?: number; out?: string; err?: string }[]) {
  const calls: string[][] = [];
  const start: Start = (program, args) => {
    calls.push([program, ...args]);
    const answer = calls.at(-1)!.includes("--version") ? {} : answers.shift();
    return Promise.resolve({ code: 0, out: "", err: "", ...answer });
  };
  const said = await printed(() => exitCode((args) => main(args, start), line.split(" ")));
  return { ...said, calls };
}

const textIn = (out: string, path: string) =>
  new TextDecoder().decode(contents(out).get(`${PLACE}/${path}`));

unixDiskTest("exp:on --on slurm submits an array job, and one that waits for it", async (out) => {
  const { result, calls, out: said } = await handOver(
    `${GRID} --out ${out} --on slurm -- --partition=gpu --gres=gpu:1`,
    { out: "71;west\n" },
    { out: "72\n" },
  );
  assertEquals(result, 0, said);
  const own = ["--partition=gpu", "--gres=gpu:1", "--parsable", `--chdir=${out}/${PLACE}/slurm`];
  assertEquals(calls, [
    ["sbatch", "--version"],
    ["sbatch", ...own, "runs.sh"],
    ["sbatch", ...own, "--dependency=afterany:71", "compare.sh"],
  ]);
  const call = `exec deno task --quiet --cwd ${Deno.cwd()} exp ${GRID} --out ${out} --part`;
  const runs = textIn(out, "slurm/runs.sh");
  assertStringIncludes(
    runs,
    "#!/bin/bash\n#SBATCH --job-name=cent-digits-2\n#SBATCH --array=1-4\n",
  );
  assertStringIncludes(runs, "#SBATCH --requeue\n");
  assertStringIncludes(runs, "\n# 3: cent-digits-2 · weight-center=0.1, seed 2\n");
  assert(runs.endsWith(`\n${call} "$SLURM_ARRAY_TASK_ID"\n`), runs);
  assert(textIn(out, "slurm/compare.sh").endsWith(`\n${call} compare\n`));
  assertStringIncludes(said, "4 runs are job 71 of Slurm\nJob 72 compares them in ");
});

unixDiskTest("exp:on --on snakemake writes a rule a run, and starts it", async (out) => {
  const { result, calls } = await handOver(`${GRID} --out ${out} --on=snakemake -- --cores 4`);
  assertEquals(result, 0);
  const folder = join(out, PLACE, "snakemake"), file = join(folder, "Snakefile");
  assertEquals(calls[1], [
    ...["snakemake", "--snakefile", file, "--directory", folder, "--cores", "1"],
    ...["--keep-going", "--rerun-incomplete", "--cores", "4"],
  ]);
  const text = textIn(out, "snakemake/Snakefile");
  assertEquals(text.match(/^rule \w+/gm), [
    ...["rule compare", "rule run_1", "rule run_2", "rule run_3", "rule run_4"],
  ]);
  const last = `${out}/cent-digits-2/smoke/seed-2/summary.json`;
  assertEquals(text.split(`"${last}"`).length - 1, 2, "what one rule needs, another gives");
  assertStringIncludes(text, ` --seeds 2 --out ${out} --part 4 >> run-4.log 2>&1"\n`);
});

diskTest("exp:on says what an engine refused, and that runs may go on", async (out) => {
  const refused = await handOver(`${GRID} --out ${out} --on slurm`, {
    code: 1,
    err:
      "sbatch: error: invalid partition specified: gpu\nsbatch: error: Batch job submission failed\n",
  });
  assertEquals([refused.result, refused.err], [
    1,
    "sbatch refused runs.sh (Batch job submission failed): what it needs stands after --, such as " +
    "-- --partition=gpu --gres=gpu:1\n",
  ]);
  const half = await handOver(`${GRID} --out ${out} --on slurm`, { out: "8" }, { code: 1 });
  assertEquals([half.result, half.out], [1, "4 runs are job 8 of Slurm\n"]);
  assertStringIncludes(half.err, "sbatch refused compare.sh (exit code 1)");
  const failed = await handOver(`${GRID} --out ${out} --on snakemake`, { code: 1 });
  assertEquals(failed.result, 1);
  assertStringIncludes(failed.err, "; the same command goes on with what is not finished\n");
});

diskTest("exp:on and exp say in one line how they are used", async (out) => {
  const wrong: [line: string, words: string][] = [
    [`${GRID} --on pbs`, '--on is "pbs"; it must be slurm or snakemake'],
    [`${GRID} --on`, "--on needs slurm or snakemake: --on ENGINE"],
    [GRID, "exp:on needs --on slurm or --on snakemake; deno task exp runs in this process"],
    ["cent-digits-2 --on slurm", "--on is for one row with --vary or --seeds"],
    ["all --seeds 2 --on slurm", "--on is for one row with --vary or --seeds"],
    ["keras-lambda --seeds 2 --on slurm", "--on is for one row with --vary or --seeds"],
    ["cent-digits-2 --seeds 1 --on slurm", "--on is for several runs: give --vary FLAG=LIST"],
    [`${GRID} --on slurm --overwrite`, "--on and --overwrite exclude each other"],
    [`${GRID} --on slurm --part 2`, "--on and --part exclude each other"],
    [`${GRID} --on slurm --lr`, "--lr needs a number above 0"],
    [`${GRID} --on snakemake --out ${out}/{a}`, "Snakemake takes no path with braces"],
    ["cent-mnits-2 --seeds 2 --on slurm", "did you mean cent-mnist-2?"],
  ];
  for (const [line, words] of wrong) {
    const { result, err, calls } = await handOver(line);
    assertEquals([result, err.split("\n").length, calls.length], [2, 2, 0], err);
    assertStringIncludes(err, words);
  }
  const plain: [line: string, words: string][] = [
    [`${GRID} --on slurm`, `this hands the runs over: deno task exp:on ${GRID} --on slurm`],
    ["cent-digits-2 --part 1", "--part is for the runs of --vary and --seeds"],
    [
      "all --seeds 2 --part 1",
      "--part is for one row with --vary or --seeds, and all runs several",
    ],
    [`${GRID} --part 5`, "--part is 5, but --vary and --seeds ask for 4 runs"],
    [`${GRID} --part 0`, '--part is "0"; it must be a whole number from 1, or compare'],
  ];
  for (const [line, words] of plain) {
    const { result, err } = await printed(() => exitCode(exp, line.split(" ")));
    assertEquals([result, err.split("\n").length], [2, 2], err);
    assertStringIncludes(err, words);
  }
  const none = await printed(() => exitCode(exp, `${GRID} --out ${out} --part compare`.split(" ")));
  assertEquals([none.result, none.err], [
    1,
    "0 of 4 runs are finished: a comparison needs two\n",
  ]);
  assertEquals(contents(out).size, 0);
});

Deno.test("deno.json lets exp:on start the two engines, and tasks that train nothing", async () => {
  if (!await granted("read")) return;
  const { tasks } = JSON.parse(Deno.readTextFileSync("deno.json"));
  const may = (name: string) => /--allow-run=?(\S*)/.exec(tasks[name].command ?? tasks[name])?.[1];
  assertEquals(may("exp:on"), "sbatch,snakemake");
  for (const name of ["exp", "demo", "eval", "predict", "compare", "runs", "report", "table"]) {
    assertEquals(may(name), undefined, name);
  }
});
