/** What became of each run of a queue, as text. */
import type { Plan } from "../plan/plan.ts";
import type { Options } from "../plan/request.ts";
import { nameOfRun } from "../plan/variant.ts";
import { duration, percent } from "../../src/base/format.ts";
import {
  readMetrics,
  readSeconds,
  readSummary,
  type Summary,
  summaryAfter,
} from "../run_folder/run_summary.ts";
import { pathOf } from "../run_folder/path.ts";

/** What became of a run. */
export interface Outcome {
  options: Options;
  state: "done" | "skipped" | "failed" | "stopped" | "not begun";
  /** Of a failed one. */
  reason?: string;
  /** Whether another try would fail in the same way. */
  forGood?: boolean;
}

/** Titles, and a line for each run: accuracy by the row's own rule, and the time of all its epochs. */
export async function outcomeLines(outcomes: readonly Outcome[]): Promise<string[]> {
  const rows = await Promise.all(outcomes.map(cellsOf));
  const all = [["run", "seed", "state", "accuracy", "best", "by", "time"], ...rows];
  const widths = all[0].map((_, i) => Math.max(...all.map((row) => row[i].length)));
  return all.map((row, i) => {
    const { reason } = outcomes[i - 1] ?? {};
    const line = row.map((cell, k) => cell.padEnd(widths[k])).join("  ").trimEnd();
    return reason === undefined ? line : `${line}: ${reason}`;
  });
}

async function cellsOf({ options, state }: Outcome): Promise<string[]> {
  const { seed, scoring } = options.plan, name = nameOfRun(options.plan);
  const path = pathOf(options);
  const ended = state === "done" || state === "skipped";
  const summary = ended ? await summaryOf(path, options.plan) : undefined;
  if (!summary) return [name, String(seed), state, "", "", "", ""];
  const { last, best } = summary;
  return [
    name,
    String(seed),
    state,
    percent(last),
    `${percent(best.accuracy)} (${best.epoch})`,
    scoring.replace("-", " "),
    duration(await readSeconds(path, options.plan.epochs)),
  ];
}

/** How a run ended, or stood when it had as many epochs as the plan. */
async function summaryOf(path: string, plan: Plan): Promise<Summary | undefined> {
  const summary = await readSummary(path, plan);
  if (!summary || summary.epochs <= plan.epochs) return summary;
  const metrics = await readMetrics(path);
  return metrics && summaryAfter(metrics, plan);
}
