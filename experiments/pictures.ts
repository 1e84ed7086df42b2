/** The figures of a run, drawn from what its folder holds. */
import type { ImageSet } from "../data/image_set.ts";
import {
  curves,
  encodeGif,
  encodePng,
  featureMap,
  featureRange,
  type Frame,
  type Range2D,
} from "../src/figures/mod.ts";
import { objectiveOf } from "../src/losses/objective.ts";
import { decodeNpy } from "../src/metrics/npy.ts";
import { classColor } from "../src/figures/palette.ts";
import { readIfThere, writeWhole } from "./files.ts";
import type { Plan } from "./presets.ts";
import { percent } from "./progress.ts";
import type { RunFolder } from "./run_folder.ts";

type Split = "train" | "val";

/** Feature maps and curves of a run with two-dimensional features. */
export class Pictures {
  readonly #plan: Plan;
  readonly #folder: RunFolder;
  readonly #sets: Record<Split, ImageSet>;

  constructor(plan: Plan, folder: RunFolder, train: ImageSet, test: ImageSet) {
    this.#plan = plan;
    this.#folder = folder;
    this.#sets = { train, val: test };
  }

  /** The latest epoch, while the run goes on. */
  async latest(epoch: number): Promise<void> {
    await this.#saveCurves();
    if (this.#plan.recipe.featureDim !== 2) return;
    for (const split of ["train", "val"] as const) {
      const points = await this.#points(epoch, split);
      if (!points) continue;
      const frame = await this.#frame(epoch, split, points, featureRange([points]));
      await writeWhole(this.#folder.file(`${split}.png`), await encodePng(frame));
    }
  }

  /** All frames up to an epoch with one range, and the GIFs of them. */
  async all(epochs: number): Promise<void> {
    await this.#saveCurves();
    if (this.#plan.recipe.featureDim !== 2) return;
    for (const split of ["train", "val"] as const) {
      const points: Float32Array[] = [];
      for (let epoch = 1; epoch <= epochs; epoch++) {
        const found = await this.#points(epoch, split);
        if (found) points.push(found);
      }
      if (points.length < epochs || epochs === 0) return;
      const range = featureRange(points);
      const frames: Frame[] = [];
      for (let epoch = 1; epoch <= epochs; epoch++) {
        const frame = await this.#frame(epoch, split, points[epoch - 1], range);
        frames.push(frame);
        const name = `${split}-${String(epoch).padStart(3, "0")}.png`;
        await writeWhole(this.#folder.file("frames", name), await encodePng(frame));
      }
      await writeWhole(
        this.#folder.file(`${split}.gif`),
        encodeGif(frames, { delay: delayFor(epochs) }),
      );
      await writeWhole(this.#folder.file(`${split}.png`), await encodePng(frames[epochs - 1]));
    }
  }

  async #points(epoch: number, split: Split): Promise<Float32Array | undefined> {
    const path = this.#folder.featuresPath(epoch);
    const bytes = await readIfThere(path);
    if (!bytes) return undefined;
    const rows = decodeNpy(bytes, path);
    const border = 2 * this.#sets.train.count;
    return split === "train" ? rows.subarray(0, border) : rows.subarray(border);
  }

  async #frame(epoch: number, split: Split, all: Float32Array, range: Range2D): Promise<Frame> {
    const { metrics } = this.#folder;
    const side = split === "train" ? "train" : "test";
    const accuracy = (name: string) => metrics.column(`${side}_accuracy_by_${name}`)[epoch - 1];
    const byLogit = accuracy("logit");
    const rules = Number.isNaN(byLogit) ? "" : `${percent(byLogit)} by logit, `;
    const set = this.#sets[split];
    const { points, labels } = seen(all, set.labels);
    const centers = await this.#centers(epoch);
    return featureMap({
      points,
      labels,
      centers,
      classNames: set.classNames,
      title: `${nameOf(this.#plan)} · epoch ${epoch} of ${this.#plan.epochs}`,
      subtitle:
        `${(points.length / 2).toLocaleString("en")} ${
          side === "train" ? "training" : "test"
        } images: ` +
        `${rules}${percent(accuracy("nearest_center"))} by nearest center`,
      range,
    });
  }

  async #centers(epoch: number): Promise<Float32Array> {
    const text = new TextDecoder().decode(await readIfThere(this.#folder.file("centers.csv")));
    const rows = text.split("\n").map((line) => line.split(",")).filter((f) =>
      f[0] === String(epoch)
    );
    return Float32Array.from(rows.flatMap((f) => f.slice(2).map(Number)));
  }

  async #saveCurves(): Promise<void> {
    const { metrics } = this.#folder;
    const values = (name: string) => metrics.column(name);
    if (values("epoch").length === 0) return;
    const pair = (name: string, metric: string, color: number) => [
      { name: `${name}, training`, color: classColor(color), values: values(`train_${metric}`) },
      {
        name: `${name}, test`,
        color: classColor(color),
        values: values(`test_${metric}`),
        dashed: true,
      },
    ];
    const { terms, trainsLogits } = objectiveOf(this.#plan.recipe.loss);
    const frame = curves({
      title: nameOf(this.#plan),
      panels: [
        {
          title: "Loss",
          yLabel: "loss",
          series: terms.flatMap((term, k) => pair(term.replace("_", "-"), term, k)),
        },
        {
          title: "Accuracy",
          yLabel: "accuracy",
          series: [
            ...(trainsLogits ? pair("by logit", "accuracy_by_logit", 0) : []),
            ...pair("by nearest center", "accuracy_by_nearest_center", 1),
          ],
        },
      ],
    });
    await writeWhole(this.#folder.file("curves.png"), await encodePng(frame));
  }
}

/** The row and its preset; a row of our own stands for itself. */
function nameOf({ id, preset, source }: Plan): string {
  return source || preset !== "paper" ? `${id} · ${preset}` : id;
}

/** Without the samples that an epoch left out. */
function seen(
  points: Float32Array,
  labels: Uint8Array,
): { points: Float32Array; labels: Uint8Array } {
  const kept = Array.from(labels.keys()).filter((i) => !Number.isNaN(points[2 * i]));
  if (kept.length === labels.length) return { points, labels };
  return {
    points: Float32Array.from(kept.flatMap((i) => [points[2 * i], points[2 * i + 1]])),
    labels: Uint8Array.from(kept, (i) => labels[i]),
  };
}

/** About ten seconds for a whole run, each frame between a tenth and a whole second. */
function delayFor(epochs: number): number {
  return Math.max(100, Math.min(1000, 10_000 / epochs));
}
