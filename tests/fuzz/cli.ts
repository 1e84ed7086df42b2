// deno-lint-ignore-file no-console
/**
 * The program behind `deno task test:fuzz`: every reader of files, tables and options on damaged inputs, drawn by a seed.
 * Each must give a right value or one clear line.
 */
import { parseArgs } from "@std/cli/parse-args";
import { join } from "node:path";
import { runCli } from "../../src/base/cli.ts";
import { UsageError } from "../../src/base/errors.ts";
import { printable } from "../../src/base/printable.ts";
import { type Failure, fuzz } from "./fuzz.ts";
import { PARSERS } from "./parsers.ts";

const HELP = `Damages good inputs of every reader, and looks whether it says so in one line.

  deno task test:fuzz                  1,000 inputs a reader
  deno task test:fuzz --many           100,000

Options
  --count N     so many inputs a reader
  --seed N      of the damages; 1 without it
  --only NAME   the readers whose names hold this
  --keep DIR    writes the inputs of failures there`;

const FEW = 1000, MANY = 100_000, SHOWN = 5;

/** Runs the program. */
export async function main(args: string[]): Promise<number> {
  const flags = parseArgs(args, {
    boolean: ["many", "help", "verbose"],
    string: ["count", "seed", "only", "keep"],
    unknown: (argument: string) => {
      throw new UsageError(`test:fuzz does not know ${argument}: see --help`);
    },
  });
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  const count = whole("count", flags.count, flags.many ? MANY : FEW);
  const seed = whole("seed", flags.seed, 1);
  const chosen = PARSERS.filter(({ name }) => name.includes(flags.only ?? ""));
  if (chosen.length === 0) {
    throw new UsageError(`--only ${flags.only}: no reader has that in its name`);
  }
  let failed = 0;
  const place = await Deno.makeTempDir();
  try {
    for (const parser of chosen) {
      // Named before it is tried: one that hangs is known.
      Deno.stdout.writeSync(new TextEncoder().encode(`${parser.name} ... `));
      const own = join(place, String(PARSERS.indexOf(parser)));
      await Deno.mkdir(own);
      const failures = await fuzz(parser, {
        count,
        seed,
        stream: PARSERS.indexOf(parser),
        place: own,
      });
      console.log(failures.length === 0 ? `${count} ok` : `${failures.length} of ${count} FAILED`);
      for (const { number, what } of failures.slice(0, SHOWN)) {
        console.log(`  input ${number} of seed ${seed}: ${printable(what).slice(0, 300)}`);
      }
      if (flags.keep) await keep(flags.keep, failures);
      failed += failures.length;
    }
  } finally {
    await Deno.remove(place, { recursive: true });
  }
  return failed === 0 ? 0 : 1;
}

async function keep(folder: string, failures: readonly Failure[]): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const { parser, number, input } of failures) {
    await Deno.writeFile(join(folder, `${parser.replace(/\W+/g, "-")}-${number}`), input);
  }
}

function whole(flag: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`--${flag} is "${text}"; it must be a whole number`);
}

if (import.meta.main) await runCli(main);
