/** An image that a visitor drew, through a network in training. */
import type { ImageSet } from "../../src/dataset/image_set.ts";
import type { Network, Output } from "../../src/model/network.ts";
import { type Recorded, recorded } from "../../src/tensor/recorded.ts";
import { unscoped } from "../../src/tensor/scope.ts";
import { noGrad } from "../../src/tensor/tape.ts";
import { empty, readAll, type Tensor } from "../../src/tensor/tensor.ts";

/** Sends one image through a network, again and again while it trains. */
export class OneImage {
  readonly #image: Tensor;
  readonly #step: Recorded<Output>;

  constructor(network: Network, { height, width, channels }: ImageSet) {
    this.#image = unscoped(() => empty([1, height, width, channels]));
    this.#step = recorded(() => noGrad(() => network.forward(this.#image, { training: false })));
  }

  /** Its features and logits by the network as it is now; pixels are bytes. */
  async outputs(pixels: Uint8Array): Promise<{ features: Float32Array; logits: Float32Array }> {
    this.#image.write(Float32Array.from(pixels, (p) => p / 255));
    const { features, logits } = this.#step();
    const [f, l] = await readAll([features, logits]) as Float32Array[];
    return { features: f, logits: l };
  }

  /** Frees its memory. */
  dispose(): void {
    this.#step.dispose();
    this.#image.dispose();
  }
}
