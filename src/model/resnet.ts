/** The pre-activation ResNet of mo-vic/standalone-center-loss (after He et al., "Identity Mappings", ECCV 2016). */
import { globalAvgPool2d } from "../ops/global_avg_pool2d.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Initializer } from "./init.ts";
import { type Entry, type Mode, named } from "./layer.ts";
import { BatchNorm, Conv2d, Linear } from "./layers.ts";
import type { Head } from "./heads.ts";
import { headOf, type Network, type NetworkSizes, type Output, scaled } from "./network.ts";

/** `o = relu(bn1(x))`, `z = conv2(relu(bn2(conv1(o))))`, plus `skip_conv(o)` where the size changes, else plus `x`. */
class Block {
  readonly #bn1: BatchNorm;
  readonly #conv1: Conv2d;
  readonly #bn2: BatchNorm;
  readonly #conv2: Conv2d;
  readonly #skip: Conv2d | undefined;

  constructor(channels: number, out: number, stride: number, init: Initializer) {
    this.#bn1 = new BatchNorm(channels, { relu: true });
    this.#conv1 = new Conv2d({ in: channels, out, kernel: 3, stride, padding: 1 }, init);
    this.#bn2 = new BatchNorm(out, { relu: true });
    this.#conv2 = new Conv2d({ in: out, out, kernel: 3, padding: 1 }, init);
    this.#skip = channels !== out || stride !== 1
      ? new Conv2d({ in: channels, out, kernel: 1, stride }, init)
      : undefined;
  }

  entries(): Entry[] {
    return named({
      bn1: this.#bn1,
      conv1: this.#conv1,
      bn2: this.#bn2,
      conv2: this.#conv2,
      skip_conv: this.#skip,
    });
  }

  forward(x: Tensor, mode: Mode): Tensor {
    const o = this.#bn1.forward(x, mode);
    const residual = this.#skip ? this.#skip.forward(o) : x;
    const z = this.#bn2.forward(this.#conv1.forward(o), mode);
    return this.#conv2.forward(z, mode, { residual });
  }
}

const WIDTHS = [32, 32, 64, 64, 128];
const STRIDES = [1, 2, 1, 2, 1];
const STEM = 16;

/**
 * The pre-activation ResNet of mo-vic/standalone-center-loss (after He et al., "Identity Mappings", ECCV 2016): a 3x3
 * convolution to 16 channels, whatever `widthFactor` is; five groups of a block each, or `blocks` of them; batch norm, ReLU and a
 * global average; then `fc1` to the features. The first block of each group changes the number of channels (groups 1, 3 and 5)
 * or halves the sides (groups 2 and 4).
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { kaimingNormal, openGpu, parametersOf, Random, ResNet } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const sizes = { height: 28, width: 28, channels: 1, featureDim: 2, classes: 10, widthFactor: 1 / 32 };
 * const net = new ResNet({ ...sizes, blocks: 2 }, kaimingNormal(new Random(1, "weights")));
 * const parameters = parametersOf(net);
 * assertEquals(parameters.get("conv1.weight")!.shape, [3, 3, 1, 16]);
 * assertEquals(parameters.get("group5.1.conv2.weight")!.shape, [3, 3, 128 / 32, 128 / 32]);
 * ```
 */
export class ResNet implements Network {
  readonly #conv1: Conv2d;
  /** By the names of the reference network: `group1.0`, then `group1.1` where there are more. */
  readonly #blocks = new Map<string, Block>();
  readonly #bn: BatchNorm;
  readonly #fc1: Linear;
  /** The last layer, `fc2`. */
  readonly head: Head;

  /**
   * Draws all weights.
   *
   * @throws {RangeError} When sides of images are below 3 pixels, or a width or `blocks` is no whole number from 1.
   */
  constructor(sizes: NetworkSizes, init: Initializer) {
    const { height, width, channels, widthFactor, blocks = 1, featureDim } = sizes;
    if (height < 3 || width < 3) {
      throw new RangeError(
        `Cannot build ResNet for images of ${height}x${width}: its first convolution is of 3x3 pixels`,
      );
    }
    if (!Number.isInteger(blocks) || blocks < 1) {
      throw new RangeError(
        `Cannot build ResNet of ${blocks} blocks a group: it must be a whole number from 1`,
      );
    }
    const widths = WIDTHS.map((width) => scaled(width, widthFactor));
    const last = widths[widths.length - 1];
    this.#conv1 = new Conv2d({ in: channels, out: STEM, kernel: 3 }, init);
    widths.forEach((out, i) => {
      for (let n = 0; n < blocks; n++) {
        const block = n === 0
          ? new Block(widths[i - 1] ?? STEM, out, STRIDES[i], init)
          : new Block(out, out, 1, init);
        this.#blocks.set(`group${i + 1}.${n}`, block);
      }
    });
    this.#bn = new BatchNorm(last, { relu: true });
    this.#fc1 = new Linear({ in: last, out: featureDim }, init);
    this.head = headOf(sizes, init);
  }

  /** Its tensors, by the names of the reference network. */
  entries(): Entry[] {
    return named({
      conv1: this.#conv1,
      ...Object.fromEntries(this.#blocks),
      bn: this.#bn,
      fc1: this.#fc1,
      fc2: this.head,
    });
  }

  /** Features and logits of `[batch, height, width, channels]`. */
  forward(x: Tensor, mode: Mode): Output {
    let y = this.#conv1.forward(x);
    for (const block of this.#blocks.values()) y = block.forward(y, mode);
    const pooled = globalAvgPool2d(this.#bn.forward(y, mode));
    const features = this.#fc1.forward(pooled);
    return { features, logits: this.logitsOf(features) };
  }

  /** Logits of features. */
  logitsOf(features: Tensor): Tensor {
    return this.head.forward(features);
  }
}
