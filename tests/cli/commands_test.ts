/** What all commands share: help, and the words for a flag that they do not know. */
import { assertEquals } from "@std/assert";
import { main as bench } from "../../bench/cli.ts";
import { main as peers } from "../../bench/peers/cli.ts";
import { main as phases } from "../../bench/phases/cli.ts";
import { exitCode } from "../../cli/run_cli.ts";
import { main as compare } from "../../experiments/compare.ts";
import { main as data } from "../../data/cli.ts";
import { main as dataCsv } from "../../data/csv_cli.ts";
import { main as exp } from "../../experiments/cli.ts";
import { main as expOn } from "../../experiments/exp_on.ts";
import { main as predict } from "../../experiments/predict.ts";
import { main as demo } from "../../experiments/demo.ts";
import { main as doctor } from "../../experiments/doctor/cli.ts";
import { main as evaluate } from "../../experiments/eval.ts";
import { main as report } from "../../experiments/report.ts";
import { main as runs } from "../../experiments/runs.ts";
import { main as table } from "../../experiments/table.ts";
import { main as tune } from "../../experiments/tune.ts";
import { main as adapters } from "../adapters.ts";
import { main as all } from "../all.ts";
import { main as accept } from "../figures/accept.ts";
import { main as engines } from "../engines/cli.ts";
import { main as disturb } from "../disturb.ts";
import { main as fuzz } from "../fuzz/cli.ts";
import { main as parity } from "../parity/cli.ts";
import { printed } from "../printed.ts";
import { main as python } from "../python/cli.ts";
import { main as reportPages } from "../report_browser/cli.ts";
import { main as tint } from "../tint/cli.ts";

const COMMANDS: Record<string, (args: string[]) => Promise<number>> = {
  ...{
    exp,
    demo,
    eval: evaluate,
    predict,
    tune,
    table,
    report,
    doctor,
    runs,
    compare,
    data,
    "data:csv": dataCsv,
  },
  ...{ bench, "bench:peers": peers, "bench:phases": phases, parity },
  ...{
    test: all,
    "test:kill": disturb,
    "test:fuzz": fuzz,
    "test:adapters": adapters,
    "test:tint": tint,
  },
  "test:report": reportPages,
  "figures:accept": accept,
  "exp:on": expOn,
  "test:engines": engines,
  "test:python": python,
};

for (const [name, main] of Object.entries(COMMANDS)) {
  Deno.test(`main() of ${name} prints its help, and names a flag near to a wrong one`, async () => {
    const said = new Set<string>();
    for (const args of [["help"], ["--help"], ["-h"], ["a", "--help"]]) {
      const { result, out, err } = await printed(() => exitCode(main, args));
      assertEquals([result, err], [0, ""]);
      said.add(out);
    }
    const [help] = said;
    assertEquals([said.size, help.includes(`  deno task ${name} `)], [1, true]);
    assertEquals(help.split("\n").filter((line) => line.length > 100), []);
    const { result, err } = await printed(() => exitCode(main, ["--helpp"]));
    assertEquals([result, err], [
      2,
      `${name} does not know --helpp; the nearest flag is --help\n`,
    ]);
  });
}
