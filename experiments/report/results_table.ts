/** The table of results: a line for each row, preset and adapter, over its seeds. */
import type { LossRecipe } from "../../src/losses/objective.ts";
import { csvOf } from "../../src/base/csv.ts";
import { adapterName } from "../run_folder/config.ts";
import { type MarkdownColumn, padded } from "./markdown.ts";
import { duration } from "../../src/base/format.ts";
import { numberIn } from "../../src/base/csv_lines.ts";
import type { Result } from "./results.ts";
import { columnOf } from "../run_folder/run_summary.ts";

/** Mean over seeds, and the deviation of the sample; NaN with one seed. */
export interface Spread {
  mean: number;
  deviation: number;
}

/** A line of the table. */
export interface ResultLine {
  /** Runs that differ in their seed alone. */
  runs: readonly Result[];
  /** Test accuracies by the row's own rule, and that of the other rule. */
  last: Spread;
  best: Spread;
  otherLast: Spread;
  seconds: number;
}

/** Gathers runs that differ in their seed alone. */
export function resultLines(results: readonly Result[]): ResultLine[] {
  const groups = new Map<string, Result[]>();
  for (const result of results) {
    const { seed: _, summary: __, source: ___, ...plan } = result.config.plan;
    const key = JSON.stringify([adapterName(result.config), plan]);
    groups.set(key, [...groups.get(key) ?? [], result]);
  }
  return [...groups.values()].map((runs) => {
    const own = columnOf(runs[0].config.plan.scoring);
    const other = columnOf(runs[0].config.plan.scoring === "logit" ? "nearest-center" : "logit");
    const values = (of: (accuracies: number[]) => number, column: string) =>
      spread(runs.map(({ metrics }) => of(metrics.map((line) => numberIn(line, column)))));
    return {
      runs,
      last: values((of) => of[of.length - 1], own),
      best: values((of) => Math.max(...of), own),
      otherLast: values((of) => of[of.length - 1], other),
      seconds: spread(runs.map(({ seconds }) => seconds)).mean,
    };
  });
}

/** Mean and deviation of the sample. */
export function spread(values: readonly number[]): Spread {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : NaN };
}

const COLUMNS: readonly MarkdownColumn[] = [
  ["row", "left"],
  ["preset", "left"],
  ["loss", "left"],
  ["weights", "left"],
  ["data set", "left"],
  ["features", "right"],
  ["lr", "right"],
  ["epochs", "right"],
  ["batch", "right"],
  ["published", "right"],
  ["last", "right"],
  ["best", "right"],
  ["by", "left"],
  ["other rule, last", "right"],
  ["seeds", "right"],
  ["time", "right"],
  ["adapter", "left"],
];

/** The lines as Markdown, columns padded as `deno fmt` has them. */
export function markdownTable(lines: readonly ResultLine[]): string[] {
  if (lines.length === 0) return ["No results are in the repository yet."];
  return padded(
    COLUMNS,
    lines.map((line) => {
      const { config } = line.runs[0], { plan } = config;
      return [
        plan.id,
        plan.preset,
        lossName(plan.recipe.loss),
        weights(plan.recipe.loss) || "-",
        plan.dataset,
        String(plan.recipe.featureDim),
        String(plan.recipe.optimizer.lr),
        epochsOf(line),
        String(plan.recipe.batchSize),
        plan.source?.accuracy?.toFixed(3) ?? "-",
        shown(line.last),
        bestOf(line),
        plan.scoring.replace("-", " "),
        shown(line.otherLast),
        String(line.runs.length),
        duration(line.seconds),
        adapterName(config),
      ];
    }),
  );
}

const CSV_COLUMNS = [
  ...["row", "preset", "loss", "weights", "data_set", "feature_dim", "lr", "epochs_planned"],
  ...["epochs_finished", "batch_size", "published", "last", "last_deviation", "best"],
  ...["best_deviation", "scoring", "other_rule_last", "other_rule_last_deviation", "seeds"],
  ...["seconds", "adapter"],
];

/** The lines as CSV, with all digits; what is not known is empty. */
export function csvTable(lines: readonly ResultLine[]): string {
  const rows = lines.map((line) => {
    const { config } = line.runs[0], { plan } = config;
    const { recipe } = plan;
    return [
      ...[plan.id, plan.preset, lossName(recipe.loss), weights(recipe.loss), plan.dataset],
      ...[recipe.featureDim, recipe.optimizer.lr, plan.epochs, finished(line), recipe.batchSize],
      ...[plan.source?.accuracy ?? NaN, line.last.mean, line.last.deviation, line.best.mean],
      ...[line.best.deviation, plan.scoring, line.otherLast.mean, line.otherLast.deviation],
      ...[line.runs.length, Number(line.seconds.toFixed(3)), adapterName(config)],
    ];
  });
  return csvOf(CSV_COLUMNS, rows);
}

const OTHERS_COLUMNS: readonly MarkdownColumn[] = [
  ["row", "left"],
  ["preset", "left"],
  ["source", "left"],
  ["published", "right"],
  ["last", "right"],
  ["best", "right"],
  ["by", "left"],
  ["other rule, last", "right"],
  ["seeds", "right"],
  ["time", "right"],
];

/** Rows of other repositories, whose recipes are their own: how they ended. */
export function othersTable(lines: readonly ResultLine[]): string[] {
  if (lines.length === 0) return ["No results are in the repository yet."];
  return padded(
    OTHERS_COLUMNS,
    lines.map((line) => {
      const { plan } = line.runs[0].config;
      return [
        plan.id,
        plan.preset,
        plan.source?.repository ?? "our own",
        plan.source?.accuracy?.toFixed(4) ?? "-",
        shown(line.last),
        bestOf(line),
        plan.scoring.replace("-", " "),
        shown(line.otherLast),
        String(line.runs.length),
        duration(line.seconds),
      ];
    }),
  );
}

/** What is trained, in words. */
export function lossName(loss: LossRecipe): string {
  const { kind } = loss;
  return kind === "center"
    ? `cross-entropy + center${loss.rule === "autograd" ? "" : ` (${loss.rule})`}`
    : kind.replaceAll("-", " ").replace("cross ", "cross-");
}

/** The numbers of a loss by their names; a lone weight needs none, and a loss without numbers gives no text. */
function weights({ kind: _, ...rest }: LossRecipe): string {
  const numbers = Object.entries(rest).filter(([, value]) => typeof value === "number");
  const words = (name: string) => name.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
  return numbers.map(([name, value]) => name === "weight" ? `${value}` : `${words(name)} ${value}`)
    .join("; ");
}

/** Epochs that all runs of the line have finished. */
function finished({ runs }: ResultLine): number {
  return Math.min(...runs.map(({ metrics }) => metrics.length));
}

function epochsOf(line: ResultLine): string {
  const { epochs } = line.runs[0].config.plan;
  return finished(line) < epochs ? `${finished(line)} of ${epochs}` : String(epochs);
}

/** With one seed, the epoch of the best in brackets. */
function bestOf({ best, runs }: ResultLine): string {
  if (runs.length > 1) return shown(best);
  const [{ config: { plan: { scoring } }, metrics }] = runs;
  const epoch = metrics.findIndex((line) => numberIn(line, columnOf(scoring)) === best.mean) + 1;
  return `${shown(best)} (${epoch})`;
}

function shown({ mean, deviation }: Spread): string {
  if (Number.isNaN(mean)) return "-";
  return Number.isNaN(deviation) ? mean.toFixed(4) : `${mean.toFixed(4)} ± ${deviation.toFixed(4)}`;
}
