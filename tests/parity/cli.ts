// deno-lint-ignore-file no-console
/** `deno task parity FILE...`: this program against numbers written by PyTorch. */
import { parseArgs } from "@std/cli/parse-args";
import { ADAPTER_HELP, adapterFlag } from "../../experiments/flags/adapter.ts";
import { runCli } from "../../src/base/cli.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { type GpuOptions, openGpu } from "../../src/gpu/device.ts";
import { passed, type Result } from "./compare.ts";
import { type ParityFile, readParityFile } from "./format.ts";
import { compareOp } from "./op_case.ts";
import { compareRun } from "./training_run.ts";

const USAGE = "Usage: deno task parity FILE... [--adapter CHOICE] (JSON written by PyTorch)";

/** One line: the verdict, the case, and its worst comparison, or why there is none. */
export function line(result: Result): string {
  const { failure = "nothing is compared" } = result;
  if (result.comparisons.length === 0) return `FAIL  ${result.name}: ${failure}`;
  const verdict = passed(result) ? "ok  " : "FAIL";
  const shown = passed(result)
    ? [result.comparisons.reduce((a, b) => b.error / b.bar > a.error / a.bar ? b : a)]
    : result.comparisons.filter((c) => !(c.error <= c.bar));
  const errors = shown.map((c) => `${c.what} ${c.error.toExponential(1)} (bar ${c.bar})`).join(
    ", ",
  );
  return `${verdict}  ${result.name}: ${errors}`;
}

/**
 * Compares files one after the other; one that cannot be read hides no other.
 *
 * @param open Tests bring a device of their own.
 * @returns The exit code: 1 when a case failed, a file is damaged, or there is nothing to compare.
 */
export async function main(
  args: string[],
  open: (options: GpuOptions) => Promise<Disposable> = openGpu,
): Promise<number> {
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
  using _gpu = await open({ adapter: adapterFlag(flags.adapter) });
  const results: Result[] = [];
  let unreadable = 0;
  for (const path of files) {
    try {
      const file = await readParityFile(path);
      console.log(path);
      for (const compare of comparesOf(file)) {
        const result = await compare();
        results.push(result);
        console.log(`  ${line(result)}`);
      }
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      unreadable++;
      console.error(error.message);
    }
  }
  const good = results.filter(passed).length, failed = results.length - good;
  const rest = unreadable > 0 ? `, ${unreadable} of ${files.length} files could not be read` : "";
  console.log(`${good} passed, ${failed} failed${rest}`);
  return failed > 0 || unreadable > 0 || good === 0 ? 1 : 0;
}

function comparesOf(file: ParityFile): (() => Promise<Result>)[] {
  return "cases" in file ? file.cases.map((c) => () => compareOp(c)) : [() => compareRun(file)];
}

if (import.meta.main) await runCli(main);
