/** LeNet++ (Wen et al., ECCV 2016, table 1), as in KaiyangZhou/pytorch-center-loss. */
import { reshape } from "../ops/layout.ts";
import { maxPool2d } from "../ops/max_pool2d.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Initializer } from "./init.ts";
import { type Entry, type Mode, named } from "./layer.ts";
import { Conv2d, Linear, PRelu } from "./layers.ts";
import { type Network, type NetworkSizes, type Output, scaled } from "./network.ts";

const WIDTHS = [32, 64, 128];

/** Three pairs of 5x5 convolutions, each with a PReLU and each pair with a 2x2 pool, then `fc1` to the features. */
export class LeNetPlusPlus implements Network {
  readonly #convs: { name: string; conv: Conv2d; prelu: PRelu }[] = [];
  readonly #fc1: Linear;
  readonly #preluFc1 = new PRelu();
  readonly #fc2: Linear;

  /** Draws all weights; images are pooled three times, so their sides are 8 pixels or more. */
  constructor(sizes: NetworkSizes, init: Initializer) {
    let channels = sizes.channels;
    WIDTHS.map((width) => scaled(width, sizes.widthFactor)).forEach((out, pair) => {
      for (const half of [1, 2]) {
        const conv = new Conv2d({ in: channels, out, kernel: 5, padding: 2 }, init);
        this.#convs.push({ name: `${pair + 1}_${half}`, conv, prelu: new PRelu() });
        channels = out;
      }
    });
    const height = sizes.height >> 3, width = sizes.width >> 3;
    this.#fc1 = new Linear({
      in: channels * height * width,
      out: sizes.featureDim,
      flattened: { height, width, channels },
    }, init);
    this.#fc2 = new Linear({ in: sizes.featureDim, out: sizes.classes }, init);
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
      fc2: this.#fc2,
    });
  }

  /** Features and logits of `[batch, height, width, channels]`. */
  forward(x: Tensor, mode: Mode): Output {
    let y = x;
    this.#convs.forEach(({ conv, prelu }, i) => {
      y = conv.forward(y, mode, { prelu: prelu.weight });
      if (i % 2 === 1) y = maxPool2d(y);
    });
    const flat = reshape(y, [y.shape[0], -1]);
    const features = this.#preluFc1.forward(this.#fc1.forward(flat));
    return { features, logits: this.#fc2.forward(features) };
  }
}
