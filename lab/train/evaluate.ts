/** Images that no step sees, and single ones that a visitor drew, through a network in training. */
import { ImageBatches } from "../../src/dataset/image_batches.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import type { Network, Output } from "../../src/model/network.ts";
import { type Recorded, recorded } from "../../src/tensor/recorded.ts";
import { unscoped } from "../../src/tensor/scope.ts";
import { noGrad } from "../../src/tensor/tape.ts";
import { empty, readAll, type Tensor } from "../../src/tensor/tensor.ts";

/** Features and logits, row by row. */
export interface Outputs {
  features: Float32Array;
  logits: Float32Array;
}

const BATCH = 100;

/** Sends a whole set through a network. */
export class TestSet {
  readonly #batches: ImageBatches;
  readonly #network: Network;
  readonly #steps = new Map<number, Recorded<Output>>();

  constructor(network: Network, set: ImageSet) {
    const batchSize = Math.min(BATCH, set.count);
    this.#batches = new ImageBatches(set, { batchSize, shuffle: false, dropLast: false, seed: 0 });
    this.#network = network;
  }

  /** Labels, in the order of the outputs. */
  get labels(): ArrayLike<number> {
    return this.#batches.set.labels;
  }

  /** Features and logits of all images. */
  async outputs(): Promise<Outputs> {
    const features: number[] = [], logits: number[] = [];
    this.#batches.startEpoch(0);
    for (const rows of this.#batches.sizes) {
      const step = this.#steps.get(rows) ?? recorded(() => this.#forward(rows));
      this.#steps.set(rows, step);
      const outputs = await readOutput(step());
      features.push(...outputs.features);
      logits.push(...outputs.logits);
    }
    return { features: Float32Array.from(features), logits: Float32Array.from(logits) };
  }

  #forward(rows: number): Output {
    const { images } = this.#batches.next(rows);
    const output = noGrad(() => this.#network.forward(images, { training: false }));
    this.#batches.advance(rows);
    return output;
  }

  /** Frees its memory. */
  dispose(): void {
    for (const step of this.#steps.values()) step.dispose();
    this.#batches.dispose();
  }
}

/** Sends one image through a network, again and again while it trains. */
export class OneImage {
  readonly #image: Tensor;
  readonly #step: Recorded<Output>;

  constructor(network: Network, { height, width, channels }: ImageSet) {
    this.#image = unscoped(() => empty([1, height, width, channels]));
    this.#step = recorded(() =>
      noGrad(() => network.forward(this.#image, { training: false }))
    );
  }

  /** Takes another image: bytes, 0 to 255. */
  write(pixels: Uint8Array): void {
    this.#image.write(Float32Array.from(pixels, (p) => p / 255));
  }

  /** Features and logits by the network as it is now. */
  outputs(): Promise<Outputs> {
    return readOutput(this.#step());
  }

  /** Frees its memory. */
  dispose(): void {
    this.#step.dispose();
    this.#image.dispose();
  }
}

async function readOutput({ features, logits }: Output): Promise<Outputs> {
  const [f, l] = await readAll([features, logits]) as Float32Array[];
  return { features: f, logits: l };
}
