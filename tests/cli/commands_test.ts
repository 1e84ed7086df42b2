/** What all commands share: help, and what is said of a flag that they do not know. */
import { assertEquals } from "@std/assert";
import { main as bench } from "../../bench/cli.ts";
import { main as peers } from "../../bench/peers/cli.ts";
import { exitCode } from "../../cli/run_cli.ts";
import { main as data } from "../../data/cli.ts";
import { main as dataCsv } from "../../data/csv_cli.ts";
import { main as exp } from "../../experiments/cli.ts";
import { main as demo } from "../../experiments/demo.ts";
import { main as doctor } from "../../experiments/doctor/cli.ts";
import { main as evaluate } from "../../experiments/eval.ts";
import { main as table } from "../../experiments/table.ts";
import { main as tune } from "../../experiments/tune.ts";
import { main as adapters } from "../adapters.ts";
import { main as fuzz } from "../fuzz/cli.ts";
import { main as parity } from "../parity/cli.ts";
import { printed } from "../printed.ts";
import { main as tint } from "../tint/cli.ts";

/** Each command's main function, and its flags but for --verbose and --help. */
const COMMANDS: Record<string, [main: (args: string[]) => Promise<number>, flags: string]> = {
  exp: [
    exp,
    "preset epochs batch-size lr alpha weight-center weight-intra weight-inter feat-dim width train-size test-size seed " +
    "data test-data test-share image-size channels predict out data-dir adapter submit-ms tiles no-tune resume " +
    "overwrite only seeds",
  ],
  demo: [demo, "preset epochs seed data out data-dir adapter resume overwrite"],
  eval: [evaluate, "method k checkpoint data-dir adapter json"],
  tune: [tune, "preset bench budget again adapter cache write"],
  table: [table, "check runs"],
  doctor: [doctor, "json adapter data-dir"],
  data: [data, "data-dir"],
  "data:csv": [dataCsv, "to train-size test-size overwrite data-dir"],
  bench: [bench, "profile overhead memory only batch network steps adapter tiles json csv"],
  "bench:peers": [peers, "works peers rounds timeout batch csv"],
  parity: [parity, "adapter"],
  "test:fuzz": [fuzz, "many count seed only keep"],
  "test:adapters": [adapters, "gate all only but"],
  "test:tint": [tint, "all every only slow"],
};

for (const [name, [main, flags]] of Object.entries(COMMANDS)) {
  Deno.test(`main() of ${name} prints its help, with every flag`, async () => {
    const outs = new Set<string>();
    for (const args of [["help"], ["--help"], ["-h"], ["a", "--help"]]) {
      const { result, out, err } = await printed(() => exitCode(main, args));
      assertEquals([result, err], [0, ""]);
      outs.add(out);
    }
    assertEquals(outs.size, 1);
    const [text] = outs;
    for (const flag of [...flags.split(" "), "verbose", "help"]) {
      assertEquals(new RegExp(`^  --${flag} `, "m").test(text), true, `--${flag}\n${text}`);
    }
    assertEquals(text.includes(`  deno task ${name} `), true);
    assertEquals(text.split("\n").filter((line) => line.length > 100), []);
  });

  Deno.test(`main() of ${name} refuses a flag that it does not know`, async () => {
    const { result, err } = await printed(() => exitCode(main, ["--helpp"]));
    assertEquals([result, err], [
      2,
      `${name} does not know --helpp; the nearest flag is --help\n`,
    ]);
  });
}
