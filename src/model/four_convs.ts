/** The network of machineCYC/SideProjects, 01-CenterLossVisualization, as its final version builds it in Keras. */
import { reshape } from "../ops/layout.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Head } from "./heads.ts";
import type { Initializer } from "./init.ts";
import { type Entry, type Mode, named } from "./layer.ts";
import { Conv2d, Linear, PRelu } from "./layers.ts";
import { headOf, type Network, type NetworkSizes, type Output, scaled } from "./network.ts";

const CONVS = [
  { width: 32, kernel: 5 },
  { width: 32, kernel: 5 },
  { width: 64, kernel: 3 },
  { width: 64, kernel: 3 },
];
/** Rows and columns that the convolutions take away. */
const LOST = CONVS.reduce((sum, { kernel }) => sum + kernel - 1, 0);

/** Keras starts all slopes at 0. */
const SLOPE = 0;

/**
 * Four convolutions of 5x5, 5x5, 3x3 and 3x3 pixels without padding, pooling or batch norm, each with a PReLU that has a slope
 * an element, then `fc1` to the features, which come out of such a PReLU, too.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { FourConvs, ones, openGpu, Random, xavierUniform } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const init = xavierUniform(new Random(1, "weights"), { magnitude: 3, fan: "average" });
 * const sizes = { height: 14, width: 14, channels: 1, featureDim: 2, classes: 10, widthFactor: 1 / 32 };
 * const { features, logits } = new FourConvs(sizes, init).forward(ones([3, 14, 14, 1]));
 * assertEquals([features.shape, logits.shape], [[3, 2], [3, 10]]);
 * ```
 */
export class FourConvs implements Network {
  readonly #convs: { conv: Conv2d; prelu: PRelu }[] = [];
  readonly #fc1: Linear;
  readonly #preluFc1: PRelu;
  /** The last layer, `fc2`. */
  readonly head: Head;

  /**
   * Draws all weights.
   *
   * @throws {RangeError} When sides of images are below 13 pixels, or a width is no whole number.
   */
  constructor(sizes: NetworkSizes, init: Initializer) {
    const { height, width, widthFactor, featureDim } = sizes;
    if (height <= LOST || width <= LOST) {
      throw new RangeError(
        `Cannot build FourConvs for images of ${height}x${width}: its convolutions take ${LOST} rows and columns away`,
      );
    }
    let lost = 0, channels = sizes.channels;
    for (const { width: base, kernel } of CONVS) {
      const out = scaled(base, widthFactor);
      lost += kernel - 1;
      this.#convs.push({
        conv: new Conv2d({ in: channels, out, kernel }, init),
        prelu: new PRelu(SLOPE, [height - lost, width - lost, out]),
      });
      channels = out;
    }
    const flattened = { height: height - LOST, width: width - LOST, channels };
    const flat = flattened.height * flattened.width * channels;
    this.#fc1 = new Linear({ in: flat, out: featureDim, flattened }, init);
    this.#preluFc1 = new PRelu(SLOPE, featureDim);
    this.head = headOf(sizes, init);
  }

  /** Its tensors by name. */
  entries(): Entry[] {
    const convs = this.#convs.flatMap(({ conv, prelu }, i) => [
      [`conv${i + 1}`, conv],
      [`prelu${i + 1}`, prelu],
    ]);
    return named({
      ...Object.fromEntries(convs),
      fc1: this.#fc1,
      prelu_fc1: this.#preluFc1,
      fc2: this.head,
    });
  }

  /** Features and logits of `[batch, height, width, channels]`. */
  forward(x: Tensor, _mode?: Mode): Output {
    const y = this.#convs.reduce((y, { conv, prelu }) => prelu.forward(conv.forward(y)), x);
    const features = this.#preluFc1.forward(this.#fc1.forward(reshape(y, [y.shape[0], -1])));
    return { features, logits: this.logitsOf(features) };
  }

  /** Logits of features. */
  logitsOf(features: Tensor): Tensor {
    return this.head.forward(features);
  }
}
