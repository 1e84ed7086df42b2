/** The features of runs side by side, on common axes. */
import { RunError } from "../../src/base/errors.ts";
import { percent } from "../../src/base/format.ts";
import { numberIn } from "../../src/base/csv_lines.ts";
import type { Labels } from "../../src/dataset/labels.ts";
import {
  type FeatureCell,
  featureGrid,
  featureRange,
  type Frame,
  type Range2D,
  rangeAround,
} from "../../src/figures/mod.ts";
import { pca, project } from "../../src/metrics/pca.ts";
import { readCenters, readFeatures } from "../run_folder/features.ts";
import { columnOf } from "../run_folder/run_summary.ts";
import type { Comparison, Group } from "./comparison.ts";
import { ruleOf } from "./comparison_curves.ts";
import type { Labelled } from "./labelled.ts";
import { placesOf } from "./map_places.ts";
import type { OpenedRun } from "./opened_run.ts";

/** More would be too small to read. */
export const MOST_MAPS = 16;
/** Frames of the GIF: of longer runs every so many epochs. */
const MOST_FRAMES = 60;
/** Sides of a map, by how many are in a line. */
const SIDES: readonly number[] = [480, 420, 330, 260, 220];

/** The plane of an epoch: its test images, and its centers. */
interface Plane {
  points: Float32Array;
  centers?: Float32Array;
}

/** A run in the plane, by its epochs. */
interface Mapped {
  group: Group;
  run: OpenedRun;
  labels: Labels;
  classNames: readonly string[];
  planes: ReadonlyMap<number, Plane>;
  /** Around all epochs, and around the last one. */
  ranges: { all: Range2D; last: Range2D };
}

/** Pictures of all epochs in step. */
export interface Maps {
  /** After which epochs there is one; the last one ends all runs. */
  readonly epochs: readonly number[];
  readonly classes: number;
  /** A frame of an animation: all on the same axes. A run that has ended stays as it ended. */
  frame(epoch: number): Frame;
  /** How all runs ended: on the same axes, or each on its own. */
  still(axes: "common" | "own"): Frame;
}

/**
 * The maps of the first seed of each group; undefined where no run has two features or more, or keeps its features.
 *
 * More than two features are drawn along the principal components of the run's own last epoch.
 *
 * @throws {RunError} When the images of a run are not there, or runs have other classes than each other.
 */
export async function mapsOf(
  { groups, title, differences }: Comparison,
  labelled: Labelled,
): Promise<Maps | undefined> {
  const shown = groups.slice(0, MOST_MAPS);
  const last = Math.max(...shown.map(({ runs: [run] }) => run.metrics.length));
  const step = Math.ceil(last / MOST_FRAMES);
  const all = Array.from({ length: last }, (_, i) => i + 1);
  const epochs = all.filter((epoch) => (last - epoch) % step === 0);
  const mapped: Mapped[] = [];
  for (const group of shown) {
    const found = await mappedOf(group, epochs, labelled);
    if (found) mapped.push(found);
  }
  if (mapped.length === 0) return undefined;
  const [{ classNames, run: { config: { plan } } }] = mapped;
  if (mapped.some((one) => one.classNames.join("\n") !== classNames.join("\n"))) {
    throw new RunError("the runs have other classes than each other");
  }
  const common = (which: "all" | "last") => {
    const range = rangeAround(mapped.map(({ ranges }) => ranges[which]));
    return () => range;
  };
  const places = placesOf(mapped, differences), { cells, rowTitles } = places;
  const high = mapped.some(({ run }) => run.config.plan.recipe.featureDim > 2);
  const components = high ? " along each run's own principal components" : "";
  const draw = (epoch: number, axes: string, rangeOf: (one: Mapped) => Range2D) =>
    featureGrid({
      title: `${title} · epoch ${epoch} of ${last}`,
      subtitle: `test images${components}, seed ${plan.seed}; accuracy by ${
        ruleOf(mapped.map(({ group }) => group))
      }; ${axes}`,
      classNames,
      ...(high && { axisLabels: ["component 1", "component 2"] as const }),
      ...places,
      cellSize: SIDES[cells[0].length - 1],
      cells: cells.map((row) =>
        row.map((one) => one && cellOf(one, epoch, rangeOf(one), !rowTitles))
      ),
    });
  const same = "all on the same axes", moving = common("all"), ended = common("last");
  return {
    epochs,
    classes: classNames.length,
    frame: (epoch) => draw(epoch, same, moving),
    still: (axes) =>
      axes === "common"
        ? draw(last, same, ended)
        : draw(last, "each on axes of its own", ({ ranges }) => ranges.last),
  };
}

async function mappedOf(
  group: Group,
  epochs: readonly number[],
  labelled: Labelled,
): Promise<Mapped | undefined> {
  const [run] = group.runs, { featureDim: dim } = run.config.plan.recipe;
  if (dim < 2) return undefined;
  const sets = await labelled.of(run), place = { path: run.folder };
  const last = await readFeatures(place, run.metrics.length, dim, sets);
  const basis = last && dim > 2 ? pca(last.train, dim, 2) : undefined;
  const inPlane = (rows: Float32Array) => basis ? project(rows, basis) : rows;
  const centers = await readCenters(place), planes = new Map<number, Plane>();
  // Each epoch is brought into the plane as it is read: all of them in full would be some GB.
  for (const epoch of new Set(epochs.map((epoch) => Math.min(epoch, run.metrics.length)))) {
    const found = await readFeatures(place, epoch, dim, sets), own = centers.get(epoch);
    if (!found) return undefined;
    planes.set(epoch, { points: inPlane(found.test).slice(), centers: own && inPlane(own) });
  }
  const ended = planes.get(run.metrics.length)!;
  return {
    ...{ group, run, planes },
    labels: sets.test.labels,
    classNames: sets.test.classNames,
    ranges: {
      all: featureRange([...planes.values()].map(({ points }) => points), ended.centers),
      last: featureRange([ended.points], ended.centers),
    },
  };
}

/** @param labelled Whether the caption says which run it is. */
function cellOf(
  { group, run, labels, planes }: Mapped,
  epoch: number,
  range: Range2D,
  labelled: boolean,
): FeatureCell {
  const own = Math.min(epoch, run.metrics.length), { points, centers } = planes.get(own)!;
  const accuracy = numberIn(run.metrics[own - 1], columnOf(run.config.plan.scoring));
  const rate = Number.isNaN(accuracy) ? "not tested" : percent(accuracy);
  return {
    ...{ points, centers, range },
    labels: labels.subarray(0, points.length / 2),
    caption: labelled ? group.label : undefined,
    result: own < epoch ? `${rate} · epoch ${own}` : rate,
  };
}
