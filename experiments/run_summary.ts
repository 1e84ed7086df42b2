/** How a run ended: the last file of its folder to be written. */
import { join } from "node:path";
import { readIfThere } from "./files.ts";
import type { Plan } from "./presets.ts";
import type { Standing } from "./run_folder.ts";

/** `summary.json`: how a finished run ended, by its row's rule. */
export interface Summary {
  scoring: Plan["scoring"];
  epochs: number;
  /** Accuracy on the test set after the last epoch. */
  last: number;
  best: Standing["best"];
}

/** Its name; a run folder that has it holds a finished run. */
export const SUMMARY_NAME = "summary.json";

/** How the run in a folder ended, or undefined while it is not finished; a resume writes a broken one anew. */
export async function readSummary(path: string): Promise<Summary | undefined> {
  const bytes = await readIfThere(join(path, SUMMARY_NAME));
  try {
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** Seconds that the finished epochs of the run in a folder took. */
export async function readSeconds(path: string): Promise<number> {
  const lines = new TextDecoder().decode(await readIfThere(join(path, "timing.csv"))).split("\n");
  return lines.slice(1).reduce((sum, line) => sum + Number(line.split(",")[1] ?? 0), 0);
}
