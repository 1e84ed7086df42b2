/** Studies that show several rows beside each other, epoch by epoch. */
import {
  delayFor,
  encodePng,
  type FeatureCell,
  featureGrid,
  featureRange,
  GifWriter,
  type Range2D,
} from "../../src/figures/mod.ts";
import { meanOf } from "../../src/base/averages.ts";
import { distance, meanRow, rowsByClass } from "./measures/class_rows.ts";
import { columnOf } from "../run_folder/run_summary.ts";
import { csvOfRows } from "../../src/base/csv.ts";
import type { Plan } from "../plan/plan.ts";
import { percent } from "../../src/base/format.ts";
import { type Study, type StudyFolder, titleOf } from "./study.ts";
import { rangeOf, type StudyRun } from "./study_run.ts";

/** What is compared, and in which words. */
export interface Comparison {
  id: string;
  summary: string;
  rows: readonly string[];
  /** First line of the pictures, after the study's id. */
  title: string;
  /** What stands over a row's plot. */
  nameOf(plan: Plan): string;
  /** Whose features are drawn. */
  split: "train" | "test";
  /** Says one accuracy a plot, by the row's own rule: names need the room. */
  short?: boolean;
}

/**
 * A study with `panel.gif` and `panel.png`, a plot a row, and `comparison.csv`: how each row ended.
 *
 * Plots share one range where rows have fixed axes; else each has its own, because the scales of features differ a
 * hundredfold between weights.
 */
export function comparison(of: Comparison): Study {
  return {
    id: of.id,
    summary: of.summary,
    rows: of.rows,
    compose: async (runs, folder) => {
      await drawPanels(of, runs, folder);
      await folder.write("comparison.csv", await table(of, runs));
    },
  };
}

/** What pictures of several rows say. */
type Panels =
  & Pick<Comparison, "id" | "title" | "nameOf" | "split" | "short">
  & Pick<Study, "flags">
  & {
    /** Of the files, without their endings. Default: panel. */
    name?: string;
  };

/**
 * Writes a GIF with a frame an epoch, a plot a row, of two features, and its last epoch as PNG. A row of fewer epochs than
 * another stays as it ended, and its caption says how many it has. Where a row has no axes of its own, the plots of the GIF
 * follow `featureRange` over all epochs, and those of the PNG fit what they show.
 */
export async function drawPanels(of: Panels, runs: readonly StudyRun[], folder: StudyFolder) {
  const { name = "panel" } = of;
  const epochs = Math.max(...runs.map(({ plan }) => plan.epochs));
  const { classNames, count } = runs[0].sets.train, trained = count.toLocaleString("en");
  const names = runs.map(({ plan }) =>
    of.nameOf(plan) + (plan.epochs < epochs ? `, ${plan.epochs} epochs` : "")
  );
  const frameOf = async (epoch: number, ranges: readonly (Range2D | undefined)[]) => {
    const cells: FeatureCell[] = [];
    for (const [i, run] of runs.entries()) {
      const own = Math.min(epoch, run.plan.epochs);
      const cell = await cellOf(run, of.split, own, ranges[i]);
      const result = of.short
        ? percent(run.metric(columnOf(run.plan.scoring, of.split), own), 1)
        : cell.caption;
      cells.push({ ...cell, caption: names[i], result });
    }
    return featureGrid({
      title: `${titleOf(of, runs)} · epoch ${epoch} of ${epochs}`,
      subtitle: `${of.title} · ${
        of.split === "train" ? "training" : "test"
      } images, trained on ${trained} · ${of.short ? "accuracy by each row's rule" : BOTH_RULES}`,
      cells: inRows(cells),
      classNames,
      ...(cells.length > MANY.columns ** 2 / 2 && { cellSize: MANY.cellSize }),
    });
  };
  const fixed = runs.map(({ plan: { figures } }) =>
    figures?.range === undefined ? undefined : rangeOf(figures.range)
  );
  const whole = await Promise.all(
    runs.map(async (run, i) => fixed[i] ?? await wholeRange(run, of.split)),
  );
  const gif = new GifWriter({ delay: delayFor(epochs), classes: classNames.length });
  for (let epoch = 1; epoch <= epochs; epoch++) gif.add(await frameOf(epoch, whole));
  await folder.write(`${name}.png`, encodePng(await frameOf(epochs, fixed)));
  await folder.write(`${name}.gif`, gif.finish());
}

