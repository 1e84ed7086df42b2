/** The tables of results: a line for each row, preset and adapter, over its seeds. */
import { titleOfSet } from "../../data/sets/facts.ts";
import { type CsvField, csvOf } from "../../src/base/csv.ts";
import { numberIn } from "../../src/base/csv_lines.ts";
import { duration } from "../../src/base/format.ts";
import type { LossRecipe } from "../../src/losses/objective.ts";
import { groupKey, type MeanAndDeviation, meanAndDeviation, shown } from "../compare/over_seeds.ts";
import { lossName } from "../plan/loss_name.ts";
import type { Plan } from "../plan/plan.ts";
import { CATALOG } from "../rows/catalog.ts";
import { adapterName } from "../run_folder/config.ts";
import { bestSoFar, columnOf } from "../run_folder/run_summary.ts";
import { type Column, left, right, tableOf } from "../compare/markdown.ts";
import { marked, olderLines } from "./older_settings.ts";
import type { Result } from "./results.ts";

/** A line of the tables. */
export interface ResultLine {
  /** Of the first run. */
  plan: Plan;
  adapter: string;
  /** Runs that differ in their seed alone. */
  runs: readonly Result[];
  /** Epochs that all of them have finished. */
  finished: number;
  /** Test accuracies by the row's own rule, and that of the other rule. */
  last: MeanAndDeviation;
  best: MeanAndDeviation;
  otherLast: MeanAndDeviation;
  /** The epoch of the best, with one seed. */
  bestEpoch?: number;
  seconds: number;
}

/** How many lanes a software adapter has at a time, which changes last bits alone. */
const LANES = /(?<=, )\d+(?= bits\))/;

/** Adapters that differ in their lanes alone, as one: "llvmpipe (LLVM 15.0.6, 256 or 512 bits)". */
function adaptersOf(runs: readonly Result[]): string {
  const names = runs.map(({ config }) => adapterName(config));
  const lanes = [...new Set(names.map((name) => LANES.exec(name)?.[0] ?? ""))].sort();
  return names[0].replace(LANES, lanes.join(" or "));
}

/** Gathers runs that differ in their seed alone, and in the lanes of their adapter. */
export function resultLines(results: readonly Result[]): ResultLine[] {
  const groups = Map.groupBy(results, ({ config }) => {
    return groupKey({ ...config, adapter: config.adapter.replace(LANES, "") });
  });
  return [...groups.values()].map((runs): ResultLine => {
    const { plan } = runs[0].config;
    const accuracies = (scoring: Plan["scoring"]) =>
      runs.map(({ metrics }) => metrics.map((line) => numberIn(line, columnOf(scoring))));
    const own = accuracies(plan.scoring);
    const other = accuracies(plan.scoring === "logit" ? "nearest-center" : "logit");
    const best = runs.map(({ metrics }) => bestSoFar(metrics, plan)!);
    return {
      plan,
      adapter: adaptersOf(runs),
      runs,
      finished: Math.min(...own.map((of) => of.length)),
      last: meanAndDeviation(own.map((of) => of.at(-1)!)),
      best: meanAndDeviation(best.map(({ accuracy }) => accuracy)),
      otherLast: meanAndDeviation(other.map((of) => of.at(-1)!)),
      ...(runs.length === 1 && { bestEpoch: best[0].epoch }),
      seconds: meanAndDeviation(runs.map(({ seconds }) => seconds)).mean,
    };
  });
}

const ROW: readonly Column<ResultLine>[] = [
  left("row", ({ plan }) => plan.id),
  left("preset", ({ plan }) => marked(plan.preset, plan)),
];
const OUTCOME: readonly Column<ResultLine>[] = [
  right("last", ({ last }) => shown(last)),
  right("best", ({ best, bestEpoch }) => shown(best) + (bestEpoch ? ` (${bestEpoch})` : "")),
  left("by", ({ plan }) => plan.scoring.replace("-", " ")),
  right("other rule, last", ({ otherLast }) => shown(otherLast)),
  right("seeds", ({ runs }) => String(runs.length)),
  right("time", ({ seconds }) => duration(seconds)),
];
/** What the source says, as the row has it today: a run may be older than that. */
export const publishedOf = ({ plan }: ResultLine) =>
  (CATALOG.get(plan.id)?.source ?? plan.source)?.accuracy;
