/** A finished run, as a study reads it. */
import { RunError } from "../../src/base/errors.ts";
import type { Range2D } from "../../src/figures/mod.ts";
import { loadImages } from "../plan/images.ts";
import { readCenters } from "../run_folder/features.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import {
  type EpochSamples,
  keepsPredictions,
  readEpochSamples,
} from "../run_folder/epoch_samples.ts";
import type { Options } from "../plan/request.ts";
import type { Plan } from "../plan/plan.ts";
import { type Lines, numberIn } from "../../src/base/csv_lines.ts";
import { readMetrics, readSummary } from "../run_folder/run_summary.ts";
import { imagesChanged } from "../plan/images_digest.ts";
import { readConfig } from "../run_folder/config.ts";
import { RunFolder } from "../run_folder/run_folder.ts";
import { epochFile, pathOf } from "../run_folder/path.ts";

/** One run of a study. */
export class StudyRun {
  readonly plan: Plan;
  readonly sets: Sets;
  /** Lines of `metrics.csv`. */
  readonly metrics: Lines;
  readonly #folder: RunFolder;
  readonly #centers: ReadonlyMap<number, Float32Array>;

  private constructor(
    plan: Plan,
    sets: Sets,
    metrics: Lines,
    folder: RunFolder,
    centers: ReadonlyMap<number, Float32Array>,
  ) {
    this.plan = plan;
    this.sets = sets;
    this.metrics = metrics;
    this.#folder = folder;
    this.#centers = centers;
  }

  /**
   * Opens the folder of a finished run.
   *
   * @throws {RunError} When it is of other images, lacks a table, or a file is not as it was written.
   */
  static async open(options: Options): Promise<StudyRun> {
    const { plan } = options;
    const folder = new RunFolder(pathOf(options), plan);
    const { train, test, drawn } = await loadImages(plan, options.dataDir);
    const config = await readConfig(folder.path);
    if (
      !config || Boolean(config.drawn) !== drawn || await imagesChanged(config, { train, test })
    ) {
      throw new RunError(
        `${folder.path} was trained on other images than are there now: put those back, ` +
          "choose another --out, or start again with --overwrite",
      );
    }
    const metrics = await readMetrics(folder.path);
    if (!metrics || metrics.length < plan.epochs) {
      throw new RunError(`${folder.path} has no metrics.csv of ${plan.epochs} epochs`);
    }
    await readSummary(folder.path, config.plan);
    await folder.verify(config);
    const centers = await readCenters(folder);
    for (let epoch = 1; epoch <= plan.epochs; epoch++) {
      if (centers.has(epoch)) continue;
      throw new RunError(
        `${folder.file("centers.csv")} lacks epoch ${epoch}: run the row again with --overwrite`,
      );
    }
    return new StudyRun(plan, { train, test }, metrics, folder, centers);
  }

  /** The folder of its files. */
  get path(): string {
    return this.#folder.path;
  }

  /** What one epoch says of a metric, such as `test_accuracy_by_logit`. */
  metric(name: string, epoch: number = this.plan.epochs): number {
    return numberIn(this.metrics[epoch - 1], name);
  }

  /** The centers after an epoch, `[classes, dim]`. */
  centers(epoch: number = this.plan.epochs): Float32Array {
    return this.#centers.get(epoch)!;
  }

  /**
   * Samples of a set as an epoch left them, without those that it did not see.
   *
   * @throws {RunError} When the epoch's file is not there or broken.
   */
  async seen(split: "train" | "test", epoch: number = this.plan.epochs): Promise<EpochSamples> {
    const { featureDim: dim } = this.plan.recipe;
    const seen = await readEpochSamples(this.#folder, epoch, split, dim, this.sets);
    const gone = seen
      ? keepsPredictions(this.plan) && seen.predicted.length < seen.labels.length &&
        this.#folder.file(epochFile("predictions", epoch))
      : this.#folder.file(epochFile("features", epoch));
    if (seen && !gone) return seen;
    throw new RunError(`${gone} is not there: run the row again with --overwrite`);
  }
}

/** One square range around all of these. */
export function rangeOf(half: number): Range2D {
  return { xMin: -half, xMax: half, yMin: -half, yMax: half };
}
