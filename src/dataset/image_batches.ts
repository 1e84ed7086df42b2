/** A data set on the GPU, handed out in batches. */
import advanceSource from "../../kernels/advance.wgsl" with { type: "text" };
import batchSource from "../../kernels/batch_images.wgsl" with { type: "text" };
import type { ImageSet } from "../../data/image_set.ts";
import { gpu } from "../gpu/device.ts";
import { Kernel } from "../gpu/kernel.ts";
import { launch } from "../ops/launch.ts";
import { Random } from "../model/random.ts";
import { unscoped } from "../tensor/scope.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { type Augmentation, NO_AUGMENTATION } from "./augmentation.ts";

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
  /** How images are varied; as they are without it. */
  augmentation?: Augmentation;
  /** Of the orders and the augmentation. */
  seed: number;
}

/** One batch. */
export interface Batch {
  /** `[rows, height, width, channels]`, 0 to 1. */
  images: Tensor;
  /** `[rows]`, `i32`. */
  labels: Tensor;
}

/**
 * Keeps a set's bytes on the GPU. An epoch uploads one permutation; a batch is gathered, rotated and scaled there, at a
 * place that is counted there too, so that a recorded step needs no word from the CPU.
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
  readonly #bytes: Tensor;
  readonly #labels: Tensor;
  readonly #order: Tensor;

  /**
   * Uploads the set.
   *
   * @throws {RangeError} When there is no batch to make, or the set is larger than one binding of the adapter.
   */
  constructor(set: ImageSet, options: BatchOptions) {
    const { batchSize, dropLast } = options;
    if (!Number.isInteger(batchSize) || batchSize < 1 || (dropLast && batchSize > set.count)) {
      throw new RangeError(
        `Cannot make batches of ${batchSize} from ${set.count} ${set.name} images: a batch has from 1 to ${set.count}`,
      );
    }
    this.set = set;
    this.#options = options;
    const full = Math.floor(set.count / batchSize);
    const rest = dropLast ? 0 : set.count - full * batchSize;
    this.sizes = [...new Array<number>(full).fill(batchSize), ...(rest > 0 ? [rest] : [])];
    this.order = Uint32Array.from({ length: set.count }, (_, i) => i);
    [this.#bytes, this.#labels, this.#order, this.cursor] = unscoped(() => [
      uploadBytes(set.images),
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
    const { augmentation: { rotation } = NO_AUGMENTATION, seed } = this.#options;
    const images = empty([rows, height, width, channels]);
    const labels = empty([rows], "i32");
    launch(batchKernel, {
      constants: { AUGMENT: rotation !== 0 },
      params: {
        rows,
        height,
        width,
        channels,
        count,
        seed,
        max_angle: rotation * Math.PI / 180,
      },
      tensors: {
        bytes: this.#bytes,
        set_labels: this.#labels,
        order: this.#order,
        cursor: this.cursor,
        images,
        labels,
      },
      threads: rows * height * width,
    });
    return { images, labels };
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

function uploadBytes(bytes: Uint8Array<ArrayBuffer>): Tensor {
  const words = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  words.set(bytes);
  const t = empty([words.length / 4], "i32");
  gpu().write(t.view, words);
  return t;
}
