/** What `docs/fast.md` shows: the settings of preset `fast`, how its rows ended against their bars, and the search for it. */
import { titleOfSet } from "../../../data/sets/facts.ts";
import { type Lines, numberIn } from "../../../src/base/csv_lines.ts";
import { planOf } from "../../plan/plan.ts";
import type { Experiment } from "../../rows/experiment.ts";
import { columnOf } from "../../run_folder/run_summary.ts";
import { type Column, left, right, tableOf } from "../../compare/markdown.ts";
import { shown } from "../../compare/over_seeds.ts";
import { lossName } from "../../plan/loss_name.ts";
import { marked, olderLines } from "../older_settings.ts";
import { type ResultLine, resultLines } from "../results_table.ts";
import type { Result } from "../results.ts";

/**
 * How far under the published value a row of a data set may end, its 2-D rows where they have another allowance, and in how
 * many minutes on two free cores.
 */
const AIMS: Readonly<Record<string, { all: number; plane?: number; minutes: number }>> = {
  "mnist": { all: 0.003, minutes: 20 },
  "fashion-mnist": { all: 0.01, minutes: 30 },
  "cifar-10": { all: 0.015, plane: 0.03, minutes: 75 },
};

/** The accuracy that a row of the published table has to reach in its last epoch. */
export function barOf({ dataset, recipe, source }: Experiment): number {
  const { all, plane = all } = AIMS[dataset];
  return Number((source!.accuracy! - (recipe.featureDim === 2 ? plane : all)).toFixed(4));
}

/** The rows' settings, a line for those that share them. */
export function fastSettings(rows: readonly Experiment[]): string[] {
  type Line = { rows: Experiment[]; settings: string[] };
  const lines = new Map<string, Line>();
  for (const row of rows) {
    const settings = settingsOf(row);
    const line = lines.get(settings.join()) ?? { rows: [], settings };
    line.rows.push(row);
    lines.set(settings.join(), line);
  }
  /** The loss, with the number of features where another number has other settings. */
  const named = ({ dataset, recipe: { loss, featureDim } }: Experiment): string => {
    const alike = (other: Experiment) =>
      other.dataset === dataset && other.recipe.loss.kind === loss.kind;
    const split = new Set(rows.filter(alike).map((other) => settingsOf(other).join())).size > 1;
    return lossName(loss) + (split ? `, ${featureDim}-D` : "");
  };
  return tableOf<Line>([
    left("set", ({ settings }) => settings[0]),
    left("losses", ({ rows }) => [...new Set(rows.map(named))].join(", ")),
    ...[
      "epochs",
      "batch",
      "rate at the peak",
      "weight decay",
      "peak after",
      "center weight rises for",
    ]
      .map((title, i) => right<Line>(title, ({ settings }) => settings[i + 1])),
  ], [...lines.values()]);
}

/** The cells of a row's settings, from its set on. */
function settingsOf(row: Experiment): string[] {
  const { dataset, epochs, recipe: { optimizer, batchSize }, schedule } = planOf(row, "fast");
  if (schedule.kind !== "one-cycle" || optimizer.kind === "adam") {
    throw new Error(`${row.id} has no one cycle of SGD under preset fast`);
  }
  const { lr, weightDecay } = optimizer, { peak, centerRamp } = schedule;
  const share = (value?: number) => value === undefined ? "-" : `${Math.round(100 * value)} %`;
  return [
    titleOfSet(dataset),
    ...[epochs, batchSize, lr, weightDecay].map(String),
    share(peak),
    share(centerRamp),
  ];
}

/** The runs of a row under preset fast; none where it is not trained. */
export function fastLine(row: Experiment, results: readonly Result[]): ResultLine | undefined {
  return resultLines(
    results.filter(({ config: { plan } }) => plan.preset === "fast" && plan.id === row.id),
  )[0];
}

/** How far under its bar the mean over a row's seeds ends; 0 where it reaches it. */
export function shortOf(row: Experiment, { last }: ResultLine): number {
  const short = barOf(row) - last.mean;
  return short <= 1e-9 ? 0 : short;
}

/** The minutes that all epochs of a row would take at the pace of the fastest; none where it is not trained. */
function minutesOf(line: ResultLine | undefined): number | undefined {
  const all = line?.runs.map((run) => run.fastest * run.metrics.length / 60) ?? [];
  return all.length > 0 ? Math.round(Math.min(...all)) : undefined;
}

/** Every row, its bar, and how the runs that are in the repository ended. */
export function fastResults(rows: readonly Experiment[], results: readonly Result[]): string[] {
  const own = (row: Experiment) => fastLine(row, results);
  const table = tableOf<Experiment>([
    left("row", ({ id }) => ({ markdown: `\`${id}\`` })),
    left("published", ({ source }) => source!.accuracy!.toFixed(3)),
    left("bar", (row) => barOf(row).toFixed(3)),
    left("first seed, after each epoch", (row) => {
      const run = own(row)?.runs[0];
      if (!run) return "not trained yet";
      return run.metrics.map((line) => numberIn(line, columnOf(row.scoring)).toFixed(4)).join(", ");
    }),
    left("last epoch", (row) => {
      const line = own(row);
      return line ? shown(line.last) : "-";
    }),
    left("seeds", (row) => String(own(row)?.runs.length ?? 0)),
    left("bar reached", (row) => {
      const line = own(row), short = line && shortOf(row, line);
      if (short === undefined) return "-";
      if (short === 0) return "yes";
      return `no, ${short < 5e-5 ? short.toPrecision(2) : short.toFixed(4)} short`;
    }),
    left("minutes", (row) => String(minutesOf(own(row)) ?? "-")),
    left("within the time", (row) => {
      const minutes = minutesOf(own(row)), over = (minutes ?? NaN) - AIMS[row.dataset].minutes;
      return minutes === undefined ? "-" : over > 0 ? `no, ${over} over` : "yes";
    }),
    left("lanes", (row) => {
      const bits = /([\d or]+) bits/.exec(own(row)?.adapter ?? "");
      return bits?.[1].replace(/\d+/g, (all) => String(Number(all) / 32)).trim() ?? "-";
    }),
    left("commit", (row) => {
      const config = own(row)?.runs[0].config;
      if (!config) return "-";
      return marked(config.commit.slice(0, 7), config.plan);
    }),
  ], [...rows]);
  return [...table, ...olderLines(rows.flatMap((row) => own(row)?.plan ?? []))];
}

/** Columns of `results/fast/search.csv`. */
const SEARCH = [
  ...["row", "width", "train_size", "epochs", "epochs_run", "lr", "weight_decay"],
  ...["center_ramp", "changed", "accuracy", "program"],
] as const;

/** What the table of the search must have. */
export const SEARCH_COLUMNS = { needed: SEARCH, numbers: ["lr", "train_size", "width"] };

/** Trainings that were made to choose settings. */
export function searchLines(lines: Lines): string[] {
  const columns = SEARCH.map((name): Column<Lines[number]> => [
    name.replaceAll("_", " "),
    "left",
    (line) => name === "row" ? { markdown: `\`${line[name]}\`` } : line[name] || "-",
  ]);
  return tableOf(columns, lines, "No search is in the repository yet.");
}
