/** The layers networks are built of. */
import { batchNorm } from "../ops/batch_norm.ts";
import { conv2d } from "../ops/conv2d.ts";
import { full, ones, zeros } from "../ops/fill.ts";
import { linear } from "../ops/linear.ts";
import { prelu } from "../ops/prelu.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Initializer } from "./init.ts";
import { type Entry, type Layer, type Mode, named, type TorchLayout } from "./layer.ts";

function trainable(name: string, tensor: Tensor, torch: TorchLayout = { kind: "same" }): Entry {
  tensor.requiresGrad = true;
  return { name, tensor, trainable: true, torch };
}

/** Sizes of a {@linkcode Conv2d}. */
export interface Conv2dSizes {
  in: number;
  out: number;
  kernel: number;
  stride?: number;
  padding?: number;
}

/** A convolution with bias. */
export class Conv2d implements Layer {
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly #options: { stride: number; padding: number };

  constructor(sizes: Conv2dSizes, init: Initializer) {
    const { kernel, stride = 1, padding = 0 } = sizes;
    const fanIn = kernel * kernel * sizes.in;
    this.#options = { stride, padding };
    this.weight = init.weight([kernel, kernel, sizes.in, sizes.out], fanIn);
    this.bias = init.bias([sizes.out], fanIn);
  }

  entries(): Entry[] {
    return [trainable("weight", this.weight, { kind: "conv" }), trainable("bias", this.bias)];
  }

  forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, this.bias, this.#options);
  }
}

/** Sizes of a {@linkcode Linear}. */
export interface LinearSizes {
  in: number;
  out: number;
  /** False leaves the bias out. */
  bias?: boolean;
  /** The image its input is flattened from, if it is. */
  flattened?: { height: number; width: number; channels: number };
}

/** A fully connected layer. */
export class Linear implements Layer {
  readonly weight: Tensor;
  readonly bias: Tensor | undefined;
  readonly #torch: TorchLayout;

  constructor(sizes: LinearSizes, init: Initializer) {
    this.weight = init.weight([sizes.in, sizes.out], sizes.in);
    this.bias = sizes.bias === false ? undefined : init.bias([sizes.out], sizes.in);
    this.#torch = { kind: "linear", flattened: sizes.flattened };
  }

  entries(): Entry[] {
    const weight = trainable("weight", this.weight, this.#torch);
    return this.bias ? [weight, trainable("bias", this.bias)] : [weight];
  }

  forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }
}

/** Batch normalisation of the last axis, followed by a ReLU when `relu`. */
export class BatchNorm implements Layer {
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly runningMean: Tensor;
  readonly runningVar: Tensor;
  readonly #relu: boolean;

  constructor(channels: number, options: { relu?: boolean } = {}) {
    this.weight = ones([channels]);
    this.bias = zeros([channels]);
    this.runningMean = zeros([channels]);
    this.runningVar = ones([channels]);
    this.#relu = options.relu ?? false;
  }

  entries(): Entry[] {
    const kept = { trainable: false, torch: { kind: "same" } as const };
    return [
      trainable("weight", this.weight),
      trainable("bias", this.bias),
      { name: "running_mean", tensor: this.runningMean, ...kept },
      { name: "running_var", tensor: this.runningVar, ...kept },
    ];
  }

  forward(x: Tensor, { training }: Mode): Tensor {
    return batchNorm(x, this, { training, relu: this.#relu });
  }
}

/** PReLU with one slope, 0.25 at first as in PyTorch. */
export class PRelu implements Layer {
  readonly weight: Tensor;

  constructor(slope = 0.25) {
    this.weight = full([1], slope);
  }

  entries(): Entry[] {
    return [trainable("weight", this.weight)];
  }

  forward(x: Tensor): Tensor {
    return prelu(x, this.weight);
  }
}

/** Layers one after the other; a plain function is a layer without parameters. */
export class Sequential implements Layer {
  readonly #layers: readonly (Layer | ((x: Tensor) => Tensor))[];

  constructor(...layers: (Layer | ((x: Tensor) => Tensor))[]) {
    this.#layers = layers;
  }

  entries(): Entry[] {
    return named(Object.fromEntries(
      this.#layers.map((layer, i) => [i, typeof layer === "function" ? undefined : layer]),
    ));
  }

  forward(x: Tensor, mode: Mode = { training: true }): Tensor {
    return this.#layers.reduce(
      (y, layer) => typeof layer === "function" ? layer(y) : layer.forward(y, mode),
      x,
    );
  }
}
