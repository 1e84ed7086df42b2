/** A finished or stopped run, opened to be used: its network classifies images. */
import { type SetName, SETS } from "../../../data/sets/facts.ts";
import { onlyOptions } from "../../../src/base/choice.ts";
import { dirname, join } from "../../../src/base/path.ts";
import type { UnlabelledImages } from "../../../data/formats/csv.ts";
import type { PixelShape } from "../../../data/formats/csv_header.ts";
import { readUnlabelled } from "../../../data/own/unlabelled.ts";
import { RunError } from "../../../src/base/errors.ts";
import type { Config } from "../config.ts";
import { findCheckpoint, loadNetwork, type RunCheckpoint } from "../load_network.ts";
import { classNamesOf } from "./class_names.ts";
import { CONFIG } from "../path.ts";
import { classCenters, meansMissing } from "./class_centers.ts";
import { type Prediction, predictionsOf, type Trained } from "./predictions.ts";

/** Images of the run's size, in memory. */
export interface Pixels {
  /** How many. */
  count: number;
  /** Rows of an image. */
  height: number;
  /** Columns of an image. */
  width: number;
  /** 1 for grey, 3 for red, green, blue. */
  channels: number;
  /** Shape [count, height, width, channels], 0 to 255. */
  images: Uint8Array<ArrayBuffer>;
}

/**
 * A run whose network can be asked. {@linkcode openRun} makes it; it holds memory on the GPU until it is disposed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { drawDigits, openGpu, openRun } from "../../../mod.ts";
 *
 * using _gpu = await openGpu();
 * using run = await openRun("tests/fixtures/run"); // of a row that classifies by the nearest center
 * const [{ label, class: name, distances }] = await run.predict(drawDigits({ count: 1, seed: 7, split: "test" }));
 * assertEquals(name, run.classNames[label]);
 * assertEquals(distances![label], Math.min(...distances!));
 * ```
 */
export class OpenRun implements Disposable {
  /** The checkpoint that was read. */
  readonly path: string;
  /** The row's id. */
  readonly id: string;
  /** Names of the classes, in the order of their numbers. */
  readonly classNames: readonly string[];
  /** Whether it was trained on sets of light shapes on dark ground, as MNIST is. */
  readonly lightOnDark: boolean;
  /** The size that images are given. */
  readonly imageSize: Required<PixelShape>;
  /** Why there are no distances to centers, where there are none. */
  readonly withoutDistances: string | undefined;
  readonly #trained: Trained;

  /** Use {@linkcode openRun}. */
  constructor(
    { path, state, config: { plan } }: RunCheckpoint,
    imageSize: Required<PixelShape>,
    trained: Trained,
  ) {
    this.path = path;
    this.id = plan.id;
    this.lightOnDark = !plan.ownData && imageSize.channels === 1;
    this.imageSize = imageSize;
    this.classNames = trained.classNames;
    this.withoutDistances = trained.centers ? undefined : meansMissing(dirname(path), state.epoch);
    this.#trained = trained;
  }

  /**
   * Reads images as {@linkcode predict} takes them, with a name for each: PNG and JPEG files, folders of them, or a CSV
   * file. Pictures are cut and scaled to the run's size, and made grey where it is, as those that a run trains on.
   *
   * @throws {RunError} When a file is missing, broken, or a CSV file of another size.
   */
  async read(...paths: string[]): Promise<UnlabelledImages> {
    return await readUnlabelled(paths, this.imageSize);
  }

  /**
   * Classifies images by the run's own rule.
   *
   * @param images Paths of pictures, a folder or a CSV file, or pixels of the run's size.
   * @returns One for each image, in their order.
   * @throws {RunError} As {@linkcode read} does.
   * @throws {TypeError} When pixels are of another size.
   */
  async predict(images: string | readonly string[] | Pixels): Promise<Prediction[]> {
    if (typeof images === "string") return await this.predict([images]);
    const pixels = "count" in images ? images : await this.read(...images);
    const given = [pixels.height, pixels.width, pixels.channels];
    const { height, width, channels } = this.imageSize;
    if (given.join() !== [height, width, channels].join()) {
      throw new TypeError(
        `Cannot classify images of [${
          given.join(", ")
        }]: those of the run are [${height}, ${width}, ${channels}]`,
      );
    }
    return await predictionsOf(this.#trained, pixels);
  }

  /** Frees its network on the GPU; `using` calls it. */
  [Symbol.dispose](): void {
    for (const { tensor } of this.#trained.network.entries()) tensor.dispose();
  }
}

/**
 * Opens a run, to classify images by it. The device must be open (`openGpu()`); reading needs the permission.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { drawDigits, openGpu, openRun } from "../../../mod.ts";
 *
 * using _gpu = await openGpu();
 * using run = await openRun("tests/fixtures/run");
 * assertEquals(run.imageSize, { height: 28, width: 28, channels: 1 });
 * const digits = drawDigits({ count: 50, seed: 7, split: "test" });
 * const found = await run.predict(digits);
 * const hits = found.filter(({ label }, i) => label === digits.labels[i]).length;
 * assert(hits >= 35);
 * const [first] = found;
 * assertEquals(first.distances!.length, 10);
 * assert(first.probability! > 0 && first.probability! <= 1);
 * ```
 *
 * @param run A run's folder, or a `.safetensors` file in one.
 * @param options Which checkpoint of a folder. Default: the best one.
 * @throws {RunError} When its config or its checkpoint is missing or broken.
 */
export async function openRun(
  run: string,
  options: { checkpoint?: "best" | "last" } = {},
): Promise<OpenRun> {
  const { checkpoint = "best" } = onlyOptions("open a run", options, ["checkpoint"]);
  const found = await findCheckpoint(run, checkpoint);
  const { path, config } = found, imageSize = imageSizeOf(path, config);
  const classNames = classNamesOf(config);
  const network = loadNetwork(found, { ...imageSize, classes: classNames.length });
  const centers = await classCenters(found);
  return new OpenRun(found, imageSize, {
    network,
    plan: config.plan,
    classNames,
    ...(centers && { centers }),
  });
}

function imageSizeOf(path: string, { plan, imageSize }: Config): Required<PixelShape> {
  if (imageSize) return imageSize;
  if (!plan.ownData) {
    const { height, width, channels } = SETS[plan.dataset as SetName];
    return { height, width, channels };
  }
  throw new RunError(
    `${
      join(dirname(path), CONFIG)
    } is of an earlier version, which did not note the size of its images: add ` +
      '"imageSize": {"height": 28, "width": 28, "channels": 1}, with its own numbers',
  );
}
