/** A data set on the GPU, handed out in batches. */
import advanceSource from "../../kernels/advance.wgsl" with { type: "text" };
import batchSource from "../../kernels/batch_images.wgsl" with { type: "text" };
import type { ImageSet } from "../../data/image_set.ts";
import { Kernel } from "../gpu/kernel.ts";
import { rangeBelow } from "../gpu/number_range.ts";
import { launch } from "../ops/launch.ts";
import { Random } from "../model/random.ts";
import { unscoped } from "../tensor/scope.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { type Augmentation, checkAugmentation, NO_AUGMENTATION } from "./augmentation.ts";
import { mostBytesOfShard, type Shard, uploadBytes, uploadShards } from "./shards.ts";

const batchKernel = new Kernel("batch_images", batchSource);
const advanceKernel = new Kernel("advance", advanceSource);

/** How batches are made. */
export interface BatchOptions {
  /** Images a batch. */
  batchSize: number;
  /** Draw a new order every epoch; else the order of the set. */
  shuffle: boolean;
  /** Leave out the last batch when it is not full. */
  dropLast: boolean;
  /** Batches an epoch at most; as many as the set gives without it. */
  mostBatches?: number;
  /** How images are varied; as they are without it. */
  augmentation?: Augmentation;
  /** Subtracted from pixels of 0 to 1, and what they are divided by then; 0 and 1 without it. */
  normalization?: Normalization;
  /** Of the orders and the augmentation. */
  seed: number;
}

/** Pixels become `(pixel / 255 - mean) / deviation`. */
export interface Normalization {
  /** Of pixels of 0 to 1. */
  mean: number;
  /** Of the same; not 0. */
  deviation: number;
}

/** One batch. */
export interface Batch {
  /** `[rows, height, width, channels]`, 0 to 1 before normalization. */
  images: Tensor;
  /** `[rows]`, `i32`. */
  labels: Tensor;
}

/**
 * Keeps a set's bytes on the GPU. An epoch uploads one permutation; a batch is gathered, augmented and scaled there, at a
 * place that is counted there too, so that a recorded step needs no word from the CPU. A set that is larger than one
 * binding of the adapter lies in shards, and the batches are the same.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { drawDigits, ImageBatches, openGpu, scope } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const batches = new ImageBatches(drawDigits({ count: 10, seed: 1, split: "train" }), {
 *   batchSize: 4, shuffle: true, dropLast: false, seed: 1, augmentation: { flip: 0, rotation: 5, padding: 2 },
 * });
 * const seen = [];
 * batches.startEpoch(1);
 * for (const rows of batches.sizes) {
 *   using _ = scope();
 *   const { images, labels } = batches.next(rows);
 *   batches.advance(rows);
 *   assertEquals(images.shape, [rows, 28, 28, 1]);
 *   seen.push(...await labels.read());
 * }
 * assertEquals(seen.length, 10);
 * ```
 */
export class ImageBatches {
  /** The images. */
  readonly set: ImageSet;
  /** Place in the epoch: samples handed out, steps made, and the epoch's number. */
  readonly cursor: Tensor;
  /** Sizes of an epoch's batches, in order. */
  readonly sizes: readonly number[];
  /** Numbers of the samples in the order of this epoch, `[count]`. */
  order: Uint32Array<ArrayBuffer>;
  readonly #options: BatchOptions;
  readonly #shards: readonly Shard[];
  readonly #labels: Tensor;
  readonly #order: Tensor;

  /**
   * Uploads the set.
   *
   * @param mostBytes Bytes of a shard at most; without it, what the adapter can bind.
   * @throws {RangeError} When there is no batch to make, the augmentation cannot be done, or one image is larger than a shard.
   */
  constructor(set: ImageSet, options: BatchOptions, mostBytes: number = mostBytesOfShard()) {
    const { batchSize, dropLast, mostBatches = Infinity } = options;
    if (!Number.isInteger(batchSize) || batchSize < 1 || (dropLast && batchSize > set.count)) {
      throw new RangeError(
        `Cannot make batches of ${batchSize} from ${set.count} ${set.name} images: a batch has from 1 to ${set.count}`,
      );
    }
    checkAugmentation(options.augmentation ?? NO_AUGMENTATION, set);
    this.set = set;
    this.#options = options;
    const all = Math.floor(set.count / batchSize), full = Math.min(all, mostBatches);
    const rest = dropLast || mostBatches <= all ? 0 : set.count - full * batchSize;
    this.sizes = [...new Array<number>(full).fill(batchSize), ...(rest > 0 ? [rest] : [])];
    this.order = Uint32Array.from({ length: set.count }, (_, i) => i);
    this.#shards = unscoped(() => uploadShards(set, mostBytes));
    [this.#labels, this.#order, this.cursor] = unscoped(() => [
      uploadBytes(set.labels),
      empty([set.count], "i32"),
      empty([3], "i32"),
    ]);
  }

  /** Goes to the start of an epoch and, if asked, draws its order. */
  startEpoch(epoch: number): void {
    const { shuffle, seed } = this.#options;
    if (shuffle) this.order = new Random(seed, "shuffle", epoch).permutation(this.set.count);
    this.#order.write(new Int32Array(this.order.buffer));
    this.cursor.write([0, 0, epoch]);
  }

  /** The next `rows` samples; {@linkcode advance} goes on. */
  next(rows: number): Batch {
    const { height, width, channels, count } = this.set;
    const { augmentation = NO_AUGMENTATION, seed } = this.#options;
    const { flip, rotation, padding } = augmentation;
    const { mean, deviation } = this.#options.normalization ?? { mean: 0, deviation: 1 };
    const images = empty([rows, height, width, channels]);
    const labels = empty([rows], "i32");
    for (const { first, end, bytes } of this.#shards) {
      launch(batchKernel, {
        constants: { AUGMENT: flip + rotation + padding > 0, ROTATE: rotation > 0 },
        params: {
          rows,
          height,
          width,
          channels,
          count,
          first,
          end,
          seed,
          flip,
          max_angle: rotation * Math.PI / 180,
          padding,
          mean,
          scale: 1 / deviation,
        },
        tensors: {
          bytes,
          set_labels: this.#labels,
          order: this.#order,
          cursor: this.cursor,
          images,
          labels,
        },
        threads: rows * height * width,
      });
    }
    labels.view.storage.range = rangeBelow(this.set.classNames.length);
    return { images, labels };
  }

  /** Frees the set's bytes and what belongs to them; there are no batches afterwards. */
  dispose(): void {
    const shards = this.#shards.map(({ bytes }) => bytes);
    for (const t of [...shards, this.#labels, this.#order, this.cursor]) t.dispose();
  }

  /** Moves the cursor past a batch. */
  advance(rows: number): void {
    launch(advanceKernel, {
      params: { by: [rows, 1, 0], size: 3 },
      tensors: { counter: this.cursor },
      groups: [1],
    });
  }
}
