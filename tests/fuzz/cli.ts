// deno-lint-ignore-file no-console
/**
 * The program behind `deno task test:fuzz`: every reader of files, tables and options on damaged inputs, drawn by a seed.
 * Each must give a right value or one clear line.
 */
import { join } from "node:path";
import { command, flag } from "../../cli/flags.ts";
import { mainOf, runCli } from "../../cli/run_cli.ts";
import { number, path, text, withDefault } from "../../cli/values.ts";
import { UsageError } from "../../src/base/errors.ts";
import { whole } from "../../src/base/range.ts";
import { printable } from "../../src/base/printable.ts";
import { type Failure, fuzz } from "./fuzz.ts";
import { PARSERS } from "./parsers.ts";

const FEW = 1000, MANY = 100_000, SHOWN = 5;

const FUZZ = command({
  name: "test:fuzz",
  about: "Damages good inputs of every reader, and looks whether it says so in one line.",
  forms: [["", "1,000 inputs a reader"], ["--many", "100,000"]],
  flags: {
    many: flag("100,000 inputs a reader"),
    count: number(whole(0), "so many inputs a reader"),
    seed: withDefault(number(whole(0), "of the damages"), 1),
    only: withDefault(text("NAME", "the readers whose names hold this"), "", "all"),
    keep: path("DIR", "writes the inputs of failures there"),
  },
});

/** Runs the program. */
export const main = mainOf(FUZZ, async ({ flags }) => {
  const { seed, count = flags.many ? MANY : FEW } = flags;
  const chosen = PARSERS.filter(({ name }) => name.includes(flags.only));
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
});

async function keep(folder: string, failures: readonly Failure[]): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const { parser, number, input } of failures) {
    await Deno.writeFile(join(folder, `${parser.replace(/\W+/g, "-")}-${number}`), input);
  }
}

if (import.meta.main) await runCli(main);
