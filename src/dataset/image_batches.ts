/** A data set on the GPU, handed out in batches. */
import batchSource from "../../kernels/batch_images.wgsl" with { type: "text" };
import type { ImageSet } from "./image_set.ts";
import { advance } from "../gpu/advance.ts";
import { gpu } from "../gpu/device.ts";
import { faultKind } from "../gpu/faults.ts";
import { Kernel } from "../gpu/kernel.ts";
import { rangeBelow } from "../gpu/number_range.ts";
import { launch } from "../ops/launch.ts";
import { Random } from "../model/random.ts";
import { scope, unscoped } from "../tensor/scope.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { type BatchOptions, completeOptions } from "./batch_options.ts";
import { checkImageSet } from "./check_set.ts";
import { mostBytesOfShard, type Shard, uploadShards } from "./shards.ts";

const batchKernel = new Kernel("batch_images", batchSource);

/** The error of a replayed step that goes on after the end of its epoch; only the GPU knows its place. */
const PAST_THE_END = faultKind((rows, place, end) => pastTheEnd(rows, end - place, end));

function pastTheEnd(rows: number, left: number, samples: number): string {
  return `Cannot take a batch of ${rows} images: ${
    Math.max(left, 0)
  } are left of the ${samples} of this epoch; startEpoch() begins another`;
}

