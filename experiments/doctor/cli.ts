// deno-lint-ignore-file no-console
/** The program behind `deno task doctor`: says whether this machine can train, and with what. */
import { parseArgs } from "@std/cli/parse-args";
import { ADAPTER_HELP, adapterFlag } from "../flags/adapter.ts";
import { runCli } from "../../src/base/cli.ts";
import { UsageError } from "../../src/base/errors.ts";
import { joinEmpty } from "../../src/base/flags.ts";
import { openGpu } from "../../src/gpu/device.ts";
import { examine } from "./report.ts";
import { reportText } from "./text.ts";

const HELP = `Looks at the GPU, the data and the answers of a few kernels.

  deno task doctor                     what there is, in words
  deno task doctor --json              all of it as JSON, every limit too

Options
  --adapter CHOICE ${ADAPTER_HELP}
  --data-dir DIR   where data sets are kept (else CENTERLAB_DATA, else .cache/data in the project)
  --verbose        print stack traces
  --help           print this

Exits with 1 when there is no adapter or a kernel gives a wrong answer.`;

const STRINGS = ["adapter", "data-dir"];

/**
 * Runs the program.
 *
 * @returns The exit code.
 * @throws {UsageError} For what it does not know.
 * @throws {RunError} When there is no adapter.
 */
export async function main(args: string[]): Promise<number> {
  const flags = parseArgs(joinEmpty(args, STRINGS), {
    boolean: ["help", "json", "verbose"],
    string: STRINGS,
    unknown: (argument: string) => {
      throw new UsageError(
        `Unknown argument ${argument.split("=")[0]}: see deno task doctor --help`,
      );
    },
  });
  if (flags.help) {
    console.log(HELP);
    return 0;
  }
  if (flags["data-dir"] === "") throw new UsageError("--data-dir needs a folder: --data-dir DIR");
  using _gpu = await openGpu({ adapter: adapterFlag(flags.adapter) });
  const report = await examine(flags["data-dir"]);
  console.log(flags.json ? JSON.stringify(report, null, 2) : reportText(report));
  return report.checks.every((check) => check.passed) ? 0 : 1;
}

if (import.meta.main) await runCli(main);
