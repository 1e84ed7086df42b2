// deno-lint-ignore-file no-console
/** The figures of a run, drawn from what its folder holds. */
import { percent } from "../../src/base/format.ts";
import type { ImageSet, Sets } from "../../src/dataset/image_set.ts";
import { type Labels, labelsAt } from "../../src/dataset/labels.ts";
import {
  type ClassAt,
  delayFor,
  encodePng,
  featureMap,
  featureRange,
  type Frame,
  GifWriter,
  hidesDots,
  type Marks,
  type Range2D,
} from "../../src/figures/mod.ts";
import { pca, type PcaBasis, project } from "../../src/metrics/pca.ts";
import type { Plan } from "../plan/plan.ts";
import { ownOf } from "../plan/variant.ts";
import { readEpochSamples } from "../run_folder/epoch_samples.ts";
import { type Features, keptFeatures, readCenters, readFeatures } from "../run_folder/features.ts";
import type { RunFolder } from "../run_folder/run_folder.ts";
import { classAtOf } from "./class_at.ts";
import { saveCurves } from "./curves.ts";
import { extraFigures } from "./extra_figures.ts";
import { type Highlight, marksOf } from "./marks.ts";
import { subtitleOf } from "./subtitle.ts";
import { MOST_THUMBNAILS, thumbnailsOf, withShare } from "./thumbnails.ts";

/** Both sets; what is drawn of the test set is called `val`, as the source calls it. */
const SPLITS = [["train", "train"], ["val", "test"]] as const;
type Split = "train" | "test";
const THUMBNAILS = { train: "thumbnails-train.png", test: "thumbnails.png" };

/**
 * Curves and feature maps of a run.
 *
 * Two features are drawn as they are. More are drawn along the principal components of the training
 * features of one epoch, the last: one basis for both sets and all frames, so that a movement in the
 * GIF is one of the features and not of the axes. The last, because it is the result that should
 * stand wide and clear; in the directions of an early epoch, before the classes part, it would be
 * a heap. Centers go along. One feature has curves alone.
 */
export class Pictures {
  readonly #plan: Plan;
  readonly #folder: RunFolder;
  readonly #sets: Sets;
  readonly #dim: number;
  readonly #regions: boolean;
  readonly #contours: boolean | undefined;
  readonly #angles: boolean;

  /**
   * @param options Whether maps of two features show what the row's rule says of each place, whether maps have lines around where
   * most of each class is (undefined: where dots of the last epoch hide each other, in either set), and whether features are
   * drawn by their direction, too, whatever the loss.
   */
  constructor(
    plan: Plan,
    folder: RunFolder,
    sets: Sets,
    { regions = false, contours, angles = false }: {
      regions?: boolean;
      contours?: boolean;
      angles?: boolean;
    } = {},
  ) {
    this.#plan = plan;
    this.#folder = folder;
    this.#sets = sets;
    this.#dim = plan.recipe.featureDim;
    this.#angles = angles;
    this.#regions = regions && this.#dim === 2;
    this.#contours = contours;
  }

