// deno-lint-ignore-file no-console
/** The program behind `deno task doctor`: says whether this machine can train, and with what. */
import { command, flag } from "../../cli/flags.ts";
import { mainOf, runCli } from "../../cli/run_cli.ts";
import { ADAPTER, DATA_DIR } from "../../cli/shared.ts";
import { openGpu } from "../../src/gpu/device.ts";
import { examine } from "./report.ts";
import { reportText } from "./text.ts";

const DOCTOR = command({
  name: "doctor",
  about: "Looks at the GPU, the data and the answers of a few kernels.",
  forms: [["", "what there is, in words"]],
  flags: {
    json: flag("all of it as JSON, every limit too"),
    adapter: ADAPTER,
    "data-dir": DATA_DIR,
  },
  end: "Exits with 1 when there is no adapter or a kernel gives a wrong answer.",
});

/** Runs the command. */
export const main = mainOf(DOCTOR, async ({ flags }) => {
  using _gpu = await openGpu({ adapter: flags.adapter });
  const report = await examine(flags["data-dir"]);
  console.log(flags.json ? JSON.stringify(report, null, 2) : reportText(report));
  return report.checks.every((check) => check.passed) ? 0 : 1;
});

if (import.meta.main) await runCli(main);