const published = (digits: number): Column<ResultLine> =>
  right("published", (line) => publishedOf(line)?.toFixed(digits) ?? "-");

/** Columns of the published table. */
export const TABLE_ROWS: readonly Column<ResultLine>[] = [
  ...ROW,
  left("loss", ({ plan }) => lossName(plan.recipe.loss)),
  left("weights", ({ plan }) => weights(plan.recipe.loss) || "-"),
  left("data set", ({ plan }) => titleOfSet(plan.dataset)),
  right("features", ({ plan }) => String(plan.recipe.featureDim)),
  right("lr", ({ plan }) => String(plan.recipe.optimizer.lr)),
  right(
    "epochs",
    ({ plan: { epochs }, finished }) =>
      finished < epochs ? `${finished} of ${epochs}` : String(epochs),
  ),
  right("batch", ({ plan }) => String(plan.recipe.batchSize)),
  published(3),
  ...OUTCOME,
  left("adapter", ({ adapter }) => adapter),
];

/** Columns for rows of other repositories, whose recipes are their own: how they ended. */
export const OTHER_ROWS: readonly Column<ResultLine>[] = [
  ...ROW,
  left("source", ({ plan }) => plan.source?.repository ?? "our own"),
  published(4),
  ...OUTCOME,
];

/** A table of results, and under it what its marks mean. */
export function resultsTable(
  columns: readonly Column<ResultLine>[],
  lines: readonly ResultLine[],
): string[] {
  return [...tableOf(columns, lines), ...olderLines(lines.map(({ plan }) => plan))];
}

/** The lines as CSV, with all digits; what is not known is empty. */
export function csvTable(lines: readonly ResultLine[]): string {
  return csvOf(
    CSV_COLUMNS.map(([name]) => name),
    lines.map((line) => CSV_COLUMNS.map(([, field]) => field(line))),
  );
}

const CSV_COLUMNS: readonly [name: string, field: (line: ResultLine) => CsvField][] = [
  ["row", ({ plan }) => plan.id],
  ["preset", ({ plan }) => plan.preset],
  ["loss", ({ plan }) => lossName(plan.recipe.loss)],
  ["weights", ({ plan }) => weights(plan.recipe.loss)],
  ["data_set", ({ plan }) => plan.dataset],
  ["feature_dim", ({ plan }) => plan.recipe.featureDim],
  ["lr", ({ plan }) => plan.recipe.optimizer.lr],
  ["epochs_planned", ({ plan }) => plan.epochs],
  ["epochs_finished", ({ finished }) => finished],
  ["batch_size", ({ plan }) => plan.recipe.batchSize],
  ["published", publishedOf],
  ["last", ({ last }) => last.mean],
  ["last_deviation", ({ last }) => last.deviation],
  ["best", ({ best }) => best.mean],
  ["best_deviation", ({ best }) => best.deviation],
  ["scoring", ({ plan }) => plan.scoring],
  ["other_rule_last", ({ otherLast }) => otherLast.mean],
  ["other_rule_last_deviation", ({ otherLast }) => otherLast.deviation],
  ["seeds", ({ runs }) => runs.length],
  ["seconds", ({ seconds }) => Number(seconds.toFixed(3))],
  ["adapter", ({ adapter }) => adapter],
];

/** The numbers of a loss by their names; a lone weight needs none, and a loss without numbers gives no text. */
function weights({ kind: _, ...rest }: LossRecipe): string {
  const numbers = Object.entries(rest).filter(([, value]) => typeof value === "number");
  const words = (name: string) => name.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
  return numbers.map(([name, value]) => name === "weight" ? `${value}` : `${words(name)} ${value}`)
    .join("; ");
}
