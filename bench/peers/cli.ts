// deno-lint-ignore-file no-console
/** The program behind `deno task bench:peers`: the same work through this program and through others. */
import { parseArgs } from "@std/cli/parse-args";
import { runCli } from "../../src/base/cli.ts";
import { UsageError } from "../../src/base/errors.ts";
import { digits } from "../../src/base/format.ts";
import { textTable } from "../../src/base/text_table.ts";
import { checkWritable, save } from "../output_file.ts";
import { contest } from "./contest.ts";
import { optionsOf } from "./options.ts";
import { type PeerRow, toCsv } from "./rows.ts";

const HELP =
  `Times the same work in this program and in others, after checking that all compute the same.

  deno task bench:peers                all works, all programs; writes results/bench/peers.csv
  deno task bench:peers --works conv2d,resnet --peers tfjs-webgpu

Options
  --works A,B      only works whose name contains one of these
  --peers A,B      only these beside ours: tfjs-webgpu, tfjs-wasm, jax-js-webgpu
  --rounds N       samples of each program, taken in turn; 3 without it
  --timeout S      seconds a sample may take, and a fifth of what readying may take; 300 without it
  --batch N        images in a batch, to try something; 32 without it
  --csv FILE       where the rows go; needed when works, programs or the batch are not all there
  --verbose        print stack traces
  --help           print this

A sample is half a second or more of runs, or one run. Ratios are speeds: 0.5 is half as fast as ours.
"first" is the first training step of a process, with everything to compile.
Other programs on the machine make all of them slower.`;

/**
 * Runs the program.
 *
 * @returns The exit code; a program that was refused or broke off has a line that says why, and changes nothing for the others.
 * @throws {UsageError} For what it does not know.
 * @throws {RunError} When ours cannot go on, or the file cannot be written.
 */
export async function main(args: string[]): Promise<number> {
  const flags = parseArgs(args, {
    boolean: ["help", "verbose"],
    string: ["works", "peers", "rounds", "timeout", "batch", "csv"],
    unknown: (argument: string) => {
      throw new UsageError(
        `Unknown argument ${argument.split("=")[0]}: see deno task bench:peers --help`,
      );
    },
  });
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  const { works, csv, ...options } = optionsOf(flags);
  if (csv) await checkWritable(csv);
  const { titles, line } = columns();
  console.log(titles);
  const rows: PeerRow[] = [];
  for (const work of works) {
    const more = await contest(work, options);
    rows.push(...more);
    for (const row of more) console.log(line(row));
    // Whole after every work: a kill leaves what was measured.
    if (csv) await save(csv, toCsv(rows));
  }
  return 0;
}

function columns() {
  const { titles, line } = textTable(
    [{ title: "work", width: 22 }, { title: "program", width: 13 }],
    ["ms", "GFLOP/s", "images/s", "first ms", "ratio"],
  );
  return {
    titles,
    line: ({ work, program, note, ms, gflops, imagesPerSecond, firstMs, ratioToOurs }: PeerRow) => {
      const numbers = [ms, gflops, imagesPerSecond, firstMs, ratioToOurs].map(digits);
      return line([work, program], numbers) + (note && `\n  ${note}`);
    },
  };
}

if (import.meta.main) await runCli(main);
