/** LeNet++ (Wen et al., ECCV 2016, table 1), as its published variants build it. */
import { checkChoice } from "../base/choice.ts";
import { reshape } from "../ops/layout.ts";
import { full } from "../ops/fill.ts";
import { maxPool2d } from "../ops/max_pool2d.ts";
import { leakyRelu } from "../ops/unary.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Head } from "./heads.ts";
import type { Initializer } from "./init.ts";
import { type Entry, type Mode, named } from "./layer.ts";
import { Conv2d, Linear, PRelu } from "./layers.ts";
import { headOf, type Network, type NetworkSizes, type Output, scaled } from "./network.ts";

/** In what the published variants of LeNet++ differ. */
export interface LeNetPlusPlusVariant {
  /**
   * After each convolution: a PReLU with one learned slope, 0.25 at first, or one a channel; or a leaky ReLU with a fixed
   * slope.
   */
  activation: { kind: "prelu"; perChannel?: boolean } | { kind: "leaky"; slope: number };
  /** Whether the features' layer has a bias. Default: true. */
  featureBias?: boolean;
  /** Whether the same follows the features' layer; features are what comes out of it. */
  featureActivation: boolean;
  /** Whether the logits have a bias. */
  outputBias: boolean;
  /** Side and stride of the last max pool, without padding. */
  lastPool: { kernel: number; stride: number };
}

/** KaiyangZhou/pytorch-center-loss: what `lenetpp` without a variant means. */
export const LENETPP: LeNetPlusPlusVariant = {
  activation: { kind: "prelu" },
  featureActivation: true,
  outputBias: true,
  lastPool: { kernel: 2, stride: 2 },
};

const WIDTHS = [32, 64, 128];

/**
 * LeNet++ (Wen et al., ECCV 2016, table 1): three pairs of 5x5 convolutions, each with its activation and each pair with a max
 * pool, then `fc1` to the features.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { kaimingNormal, LeNetPlusPlus, openGpu, parametersOf, Random } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const sizes = { height: 28, width: 28, channels: 1, featureDim: 2, classes: 10, widthFactor: 1 / 32 };
 * const parameters = parametersOf(new LeNetPlusPlus(sizes, kaimingNormal(new Random(1, "weights"))));
 * assertEquals(parameters.get("conv2_1.weight")!.shape, [5, 5, 32 / 32, 64 / 32]);
 * assertEquals(parameters.get("fc1.weight")!.shape, [3 * 3 * 128 / 32, 2]); // 28 pixels are pooled to 14, 7 and 3
 * ```
 */
export class LeNetPlusPlus implements Network {
  readonly #convs: { name: string; conv: Conv2d; prelu: PRelu | undefined }[] = [];
  readonly #fc1: Linear;
  readonly #preluFc1: PRelu | undefined;
  /** The last layer, `fc2`. */
  readonly head: Head;
  readonly #variant: LeNetPlusPlusVariant;

  /**
   * Draws all weights. Images are pooled by 2, by 2 and by `lastPool`, so their sides are four times its kernel or more.
   *
   * @throws {RangeError} When images are too small, a width is no whole number, `lastPool` has a number that is no whole one from
   * 1, or the activation is unknown.
   */
  constructor(
    sizes: NetworkSizes,
    init: Initializer,
    variant: LeNetPlusPlusVariant = LENETPP,
  ) {
    this.#variant = variant;
    const { activation, featureBias, featureActivation, outputBias, lastPool } = variant;
    checkChoice("build LeNet++", "activation.kind", activation?.kind, ["prelu", "leaky"]);
    const learned = activation.kind === "prelu";
    const slopes = (channels: number) => learned && activation.perChannel ? channels : 1;
    let channels = sizes.channels;
    WIDTHS.map((width) => scaled(width, sizes.widthFactor)).forEach((out, pair) => {
      for (const half of [1, 2]) {
        const conv = new Conv2d({ in: channels, out, kernel: 5, padding: 2 }, init);
        const prelu = learned ? new PRelu(0.25, slopes(out)) : undefined;
        this.#convs.push({ name: `${pair + 1}_${half}`, conv, prelu });
        channels = out;
      }
    });
    const [height, width] = [sizes.height, sizes.width].map((side) => pooled(side, lastPool));
    if (height < 1 || width < 1) {
      throw new RangeError(
        `Cannot build LeNet++ for images of ${sizes.height}x${sizes.width}: after three pools nothing is left of them`,
      );
    }
    this.#fc1 = new Linear({
      in: channels * height * width,
      out: sizes.featureDim,
      bias: featureBias,
      flattened: { height, width, channels },
    }, init);
    this.#preluFc1 = learned && featureActivation
      ? new PRelu(0.25, slopes(sizes.featureDim))
      : undefined;
    this.head = headOf(sizes, init, outputBias);
  }

  /** Its tensors, by the names of the reference network. */
  entries(): Entry[] {
    const convs = this.#convs.flatMap(({ name, conv, prelu }) => [
      [`conv${name}`, conv],
      [`prelu${name}`, prelu],
    ]);
    return named({
      ...Object.fromEntries(convs),
      fc1: this.#fc1,
      prelu_fc1: this.#preluFc1,
      fc2: this.head,
    });
  }

  /** Features and logits of `[batch, height, width, channels]`. */
  forward(x: Tensor, mode: Mode): Output {
    const last = this.#convs.length - 1, { activation } = this.#variant;
    // A slope that is not learned is a tensor all the same, since the convolution's kernel takes either. The network has
    // no place for one that is no entry, so each pass makes its own.
    const fixed = activation.kind === "leaky" ? full([1], activation.slope) : undefined;
    let y = x;
    this.#convs.forEach(({ conv, prelu }, i) => {
      y = conv.forward(y, mode, { prelu: prelu?.weight ?? fixed });
      if (i % 2 === 1) y = maxPool2d(y, i === last ? this.#variant.lastPool : {});
    });
    const flat = reshape(y, [y.shape[0], -1]);
    const features = this.#activated(this.#fc1.forward(flat));
    return { features, logits: this.logitsOf(features) };
  }

  /** Logits of features. */
  logitsOf(features: Tensor): Tensor {
    return this.head.forward(features);
  }

  #activated(features: Tensor): Tensor {
    const { activation, featureActivation } = this.#variant;
    if (!featureActivation) return features;
    return activation.kind === "prelu"
      ? this.#preluFc1!.forward(features)
      : leakyRelu(features, { slope: activation.slope });
  }
}

/** A side after two pools of 2 and the last one. */
function pooled(side: number, { kernel, stride }: LeNetPlusPlusVariant["lastPool"]): number {
  if (![kernel, stride].every((n) => Number.isInteger(n) && n >= 1)) {
    throw new RangeError(
      `Cannot build LeNet++ with a last pool of kernel ${kernel} and stride ${stride}: both are whole numbers from 1`,
    );
  }
  return Math.floor(((side >> 2) - kernel) / stride) + 1;
}
