// deno-lint-ignore-file no-console
/** The program behind `deno task bench:phases`. */
import { command } from "../../cli/flags.ts";
import { mainOf, runCli } from "../../cli/run_cli.ts";
import { TaskWatch } from "../../cli/task_watch.ts";
import { path } from "../../cli/values.ts";
import { csvOfRows } from "../../src/base/csv.ts";
import { RunError } from "../../src/base/errors.ts";
import { openGpu } from "../../src/gpu/device.ts";
import { checkWritable, save } from "../output_file.ts";
import { measurePhases, type PhaseRow } from "./measure.ts";

const PHASES = command({
  name: "bench:phases",
  about:
    "Measures what a training step costs the processor where a program takes the place of a GPU: part by part, on the threads " +
    "that run kernels and on all others (Linux).",
  forms: [["", "both networks, at 64 and 128 images a step"]],
  flags: { csv: path("FILE", "the table as CSV, too") },
  end: "Processor time repeats where other programs run beside it; the time by the clock does not.",
});

/** Runs the command. */
export const main = mainOf(PHASES, async ({ flags: { csv } }) => {
  if (csv !== undefined) await checkWritable(csv);
  using _watch = new TaskWatch();
  using gpu = await openGpu();
  const { software, description } = gpu.adapter;
  if (!software) {
    throw new RunError(`${description} is a GPU, whose time deno task bench --profile measures`);
  }
  console.log(
    `${description}, milliseconds of a core for a step: all workers, the busiest, others\n`,
  );
  const rows: PhaseRow[] = [];
  for (const network of ["resnet", "lenetpp"] as const) {
    for (const batch of [64, 128]) {
      console.log(`${network}, ${batch} images`);
      for (const row of await measurePhases(network, batch)) {
        rows.push(row);
        const numbers = [row.workers, row.busiest, row.rest].map((ms) => ms.toFixed(1).padStart(8));
        console.log(`  ${row.phase.padEnd(26)}${numbers.join("")}`);
      }
    }
  }
  if (csv !== undefined) await save(csv, csvOfRows(rows));
  return 0;
});

if (import.meta.main) await runCli(main);