/** Plots in a line, and pixels of a plot where there are many: captions need the width. */
const MANY = { columns: 4, cellSize: 188 };

/** Two by two is larger than four in a line; of many the last line may have empty places. */
function inRows<T>(cells: readonly T[]): (T | undefined)[][] {
  const { length } = cells, even = length >= 4 && length <= 8 && length % 2 === 0;
  const square = Math.min(MANY.columns, Math.ceil(Math.sqrt(length)));
  const columns = length <= 3 ? length : even ? length / 2 : square;
  return Array.from(
    { length: Math.ceil(length / columns) },
    (_, r) => Array.from({ length: columns }, (_, c) => cells[r * columns + c]),
  );
}

async function wholeRange(run: StudyRun, split: "train" | "test") {
  const all: Float32Array[] = [];
  for (let epoch = 1; epoch <= run.plan.epochs; epoch++) {
    all.push((await run.seen(split, epoch)).features);
  }
  return featureRange(all);
}

/** What a subtitle says of the two numbers in a caption of {@linkcode cellOf}. */
export const BOTH_RULES = "accuracy by logit and nearest center";

/** A plot of an epoch, the last without one, with the accuracy by both rules under it; without a range one that fits. */
export async function cellOf(
  run: StudyRun,
  split: "train" | "test",
  epoch: number = run.plan.epochs,
  range?: Range2D,
): Promise<FeatureCell> {
  const { features, labels } = await run.seen(split, epoch);
  const byLogit = run.metric(`${split}_accuracy_by_logit`, epoch);
  const nearest = run.metric(`${split}_accuracy_by_nearest_center`, epoch);
  return {
    points: features,
    labels,
    centers: run.centers(epoch),
    range: range ?? featureRange([features]),
    caption: Number.isNaN(byLogit)
      ? `nearest ${percent(nearest)}`
      : `${percent(byLogit)}, nearest ${percent(nearest)}`,
  };
}

/** How each row ended: accuracies, how tight classes are, and how far their centers stand apart. */
async function table(of: Comparison, runs: readonly StudyRun[]): Promise<string> {
  return csvOfRows(
    await Promise.all(runs.map(async (run) => {
      const { features, labels } = await run.seen("test");
      const { within, apart, offset } = spreads(features, labels, run.centers());
      return {
        row: run.plan.id,
        setting: of.nameOf(run.plan),
        preset: run.plan.preset,
        testAccuracyByLogit: run.metric("test_accuracy_by_logit"),
        testAccuracyByNearestCenter: run.metric("test_accuracy_by_nearest_center"),
        rmsDistanceToClassMean: within,
        meanDistanceBetweenClassMeans: apart,
        ratio: apart / within,
        meanDistanceCenterToClassMean: offset,
      };
    })),
  );
}

/** How far samples are from their class's mean, the means from each other, and centers from the means. */
export function spreads(features: Float32Array, labels: ArrayLike<number>, centers: Float32Array) {
  const dim = features.length / labels.length, classes = centers.length / dim;
  const own = rowsByClass("spreads", features, labels, classes);
  const means = own.map((rows) => meanRow(features, rows, dim));
  const squares = own.flatMap((rows, k) =>
    rows.map((row) => distance(features, row, means[k], 0, dim) ** 2)
  );
  const offsets = means.map((mean, k) => distance(centers, k, mean, 0, dim));
  const pairs = means.flatMap((a, i) => means.slice(0, i).map((b) => distance(a, 0, b, 0, dim)));
  const mean = (of: readonly number[]) => meanOf(of.filter(Number.isFinite));
  return { within: Math.sqrt(mean(squares)), apart: mean(pairs), offset: mean(offsets) };
}