  /** The latest epoch, while the run goes on; in the components of its own. */
  async latest(epoch: number): Promise<void> {
    await saveCurves(this.#folder, this.#plan, nameOf(this.#plan, this.#sets.train));
    const maps = await this.#maps([epoch]);
    if (!maps) return;
    for (const [name, split] of SPLITS) {
      const frame = await maps.frame(epoch, split);
      if (frame) await this.#folder.write(`${name}.png`, encodePng(frame));
    }
  }

  /**
   * All frames up to an epoch in one basis and with one range, the GIFs of them, and, above two
   * dimensions, the images of both sets in the space of the first three principal components.
   */
  async all(epochs: number): Promise<void> {
    await saveCurves(this.#folder, this.#plan, nameOf(this.#plan, this.#sets.train));
    const maps = await this.#maps(Array.from({ length: epochs }, (_, i) => i + 1));
    if (!maps) return;
    for (const [name, split] of SPLITS) {
      const { highlights = [] } = this.#plan.figures ?? {};
      // Samples are pointed out in GIFs of their own.
      for (const highlight of [undefined, ...this.#dim === 2 ? highlights : []]) {
        const classes = this.#sets.train.classNames.length;
        const gif = new GifWriter({ delay: delayFor(epochs), classes });
        let drawn = false, last: Uint8Array | undefined;
        for (let epoch = 1; epoch <= epochs; epoch++) {
          const frame = await maps.frame(epoch, split, highlight);
          if (!frame) continue;
          gif.add(frame);
          drawn = true;
          if (highlight) continue;
          last = encodePng(frame);
          await this.#folder.write(`frames/${name}-${String(epoch).padStart(3, "0")}.png`, last);
        }
        if (!drawn) continue;
        if (last) await this.#folder.write(`${name}.png`, last);
        const file = highlight ? `${name}-${highlight}.gif` : `${name}.gif`;
        await this.#folder.write(file, gif.finish());
      }
    }
    if (epochs === this.#plan.epochs) {
      const titleOf = (epoch: number) => this.#title(epoch);
      const [folder, plan, sets] = [this.#folder, this.#plan, this.#sets];
      for (const line of await extraFigures(folder, plan, sets, titleOf, this.#angles)) {
        console.log(line);
      }
    }
    const { basis, last } = maps;
    if (basis && this.#dim >= 3) {
      for (const [, split] of SPLITS) {
        if (seen(last[split])) await this.#saveThumbnails(epochs, split, last[split], basis);
      }
    }
  }

  /**
   * Maps of epochs with one basis and one range for all; undefined where features of one of them are gone. There is no frame of
   * a set that was not seen in an epoch.
   */
  async #maps(epochs: readonly number[]) {
    const features = async (epoch: number) =>
      this.#dim < 2 ? undefined : await readFeatures(this.#folder, epoch, this.#dim, this.#sets);
    const last = epochs.length > 0 ? await features(epochs.at(-1)!) : undefined;
    if (!last) return undefined;
    const basis = this.#dim === 2 ? undefined : pca(last.train, this.#dim, 3);
    // Each epoch is brought into the plane as it is read: 100 epochs in full would be half a GB.
    const points = new Map<number, Features>();
    for (const epoch of epochs) {
      const all = epoch === epochs.at(-1) ? last : await features(epoch);
      if (!all) return undefined;
      points.set(epoch, inPlane(keptFeatures(all, this.#dim), basis));
    }
    const centers = await readCenters(this.#folder), ended = centers.get(epochs.at(-1)!);
    const inLast = ended && (basis ? project(ended, plane(basis)) : ended);
    const range = (split: Split) =>
      this.#range([...points.values()].map((of) => of[split]), inLast);
    const ranges = { train: range("train"), test: range("test") };
    // One answer for both sets and all epochs: what a line shows can be followed through the GIF, and compared.
    const contours = this.#contours ?? SPLITS.some(([, split]) =>
      hidesDots({
        points: points.get(epochs.at(-1)!)![split],
        labels: this.#sets[split].labels,
        range: ranges[split],
      })
    );
    const frame = async (epoch: number, split: Split, highlight?: Highlight) => {
      if (!seen(points.get(epoch)![split])) return undefined;
      const marks = highlight && await this.#marks(highlight, epoch, split);
      const own = centers.get(epoch);
      const classAt = this.#regions
        ? await classAtOf(this.#plan, this.#folder, epoch, own)
        : undefined;
      const all = { points: points.get(epoch)![split], centers: own, marks, classAt, contours };
      return this.#frame(epoch, split, { ...all, range: ranges[split], basis });
    };
    return { last, basis, frame };
  }

  /** The row's fixed axes, or what fits the points of all frames, and the centers of the last. */
  #range(points: readonly Float32Array[], centers: Float32Array | undefined): Range2D {
    const { range } = this.#plan.figures ?? {};
    if (range === undefined || this.#dim !== 2) return featureRange(points, centers);
    return { xMin: -range, xMax: range, yMin: -range, yMax: range };
  }

  /** The sample of each class that the row points out. */
  async #marks(which: Highlight, epoch: number, split: Split): Promise<Marks | undefined> {
    const samples = await readEpochSamples(this.#folder, epoch, split, this.#dim, this.#sets);
    return samples && marksOf(which, samples, this.#sets.train.classNames.length);
  }

  #frame(
    epoch: number,
    split: Split,
    { points: all, range, centers, basis, marks, classAt, contours }: {
      points: Float32Array;
      range: Range2D;
      centers: Float32Array | undefined;
      basis: PcaBasis | undefined;
      marks: Marks | undefined;
      classAt: ClassAt | undefined;
      contours: boolean;
    },
  ): Frame {
    const { labels: allLabels, classNames } = this.#sets[split], kept = all.length / 2;
    const { points, labels } = withoutLeftOut(all, allLabels.subarray(0, kept));
    return featureMap({
      points,
      labels,
      centers: centers && (basis ? project(centers, plane(basis)) : centers),
      marks,
      classAt,
      contours,
      classNames,
      title: this.#title(epoch),
      subtitle: this.#subtitle(epoch, split, labels.length, kept),
      axisLabels: basis &&
        [0, 1].map((k) => `principal component ${withShare(basis, k)}`) as [string, string],
      range,
    });
  }

  /** The images of an epoch in the space of its first three principal components. */
  async #saveThumbnails(epoch: number, split: Split, rows: Float32Array, basis: PcaBasis) {
    const kept = Math.min(rows.length / this.#dim, MOST_THUMBNAILS), title = this.#title(epoch);
    const frame = thumbnailsOf(this.#sets[split], rows, basis, (shown) => ({
      title,
      subtitle: this.#subtitle(epoch, split, shown, kept),
    }));
    await this.#folder.write(THUMBNAILS[split], encodePng(frame));
  }

  #title(epoch: number): string {
    return `${nameOf(this.#plan, this.#sets.train)} · epoch ${epoch} of ${this.#plan.epochs}`;
  }

  /**
   * How many images are shown, and how well all of the set are classified.
   *
   * @param kept How many of the set's features the run keeps.
   */
  #subtitle(epoch: number, split: Split, shown: number, kept: number): string {
    const { count } = this.#sets[split];
    const accuracy = (name: string) =>
      this.#folder.metrics.column(`${split}_accuracy_by_${name}`)[epoch - 1];
    const byLogit = accuracy("logit");
    const nearest = `${percent(accuracy("nearest_center"))} by nearest center`;
    const rates = Number.isNaN(byLogit) ? nearest : `${percent(byLogit)} by logit, ${nearest}`;
    return subtitleOf({ shown, count, split, part: kept < count }, rates);
  }
}

/** The row, what the run has of its own, the preset (a row of our own stands for itself), and what stands in for its data set. */
function nameOf(plan: Plan, { name }: ImageSet): string {
  const { id, preset, source, dataset, ownData } = plan, own = ownOf(plan);
  const on = (ownData ? `${id} on ${dataset}` : id) + (own && ` · ${own}`);
  const row = source || preset !== "paper" ? `${on} · ${preset}` : on;
  return name === dataset ? row : `${row} · drawn ${name}`;
}

/** Whether an epoch went through any sample of a set. */
function seen(rows: Float32Array): boolean {
  return !rows.every(Number.isNaN);
}

/** Without the samples that an epoch left out. */
function withoutLeftOut(points: Float32Array, labels: Labels) {
  const kept = Array.from(labels.keys()).filter((i) => !Number.isNaN(points[2 * i]));
  if (kept.length === labels.length) return { points, labels };
  return {
    points: Float32Array.from(kept.flatMap((i) => [points[2 * i], points[2 * i + 1]])),
    labels: labelsAt(labels, kept),
  };
}

/** The first two of the components. */
function plane({ dim, mean, components, shares }: PcaBasis): PcaBasis {
  return { dim, mean, components: components.subarray(0, 2 * dim), shares: shares.subarray(0, 2) };
}

/** Both sets along the first two components; without a basis as they are. */
function inPlane({ train, test }: Features, basis: PcaBasis | undefined): Features {
  if (!basis) return { train, test };
  return { train: project(train, plane(basis)), test: project(test, plane(basis)) };
}
