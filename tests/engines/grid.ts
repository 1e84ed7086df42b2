/** Twelve runs that are over in seconds, started as a user starts them, and what they leave. */
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { assertSameNumbers, contents, numbersIn } from "../experiments/run_folders.ts";
import { ended } from "../processes.ts";

const GRID = ["--vary", "lambda=0.1,1", "--vary", "lr=0.01,0.03", "--seeds", "3"];
const SIZES = ["--epochs", "3", "--train-size", "18", "--test-size", "10", "--no-tune"];
const ROW = "cent-digits-2";

/** How many runs there are. */
export const RUNS = 12;
const VICTIM_HAS = "epochs=3+lr=0.01+weight-center=0.1+train-size=18+test-size=10";
/** The place of the run that is killed, among all, and where it is. */
export const VICTIM = 5;
export const victimIn = (out: string) => join(out, `${ROW}+${VICTIM_HAS}`, "smoke", "seed-2");

/** Starts a task with the grid. */
export function startTask(
  task: string,
  out: string,
  more: readonly string[] = [],
  env: Record<string, string> = {},
) {
  const args = ["task", "-q", task, ROW, ...GRID, "--preset", "smoke", ...SIZES, "--out", out];
  const command = new Deno.Command("deno", {
    args: [...args, ...more],
    env,
    stdout: "piped",
    stderr: "piped",
  });
  return command.spawn();
}

/** Starts it and waits for it; what it printed. */
export async function runTask(
  task: string,
  out: string,
  more: readonly string[] = [],
): Promise<string> {
  const { code, said } = await ended(startTask(task, out, more));
  assertEquals(code, 0, said);
  return said;
}

/** Of a comparison: pictures, and the table without its last two columns, the seconds. */
function comparisonIn(folder: string): Map<string, unknown> {
  const files = contents(folder);
  const lines = new TextDecoder().decode(files.get("comparison.csv")).trimEnd().split("\n");
  assert(lines[0].endsWith(",seconds,seconds_deviation"), lines[0]);
  const table = lines.map((line) => line.replace(/(,[^,]*){2}$/, ""));
  const pictures = [...files].filter(([name]) => /\.(png|gif)$/.test(name));
  return new Map<string, unknown>([...pictures, ["comparison.csv", table]]);
}

/** The folders with a run or a comparison each. */
function foldersIn(out: string): string[] {
  const found = new Set(
    [...contents(out).keys()].map((path) => path.split("/").slice(0, 3).join("/")),
  );
  return [...found].filter((path) => /\/(seed-\d+|compare)$/.test(path)).sort();
}

/**
 * Compares two folders with all runs: every byte of each run's files but those of clock values (`timing.csv`, the times in the
 * event file), and of the comparison the pictures and the table without seconds.
 */
export function assertSameRuns(out: string, wanted: string): void {
  const folders = foldersIn(wanted);
  assertEquals([foldersIn(out), folders.length], [folders, RUNS + 1]);
  for (const folder of folders) {
    const [own, other] = [join(out, folder), join(wanted, folder)];
    if (!folder.endsWith("/compare")) assertSameNumbers(own, numbersIn(other));
    else assertEquals(comparisonIn(own), comparisonIn(other));
  }
}
