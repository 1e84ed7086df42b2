// deno-lint-ignore-file no-console
/** `deno task parity FILE...`: this program against numbers written by PyTorch. */
import { parseArgs } from "@std/cli/parse-args";
import { ADAPTER_HELP, adapterFlag } from "../../src/adapter_flag.ts";
import { runCli } from "../../src/cli.ts";
import { UsageError } from "../../src/errors.ts";
import { openGpu } from "../../src/gpu/device.ts";
import { passed, type Result } from "./compare.ts";
import { readParityFile } from "./format.ts";
import { compareOp } from "./op_case.ts";
import { compareRun } from "./training_run.ts";

const USAGE = "Usage: deno task parity FILE... [--adapter CHOICE] (JSON written by PyTorch)";

/** One line: the verdict, the case, and its worst comparison. */
export function line(result: Result): string {
  if (result.skipped) return `----  ${result.name}: ${result.skipped}`;
  const verdict = passed(result) ? "ok  " : "FAIL";
  const shown = passed(result)
    ? [result.comparisons.reduce((a, b) => b.error / b.bar > a.error / a.bar ? b : a)]
    : result.comparisons.filter((c) => !(c.error <= c.bar));
  const errors = shown.map((c) => `${c.what} ${c.error.toExponential(1)} (bar ${c.bar})`).join(
    ", ",
  );
  return `${verdict}  ${result.name}: ${errors}`;
}

async function main(args: string[]): Promise<number> {
  const flags = parseArgs(args, {
    boolean: ["help", "verbose"],
    string: ["_", "adapter"],
    unknown: (argument: string) => {
      if (!argument.startsWith("-")) return true;
      throw new UsageError(`parity does not know ${argument.split("=")[0]}. ${USAGE}`);
    },
  });
  if (flags.help) {
    console.log(`${USAGE}\n\n  --adapter CHOICE   ${ADAPTER_HELP}`);
    return 0;
  }
  const files: string[] = flags._;
  if (files.length === 0) throw new UsageError(USAGE);
  const adapter = adapterFlag(flags.adapter);
  const contents = await Promise.all(files.map(readParityFile));
  using _gpu = await openGpu({ adapter });
  const results: Result[] = [];
  for (const [i, file] of contents.entries()) {
    console.log(files[i]);
    const pending = "cases" in file
      ? file.cases.map((c) => () => compareOp(c))
      : [() => compareRun(file)];
    for (const compare of pending) {
      const result = await compare();
      results.push(result);
      console.log(`  ${line(result)}`);
    }
  }
  const skipped = results.filter((r) => r.skipped).length;
  const failed = results.filter((r) => !passed(r)).length;
  console.log(`${results.length - skipped - failed} passed, ${failed} failed, ${skipped} not yet`);
  return failed > 0 ? 1 : 0;
}

if (import.meta.main) await runCli(main);
