// deno-lint-ignore-file no-console
/** `deno task parity FILE...`: this program against numbers written by PyTorch. */
import { command } from "../../cli/flags.ts";
import { mainOf, runCli } from "../../cli/run_cli.ts";
import { ADAPTER } from "../../cli/shared.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { type GpuOptions, openGpu } from "../../src/gpu/device.ts";
import { passed, type Result } from "./compare.ts";
import { type ParityFile, readParityFile } from "./format.ts";
import { compareOp } from "./op_case.ts";
import { compareRun } from "./training_run.ts";

const PARITY = command({
  name: "parity",
  about: "Compares ops, gradients and training runs with numbers that PyTorch wrote.",
  forms: [["FILE...", "JSON files, one after the other; one that cannot be read hides no other"]],
  words: true,
  flags: { adapter: ADAPTER },
  end: "Exits with 1 when a case failed, a file is damaged, or there is nothing to compare.",
});

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

/** How a device is opened; tests bring one of their own. */
type Open = (options: GpuOptions) => Promise<Disposable>;

/** Runs the command. */
export const main = mainOf(PARITY, async ({ flags, words: files }, open: Open = openGpu) => {
  if (files.includes("")) throw new UsageError('parity needs files, and one of them is ""');
  if (files.length === 0) throw new UsageError("parity needs a file: deno task parity FILE...");
  using _gpu = await open({ adapter: flags.adapter });
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
});

function comparesOf(file: ParityFile): (() => Promise<Result>)[] {
  return "cases" in file ? file.cases.map((c) => () => compareOp(c)) : [() => compareRun(file)];
}

if (import.meta.main) await runCli(main);
