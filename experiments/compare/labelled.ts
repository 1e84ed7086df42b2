/** The images of runs, as far as maps of their features need them: labels and names of classes. */
import { RunError } from "../../src/base/errors.ts";
import { sortedJson } from "../../src/base/json.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import { loadImages } from "../plan/images.ts";
import { imagesChanged } from "../plan/images_digest.ts";
import type { OpenedRun } from "./opened_run.ts";

/** Loads them once for all runs on the same images. */
export class Labelled {
  readonly #dataDir: string | undefined;
  readonly #loaded = new Map<string, Promise<Sets>>();

  constructor(dataDir?: string) {
    this.#dataDir = dataDir;
  }

  /**
   * Those of a run, without their pixels.
   *
   * @throws {RunError} When they are not there, or others than the run was trained on.
   */
  async of(run: OpenedRun): Promise<Sets> {
    const { dataset, ownData, trainSize, testSize, seed, preset } = run.config.plan;
    const key = sortedJson([
      dataset,
      ownData,
      trainSize,
      testSize,
      seed,
      preset,
      run.config.images,
    ]);
    if (!this.#loaded.has(key)) this.#loaded.set(key, this.#load(run));
    return await this.#loaded.get(key)!;
  }

  async #load({ folder, config }: OpenedRun): Promise<Sets> {
    const { train, test, drawn } = await loadImages(config.plan, this.#dataDir);
    if (drawn !== Boolean(config.drawn) || await imagesChanged(config, { train, test })) {
      throw new RunError(
        `${folder} was trained on other images than are there now: name its own with --data-dir`,
      );
    }
    const images = new Uint8Array(0);
    return { train: { ...train, images }, test: { ...test, images } };
  }
}
