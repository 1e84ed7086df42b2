/**
 * How far classes part under each loss: the source closes by asking whether softmax keeps growing the distance between
 * classes once they are apart.
 */
import { join } from "node:path";
import { curves, encodePng } from "../../src/figures/mod.ts";
import { wrapped } from "./markdown.ts";
import { percent } from "../../src/base/format.ts";
import { type Lines, numberIn, readLines } from "../../src/base/csv_lines.ts";
import type { Result } from "./results.ts";

/** One row over its epochs. */
export interface Separation {
  id: string;
  /** Mean distance between two centers. */
  apart: number[];
  /** The same, by the root of the mean squared distance of a training sample to its own center. */
  relative: number[];
  /** Training accuracy by nearest center. */
  accuracy: number[];
}

/** Rows of one data set, preset and dimension. */
export interface SeparationFigure {
  /** Where the figure belongs. */
  path: string;
  title: string;
  rows: Separation[];
}

/** What can be drawn: seed 1 of at least two losses that differ in nothing else. */
export async function separations(results: readonly Result[], root: string) {
  const figures = new Map<string, SeparationFigure>();
  for (const result of results.filter(({ config }) => config.plan.seed === 1)) {
    const { id, preset, dataset, recipe: { featureDim } } = result.config.plan;
    const row = await separationOf(id, result);
    if (!row) continue;
    const path = join(root, preset, `separation-${dataset}-${featureDim}.png`);
    const title = `${dataset}, ${featureDim}-D features · ${preset}`;
    const figure = figures.get(path) ?? { path, title, rows: [] };
    figure.rows.push(row);
    figures.set(path, figure);
  }
  return [...figures.values()].filter(({ rows }) => rows.length > 1);
}

async function separationOf(id: string, result: Result): Promise<Separation | undefined> {
  const read = (name: string, ...numbers: string[]) =>
    readLines(join(result.folder, name), { needed: numbers, numbers });
  const pairs = await read("center_distances.csv", "epoch", "distance");
  const samples = await read("distances.csv", "epoch", "samples", "mean_squared_distance");
  if (!pairs || !samples) return undefined;
  return separation(id, { pairs, samples, metrics: result.metrics });
}

/** From the lines of `center_distances.csv`, `distances.csv` and `metrics.csv`. */
export function separation(
  id: string,
  { pairs, samples, metrics }: Record<"pairs" | "samples" | "metrics", Lines>,
): Separation {
  const apart = metrics.map(({ epoch }) => {
    const own = pairs.filter((line) => line.epoch === epoch);
    return own.reduce((sum, line) => sum + numberIn(line, "distance"), 0) / own.length;
  });
  const size = metrics.map(({ epoch }) => {
    const own = samples.filter((line) => line.epoch === epoch && line.split === "train")
      .filter((line) => Number(line.samples) > 0);
    const count = own.reduce((sum, line) => sum + Number(line.samples), 0);
    const squares = own.reduce(
      (sum, line) => sum + Number(line.samples) * numberIn(line, "mean_squared_distance"),
      0,
    );
    return Math.sqrt(squares / count);
  });
  return {
    id,
    apart,
    relative: apart.map((distance, i) => distance / size[i]),
    accuracy: metrics.map((line) => numberIn(line, "train_accuracy_by_nearest_center")),
  };
}

/** The figure as a PNG. */
export function drawSeparation({ title, rows }: SeparationFigure): Uint8Array {
  const panel = (title: string, yLabel: string, of: "apart" | "relative" | "accuracy") => ({
    title,
    yLabel,
    log: of !== "accuracy", // growth by equal factors is a line, whatever the scale of a loss's features
    series: rows.map((row) => ({ name: row.id, values: row[of] })),
  });
  return encodePng(curves({
    title,
    panels: [
      panel("Mean distance between centers", "distance", "apart"),
      panel("The same, relative to the size of a class", "ratio", "relative"),
      panel("Training accuracy by nearest center", "accuracy", "accuracy"),
    ],
  }));
}

/** The README's lines: each figure, and what it says in numbers. */
export function separationLines(figures: readonly SeparationFigure[]): string[] {
  if (figures.length === 0) {
    return ["Two losses on one data set are not in the repository yet."];
  }
  return figures.flatMap(({ path, title, rows }, i) => [
    ...(i > 0 ? [""] : []),
    `![Distances between centers over the epochs: ${title}](${path})`,
    "",
    ...wrapped(sentence(title, rows)),
  ]);
}

/** From the middle of the training on, when the classes are apart under most losses, to its end. */
function sentence(title: string, rows: readonly Separation[]): string {
  const last = Math.min(...rows.map(({ apart }) => apart.length));
  const from = Math.max(1, Math.floor(last / 2));
  const parts = rows.map(({ id, apart, relative, accuracy }) => {
    const [growth, ratio] = [apart, relative].map((of) => (of[last - 1] / of[from - 1]).toFixed(2));
    // Held together, so that no line begins with the sign.
    const [before, after] = [accuracy[from - 1], accuracy[last - 1]].map((share) =>
      percent(share).replace(" ", "\u00a0")
    );
    return `${growth} under \`${id}\` (relative to the size of a class ${ratio}, while training accuracy ` +
      `went from ${before} to ${after})`;
  });
  return `Here (${title}), from epoch ${from} to ${last} the mean distance between centers changed by a ` +
    `factor of ${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}.`;
}
