/** The features of runs side by side, on common axes. */
import { percent } from "../../src/base/format.ts";
import { numberIn } from "../../src/base/csv_lines.ts";
import type { Labels } from "../../src/dataset/labels.ts";
import {
  type FeatureCell,
  featureGrid,
  featureRange,
  type Frame,
  type Range2D,
} from "../../src/figures/mod.ts";
import { pca, project } from "../../src/metrics/pca.ts";
import { readCenters, readFeatures } from "../run_folder/features.ts";
import { columnOf } from "../run_folder/run_summary.ts";
import type { Comparison, Group } from "./comparison.ts";
import type { Labelled } from "./labelled.ts";
import type { OpenedRun } from "./opened_run.ts";

/** More would be too small to read. */
export const MOST_MAPS = 16;
/** Frames of the GIF: of longer runs every so many epochs. */
const MOST_FRAMES = 60;

/** The plane of an epoch: its test images, and its centers. */
interface Plane {
  points: Float32Array;
  centers?: Float32Array;
}

/** A run, epoch by epoch, in the plane. */
interface Mapped {
  group: Group;
  run: OpenedRun;
  labels: Labels;
  classNames: readonly string[];
  planes: readonly Plane[];
}

/** Pictures of all epochs in step. */
export interface Maps {
  /** After which epochs there is one; the last one ends all runs. */
  readonly epochs: readonly number[];
  readonly classes: number;
  /** A run that has ended stays as it ended. */
  frame(epoch: number): Frame;
}

/**
 * The maps of the first seed of each group; undefined where no run has two features or more, or keeps its features.
 *
 * More than two features are drawn along the main components of the run's own last epoch.
 */
export async function mapsOf(
  { groups, title, differences }: Comparison,
  labelled: Labelled,
): Promise<Maps | undefined> {
  const mapped: Mapped[] = [];
  for (const group of groups.slice(0, MOST_MAPS)) {
    const found = await mappedOf(group, labelled);
    if (found) mapped.push(found);
  }
  if (mapped.length === 0) return undefined;
  const last = Math.max(...mapped.map(({ planes }) => planes.length));
  const step = Math.ceil(last / MOST_FRAMES);
  const epochs = Array.from({ length: last }, (_, i) => i + 1).filter((epoch) =>
    (last - epoch) % step === 0
  );
  const range = around(
    mapped.map(({ planes }) => featureRange(planes.map(({ points }) => points))),
  );
  const grid = gridOf(mapped, differences);
  const seed = mapped[0].run.config.plan.seed,
    dims = mapped.map(({ run }) => run.config.plan.recipe.featureDim);
  return {
    epochs,
    classes: mapped[0].classNames.length,
    frame: (epoch) =>
      featureGrid({
        title: `${title} · epoch ${epoch} of ${last}`,
        subtitle: `test images, seed ${seed}${
          dims.some((dim) => dim > 2) ? ", along each run's own main components" : ""
        }; all on the same axes`,
        classNames: mapped[0].classNames,
        ...(dims.some((dim) => dim > 2) && { axisLabels: ["component 1", "component 2"] as const }),
        ...grid,
        cells: grid.cells.map((row) =>
          row.map((one) => one && cellOf(one, epoch, range, grid.rowTitles === undefined))
        ),
      }),
  };
}

async function mappedOf(group: Group, labelled: Labelled): Promise<Mapped | undefined> {
  const [run] = group.runs, { featureDim: dim } = run.config.plan.recipe;
  if (dim < 2) return undefined;
  const sets = await labelled.of(run), place = { path: run.folder };
  const centers = await readCenters(place);
  const features = [];
  for (let epoch = 1; epoch <= run.metrics.length; epoch++) {
    const found = await readFeatures(place, epoch, dim, sets);
    if (!found) return undefined;
    features.push(found);
  }
  const basis = dim > 2 ? pca(features.at(-1)!.train, dim, 2) : undefined;
  const inPlane = (rows: Float32Array) => basis ? project(rows, basis) : rows;
  return {
    group,
    run,
    labels: sets.test.labels,
    classNames: sets.test.classNames,
    planes: features.map(({ test }, i) => ({
      points: inPlane(test),
      centers: centers.has(i + 1) ? inPlane(centers.get(i + 1)!) : undefined,
    })),
  };
}

function cellOf(
  { group, run, labels, planes }: Mapped,
  epoch: number,
  range: Range2D,
  labelled: boolean,
): FeatureCell {
  const own = Math.min(epoch, planes.length), { points, centers } = planes[own - 1];
  const { scoring } = run.config.plan;
  const rate = percent(numberIn(run.metrics[own - 1], columnOf(scoring)));
  const ended = own < epoch ? `, epoch ${own}` : "";
  return {
    points,
    centers,
    range,
    labels: labels.subarray(0, points.length / 2),
    caption: `${labelled ? `${group.label} · ` : ""}${rate}${ended}`,
  };
}

/** The smallest range around all of these. */
function around(ranges: readonly Range2D[]): Range2D {
  return {
    xMin: Math.min(...ranges.map(({ xMin }) => xMin)),
    xMax: Math.max(...ranges.map(({ xMax }) => xMax)),
    yMin: Math.min(...ranges.map(({ yMin }) => yMin)),
    yMax: Math.max(...ranges.map(({ yMax }) => yMax)),
  };
}

/** Places in a grid: rows and columns of two things that differ, where each pair of their values is there; else line by line. */
function gridOf(mapped: readonly Mapped[], differences: Comparison["differences"]) {
  if (differences.length === 2) {
    const [down, across] = differences.map(({ told }) => [
      ...new Set(mapped.map(({ run }) => told(run))),
    ]);
    const [y, x] = differences;
    const whole = down.length * across.length === mapped.length && down.length > 1 &&
      across.length > 1 && across.length <= 5;
    if (whole) {
      return {
        rowTitles: down,
        columnTitles: across,
        cells: down.map((row) =>
          across.map((column) =>
            mapped.find(({ run }) => y.told(run) === row && x.told(run) === column)
          )
        ),
      };
    }
  }
  const n = mapped.length, columns = n <= 3 ? n : n === 4 ? 2 : n <= 9 ? 3 : 4;
  const rows = Math.ceil(n / columns);
  return {
    cells: Array.from(
      { length: rows },
      (_, r) =>
        Array.from({ length: columns }, (_, c): Mapped | undefined => mapped[r * columns + c]),
    ),
  };
}
