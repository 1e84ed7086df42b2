// deno-lint-ignore-file no-console
/** The program behind `deno task bench`: correct first, timed second. */
import { parseArgs } from "@std/cli/parse-args";
import { onDisk } from "../data/disk.ts";
import { runCli } from "../src/cli.ts";
import { UsageError } from "../src/errors.ts";
import { openGpu } from "../src/gpu/device.ts";
import { convolutionWorks, matmulWork } from "./kernels.ts";
import { medianMs } from "./measure.ts";
import { profile } from "./profile.ts";
import { profileTable, worksTable } from "./table.ts";
import { trainingStep, trainingWork } from "./training_step.ts";
import { type Row, rowOf, type Work } from "./work.ts";

const HELP = `Times kernels and a training step, each after its result has been checked on the CPU.

  deno task bench                      a table: the median of five samples, each of half a second or more
  deno task bench --json FILE          the rows as JSON, too
  deno task bench --profile            where a training step spends its time, kernel by kernel

Options
  --verbose        print stack traces
  --help           print this

A multiply-add counts as two operations. GB/s counts every array once. Other programs on the machine make it slower.`;

/**
 * Runs the program.
 *
 * @returns The exit code.
 * @throws {UsageError} For what it does not know.
 * @throws {RunError} When there is no adapter, a result is wrong, or the file cannot be written.
 */
export async function main(args: string[]): Promise<number> {
  const flags = parseArgs(args, {
    boolean: ["help", "profile", "verbose"],
    string: ["json"],
    unknown: (argument: string) => {
      throw new UsageError(
        `Unknown argument ${argument.split("=")[0]}: see deno task bench --help`,
      );
    },
  });
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  const file: string | undefined = flags.json;
  if (file === "") throw new UsageError("--json needs a file: --json FILE");
  if (file !== undefined && flags.profile) {
    throw new UsageError("--json is for the timed rows: leave out --profile");
  }
  // A file that cannot be written is refused before the minutes of work, not after.
  if (file !== undefined) (await onDisk(`write ${file}`, Deno.open(file, WRITE))).close();
  using gpu = await openGpu();
  console.log(`${gpu.adapter.description}, Deno ${Deno.version.deno}\n`);
  if (flags.profile) {
    console.log(profileTable(await profile(trainingStep().step)));
    return 0;
  }
  const rows: Row[] = [];
  const all = works();
  const { titles, line } = worksTable(all);
  console.log(titles);
  for (const work of all) {
    const row = await timed(work, gpu.adapter.description);
    rows.push(row);
    console.log(line(row));
  }
  if (file !== undefined) {
    await onDisk(`write ${file}`, Deno.writeTextFile(file, `${JSON.stringify(rows, null, 2)}\n`));
  }
  return 0;
}

const WRITE = { write: true, create: true };

function works(): Work[] {
  return [
    matmulWork(512),
    ...convolutionWorks({ batch: 32, side: 28, channels: 32, kernel: 5 }),
    ...convolutionWorks({ batch: 32, side: 26, channels: 32, kernel: 3 }),
    trainingWork(),
  ];
}

async function timed(work: Work, adapter: string): Promise<Row> {
  const prepared = await work.prepare();
  const ms = await medianMs(prepared);
  prepared.dispose();
  return rowOf(work, ms, adapter);
}

if (import.meta.main) await runCli(main);