/** What each further view adds to the seed: so much that it draws as no seed near it does. */
const SECOND_VIEW = 0x9e3779b9;

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
 * const all = [];
 * batches.startEpoch(1);
 * for (const rows of batches.sizes) {
 *   using _ = scope();
 *   const { images, labels } = batches.next(rows);
 *   batches.advance(rows);
 *   assertEquals(images.shape, [rows, 28, 28, 1]);
 *   all.push(...await labels.read());
 * }
 * assertEquals(all.length, 10);
 * ```
 */
export class ImageBatches implements Disposable {
  /** The images. */
  readonly set: ImageSet;
  /** Place in the epoch, `[3]`, `i32`: samples handed out, steps made, and the epoch's number. */
  readonly cursor: Tensor;
  /** Sizes of an epoch's batches, in order. */
  readonly sizes: readonly number[];
  /** Numbers of the samples in the order of this epoch, and of the one before. */
  #orders: { now: Uint32Array<ArrayBuffer>; before: Uint32Array<ArrayBuffer> };
  readonly #options: Required<BatchOptions>;
  readonly #shards: readonly Shard[];
  readonly #labels: Tensor;
  readonly #order: Tensor;
  /** The order before, once somebody asked for it. */
  #previousOrder: Tensor | undefined;
  /** Samples of an epoch. */
  readonly #samples: number;
  /** Samples of this epoch that are still to come, as far as the CPU sees: replays it does not. None before the first. */
  #left: number | undefined;
  /** Number of the epoch whose loop is running, as {@linkcode epoch} gives it. */
  #looping: number | undefined;

  /**
   * Uploads the set.
   *
   * @param mostBytes Bytes of a shard at most; without it, what the adapter can bind.
   * @throws {TypeError} When a field of the set has another type than it must.
   * @throws {RangeError} When fields of the set contradict each other, there is no batch to make, an option is out of range,
   * the augmentation cannot be done, or one image is larger than a shard.
   */
  constructor(set: ImageSet, options: BatchOptions, mostBytes: number = mostBytesOfShard()) {
    checkImageSet(set);
    this.set = set;
    this.#options = completeOptions(set, options);
    const { batchSize, dropLast, mostBatches } = this.#options;
    const all = Math.floor(set.count / batchSize), full = Math.min(all, mostBatches);
    const rest = dropLast || mostBatches <= all ? 0 : set.count - full * batchSize;
    this.sizes = [...new Array<number>(full).fill(batchSize), ...(rest > 0 ? [rest] : [])];
    this.#samples = full * batchSize + rest;
    const now = Uint32Array.from({ length: set.count }, (_, i) => i);
    this.#orders = { now, before: now };
    [this.#shards, this.#labels, this.#order, this.cursor] = unscoped(() => [
      uploadShards(set, mostBytes),
      tensor(Int32Array.from(set.labels), { dtype: "i32" }),
      empty([set.count], "i32"),
      empty([3], "i32"),
    ]);
  }

  /**
   * Goes to the start of an epoch and, if asked, draws its order.
   *
   * @throws {RangeError} When `epoch` is no whole number from 0.
   * @throws {TypeError} While a loop over {@linkcode epoch} is running: it would go on in the middle of this one.
   */
  startEpoch(epoch: number): void {
    if (this.#looping !== undefined) {
      throw new TypeError(
        `Cannot start epoch ${epoch} of ${this.set.name}: the loop over its epoch ${this.#looping} is not at its end; ` +
          "end it or leave it by break, or make another ImageBatches",
      );
    }
    if (!Number.isInteger(epoch) || epoch < 0 || epoch >= 2 ** 31) {
      throw new RangeError(
        `Cannot start epoch ${epoch} of ${this.set.name}: epochs are whole numbers from 0`,
      );
    }
    const { shuffle, seed } = this.#options;
    const before = this.order;
    const now = shuffle ? new Random(seed, "shuffle", epoch).permutation(this.set.count) : before;
    this.#orders = { now, before };
    this.#previousOrder?.write(new Int32Array(before.buffer));
    this.#order.write(new Int32Array(this.order.buffer));
    this.cursor.write([0, 0, epoch]);
    this.#left = this.#samples;
  }

  /**
   * The next `rows` samples; {@linkcode advance} goes on. A recorded step counts on the GPU: replayed
   * more often than the epoch has batches, it makes the next readback throw, whether the step itself calls {@linkcode advance} or
   * another one does.
   *
   * @param view Which augmentation of the images: another number draws another. Default: 0.
   * @throws {TypeError} Before the first {@linkcode startEpoch}.
   * @throws {RangeError} When that is no whole number from 1, or more than is left of the epoch.
   */
  next(rows: number, view = 0): Batch {
    this.#check(rows);
    const { height, width, channels, count } = this.set;
    const { augmentation: { flip, rotation, padding }, seed } = this.#options;
    const { mean, deviation } = this.#options.normalization;
    const images = empty([rows, height, width, channels]);
    const labels = empty([rows], "i32");
    for (const { first, end, bytes } of this.#shards) {
      launch(batchKernel, {
        constants: { AUGMENT: flip + rotation + padding > 0, ROTATE: rotation > 0 },
        params: {
          ...{ rows, height, width, channels, count, first, end, flip, padding, mean },
          seed: (seed + view * SECOND_VIEW) >>> 0,
          max_angle: rotation * Math.PI / 180,
          scale: 1 / deviation,
          limit: this.#samples,
          kind: PAST_THE_END,
        },
        tensors: {
          bytes,
          set_labels: this.#labels,
          order: this.#order,
          cursor: this.cursor,
          images,
          labels,
          fault: { view: gpu().fault },
        },
        threads: rows * height * width,
        cost: { bytes: 5 * images.size }, // a byte becomes a float; the rest of the set is not touched
      });
    }
    labels.view.storage.range = rangeBelow(this.set.classNames.length);
    return { images, labels };
  }

  /**
   * An epoch's batches, one after the other: {@linkcode startEpoch}, and for each batch {@linkcode next} and
   * {@linkcode advance}. Each has a {@linkcode scope} of its own: the batch, and what the body of the loop makes of it, is
   * freed when the next one is taken; {@linkcode keep} what is to last. Another epoch of the same batches is
   * refused until this one is at its end or left by `break` (or by `return()`, where it is no loop that takes them).
   *
   * @param epoch Its number, from 0: of the order and the augmentation.
   * @throws {RangeError} When `epoch` is no whole number from 0.
   * @throws {TypeError} While the loop over another is running.
   *
   * @example
   * ```ts
   * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
   * import { drawDigits, ImageBatches, openGpu } from "../../mod.ts";
   *
   * using _gpu = await openGpu();
   * const batches = new ImageBatches(drawDigits({ count: 10, seed: 1, split: "train" }), {
   *   batchSize: 4, shuffle: true, dropLast: false, seed: 1,
   * });
   * const rows = [];
   * for await (const { images, labels } of batches.epoch(1)) {
   *   assertEquals(images.shape[0], labels.shape[0]);
   *   rows.push(labels.shape[0]);
   * }
   * assertEquals(rows, [4, 4, 2]);
   * ```
   */
  async *epoch(epoch: number): AsyncGenerator<Batch, void, void> {
    this.startEpoch(epoch);
    this.#looping = epoch;
    try {
      for (const rows of this.sizes) {
        using _ = scope();
        const batch = this.next(rows);
        this.advance(rows);
        yield batch;
      }
    } finally {
      this.#looping = undefined;
    }
  }

  /** Numbers of the samples in the order of this epoch, `[count]`. */
  get order(): Uint32Array<ArrayBuffer> {
    return this.#orders.now;
  }

  /** The same of the epoch before. */
  get previousOrder(): Uint32Array<ArrayBuffer> {
    return this.#orders.before;
  }

  /** The set's labels and the numbers of the samples in the order of this epoch and of the one before, all `[count]`, `i32`. */
  get onGpu(): Record<"labels" | "order" | "previousOrder", Tensor> {
    this.#previousOrder ??= unscoped(() =>
      tensor(new Int32Array(this.previousOrder.buffer), { dtype: "i32" })
    );
    return { labels: this.#labels, order: this.#order, previousOrder: this.#previousOrder };
  }

  /** Frees the set's bytes and what belongs to them; there are no batches afterwards. */
  dispose(): void {
    const shards = this.#shards.map(({ bytes }) => bytes);
    const own = [this.#labels, this.#order, this.#previousOrder, this.cursor];
    for (const t of [...shards, ...own]) t?.dispose();
  }

  /** Does as `dispose()`; `using` calls it. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /**
   * Moves the cursor past a batch.
   *
   * @throws {TypeError} Before the first {@linkcode startEpoch}.
   * @throws {RangeError} When that is no whole number from 1, or more than is left of the epoch.
   */
  advance(rows: number): void {
    const left = this.#check(rows);
    this.#left = left - rows;
    gpu().recordings.current?.undoable(() => this.#left = left);
    gpu().dispatch({
      kernel: advance,
      constants: { LIMITED: true },
      params: { by: [rows, 1, 0], size: 3, limit: this.#samples, kind: PAST_THE_END },
      buffers: { counter: this.cursor.view, fault: gpu().fault },
      groups: [1],
    });
  }

  /** Refuses a batch that the epoch does not have; gives what is left of it. */
  #check(rows: number): number {
    if (this.#left === undefined) {
      throw new TypeError(
        `Cannot take a batch of ${this.set.name}: no epoch was started; call startEpoch() first`,
      );
    }
    if (!Number.isInteger(rows) || rows < 1) {
      throw new RangeError(
        `Cannot take a batch of ${rows} images of ${this.set.name}: it must be a whole number from 1`,
      );
    }
    if (rows > this.#left) throw new RangeError(pastTheEnd(rows, this.#left, this.#samples));
    return this.#left;
  }
}
