/**
 * How far classes part under each loss: the source closes by asking whether softmax keeps growing the distance between
 * classes once they are apart.
 */
import { join } from "node:path";
import { type Lines, numberIn, readLines } from "../../src/base/csv_lines.ts";
import { percent } from "../../src/base/format.ts";
import { curves, encodePng } from "../../src/figures/mod.ts";
import type { Plan } from "../plan/plan.ts";
import { type Cell, type Column, tableOf } from "./markdown.ts";
import type { Result } from "./results.ts";
import { lossName } from "./results_table.ts";

/** A run, epoch by epoch. */
export interface Separation {
  plan: Plan;
  /** Mean distance between two centers. */
  apart: number[];
  /** The same, by the root of the mean squared distance of a training sample to its own center. */
  relative: number[];
  /** Training accuracy by nearest center. */
  accuracy: number[];
}

/** Runs of one preset, and where their figure belongs. */
export interface SeparationFigure {
  path: string;
  runs: Separation[];
}

/** What can be drawn: of each preset the runs with seed 1. */
export async function separationFigures(results: readonly Result[]): Promise<SeparationFigure[]> {
  const first = results.filter(({ config }) => config.plan.seed === 1);
  const runs = (await Promise.all(first.map(readSeparation))).filter((run) => run !== undefined);
  return [...Map.groupBy(runs, ({ plan }) => plan.preset)].map(([preset, runs]) => ({
    path: join("results", preset, "separation.png"),
    runs,
  }));
}

async function readSeparation(result: Result): Promise<Separation | undefined> {
  const { folder, metrics, config: { plan } } = result;
  const read = (name: string, numbers: string[]) =>
    readLines(join(folder, name), { needed: numbers, numbers });
  const pairs = await read("center_distances.csv", ["epoch", "euclidean_distance"]);
  const samples = await read("distances.csv", ["epoch", "samples", "mean_squared_distance"]);
  return pairs && samples && separationOf(plan, { pairs, samples, metrics });
}

/** From the lines of `center_distances.csv`, `distances.csv` and `metrics.csv`. */
export function separationOf(
  plan: Plan,
  { pairs, samples, metrics }: Record<"pairs" | "samples" | "metrics", Lines>,
): Separation {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const apart = metrics.map(({ epoch }) => {
    const distances = pairs.filter((line) => line.epoch === epoch)
      .map((line) => numberIn(line, "euclidean_distance"));
    return sum(distances) / distances.length;
  });
  const sizes = metrics.map(({ epoch }) => {
    const own = samples.filter((line) => line.epoch === epoch && line.split === "train")
      .map((line) => [numberIn(line, "samples"), numberIn(line, "mean_squared_distance")])
      .filter(([count]) => count > 0);
    return Math.sqrt(sum(own.map(([n, squared]) => n * squared)) / sum(own.map(([n]) => n)));
  });
  return {
    plan,
    apart,
    relative: apart.map((distance, i) => distance / sizes[i]),
    accuracy: metrics.map((line) => numberIn(line, "train_accuracy_by_nearest_center")),
  };
}

/** Curves of all runs, a panel for each loss: the distance between centers, by that of the first epoch. */
export function drawSeparation(runs: readonly Separation[]): Uint8Array {
  const panels = [...Map.groupBy(runs, ({ plan }) => lossName(plan.recipe.loss))];
  return encodePng(curves({
    title: `Mean distance between centers · ${runs[0].plan.preset}`,
    panels: panels.map(([title, own]) => ({
      title,
      yLabel: "times that of epoch 1",
      log: true, // growth by equal factors is a line
      series: own.map(({ plan, apart }) => ({
        name: `${plan.dataset}, ${plan.recipe.featureDim}-D`,
        values: apart.map((distance) => distance / apart[0]),
      })),
    })),
  }));
}

/**
 * The lines of docs/results.md: the figures, and a table of what they say from the middle of the training, when the classes are apart
 * under most losses, to its end.
 */
export function separationLines(figures: readonly SeparationFigure[]): string[] {
  const images = figures.flatMap(({ path, runs: [{ plan }] }) => [
    `![Distances between centers over the epochs, preset ${plan.preset}](../${path})`,
    "",
  ]);
  return [...images, ...separationTable(figures.flatMap(({ runs }) => runs))];
}

function separationTable(runs: readonly Separation[]): string[] {
  const middle = ({ apart }: Separation) => Math.max(1, Math.floor(apart.length / 2));
  const growth = (run: Separation, of: "apart" | "relative") =>
    `x ${(run[of].at(-1)! / run[of][middle(run) - 1]).toFixed(2)}`;
  const right = (
    title: string,
    cell: (run: Separation) => Cell,
  ): Column<Separation> => [title, "right", cell];
  return tableOf([
    ["row", "left", ({ plan }) => plan.id],
    ["preset", "left", ({ plan }) => plan.preset],
    right("epochs", (run) => `${middle(run)} to ${run.apart.length}`),
    right("distance between centers", (run) => growth(run, "apart")),
    right("by the size of a class", (run) => growth(run, "relative")),
    right("training accuracy, then", (run) => percent(run.accuracy[middle(run) - 1])),
    right("at last", (run) => percent(run.accuracy.at(-1)!)),
  ], runs);
}
