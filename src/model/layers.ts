/** The layers networks are built of. */
import { checkMethods, onlyOptions } from "../base/choice.ts";
import { batchNorm } from "../ops/batch_norm.ts";
import { conv2d } from "../ops/conv2d.ts";
import { full, ones, zeros } from "../ops/fill.ts";
import { linear } from "../ops/linear.ts";
import { prelu } from "../ops/prelu.ts";
import { checkSetting } from "../tensor/setting.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkInitializer, type Initializer } from "./init.ts";
import {
  checkLayout,
  type Entry,
  isTraining,
  type Layer,
  type Mode,
  named,
  type TorchLayout,
} from "./layer.ts";
import { checkSizes, learned, trainable } from "./parameter.ts";

/** Sizes of a {@linkcode Conv2d}. */
export interface Conv2dSizes {
  /** Channels of the input. */
  in: number;
  /** Channels of the output. */
  out: number;
  /** Side of the square kernel. */
  kernel: number;
  /** Default: 1. */
  stride?: number;
  /** Rows and columns of zeros on each side. Default: 0. */
  padding?: number;
}

/** What may follow a convolution in its own kernel. */
export interface Epilogue {
  /** Added to the result: `[batch, outHeight, outWidth, out]`. */
  residual?: Tensor;
  /** The slope of a PReLU that follows: `[1]` or `[out]`. */
  prelu?: Tensor;
}

/**
 * A convolution with bias, of square kernels; {@linkcode conv2d} has its errors.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { Conv2d, ones, openGpu, zeros } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const layer = new Conv2d({ in: 1, out: 1, kernel: 3, padding: 1 }, { weight: ones, bias: zeros });
 * const y = layer.forward(ones([1, 3, 3, 1])); // how many pixels the kernel covers
 * assertEquals([...await y.read()], [4, 6, 4, 6, 9, 6, 4, 6, 4]);
 * ```
 */
export class Conv2d implements Layer {
  /** `[kernel, kernel, in, out]`. */
  readonly weight: Tensor;
  /** `[out]`. */
  readonly bias: Tensor;
  readonly #options: { stride: number; padding: number };

  /**
   * Draws the weights and the bias.
   *
   * @throws {TypeError} When a size is missing or none, or `init` is no initializer, or gives tensors of other shapes.
   */
  constructor(sizes: Conv2dSizes, init: Initializer) {
    const known = ["in", "out", "kernel", "stride", "padding"] as const;
    const given = onlyOptions("make Conv2d", sizes, known, "sizes");
    const { kernel, stride = 1, padding = 0 } = given;
    const act = "make Conv2d", { in: inputs, out } = given;
    checkSizes(act, { in: inputs, out, padding });
    checkSizes(act, { kernel, stride }, 1);
    checkInitializer(act, init);
    const pixels = kernel * kernel, fanIn = pixels * inputs;
    const shape = [kernel, kernel, inputs, out];
    this.#options = { stride, padding };
    this.weight = learned(act, "weight", shape, init.weight(shape, fanIn, pixels * out));
    this.bias = learned(act, "bias", [out], init.bias([out], fanIn));
  }

  /** Its tensors by name. */
  entries(): Entry[] {
    return [trainable("weight", this.weight, { kind: "conv" }), trainable("bias", this.bias)];
  }

  /** `[batch, height, width, in]` to `[batch, outHeight, outWidth, out]`; `then` follows in the same kernel. */
  forward(x: Tensor, _mode?: Mode, then: Epilogue = {}): Tensor {
    return conv2d(x, this.weight, this.bias, { ...this.#options, ...then });
  }
}

/** Sizes of a {@linkcode Linear}. */
export interface LinearSizes {
  /** Features of the input. */
  in: number;
  /** Features of the output. */
  out: number;
  /** Default: true. */
  bias?: boolean;
  /** The image its input is flattened from, if it is. */
  flattened?: { height: number; width: number; channels: number };
}

/**
 * A fully connected layer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { Linear, ones, openGpu, tensor, zeros } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const layer = new Linear({ in: 3, out: 2 }, { weight: ones, bias: zeros });
 * assertEquals([...await layer.forward(tensor([[1, 2, 3]])).read()], [6, 6]);
 * ```
 */
export class Linear implements Layer {
  /** `[in, out]`. */
  readonly weight: Tensor;
  /** `[out]`. */
  readonly bias: Tensor | undefined;
  /** As a last layer it parts classes along lines. */
  readonly linear = true;
  readonly #torch: TorchLayout;

  /**
   * Draws the weights and the bias.
   *
   * @throws {TypeError} When a size is missing or none, `flattened` is of another number of inputs, or `init` is no
   * initializer, or gives tensors of other shapes.
   */
  constructor(sizes: LinearSizes, init: Initializer) {
    const known = ["in", "out", "bias", "flattened"] as const;
    const given = onlyOptions("make Linear", sizes, known, "sizes");
    const { in: inputs, out, bias = true, flattened } = given;
    const act = "make Linear", shape = [inputs, out];
    checkSizes(act, { in: inputs, out });
    checkInitializer(act, init);
    this.#torch = { kind: "linear", flattened };
    checkLayout("weight", shape, this.#torch);
    this.weight = learned(act, "weight", shape, init.weight(shape, inputs, out));
    this.bias = bias ? learned(act, "bias", [out], init.bias([out], inputs)) : undefined;
  }

  /** Its tensors by name. */
  entries(): Entry[] {
    const weight = trainable("weight", this.weight, this.#torch);
    return this.bias ? [weight, trainable("bias", this.bias)] : [weight];
  }

  /** `[batch, in]` to `[batch, out]`. */
  forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }
}

/**
 * Batch normalization of the last axis, followed by a ReLU when `relu`. It has {@linkcode batchNorm}'s default momentum and eps.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { BatchNorm, openGpu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const layer = new BatchNorm(1), x = tensor([[1], [3]]); // mean 2, variance 1
 * assertAlmostEquals((await layer.forward(x, { training: true }).read())[1], 1, 1e-4);
 * assertAlmostEquals(await layer.runningMean.item(), 0.1 * 2, 1e-6);
 * ```
 */
export class BatchNorm implements Layer {
  /** The scale, `[channels]`; 1 at first. */
  readonly weight: Tensor;
  /** The shift, `[channels]`; 0 at first. */
  readonly bias: Tensor;
  /** Mean that evaluation uses, `[channels]`; 0 at first. */
  readonly runningMean: Tensor;
  /** Variance that evaluation uses, `[channels]`; 1 at first. */
  readonly runningVar: Tensor;
  readonly #relu: boolean;

  /** `relu` applies a ReLU in the same kernel. A number of channels that is none is a `TypeError`. */
  constructor(channels: number, options: { relu?: boolean } = {}) {
    const act = "make BatchNorm", shape = [channels];
    checkSizes(act, { channels });
    this.weight = learned(act, "weight", shape, ones(shape));
    this.bias = learned(act, "bias", shape, zeros(shape));
    this.runningMean = zeros([channels]);
    this.runningVar = ones([channels]);
    this.#relu = onlyOptions("make BatchNorm", options, ["relu"]).relu ?? false;
  }

  /** Its tensors by name. */
  entries(): Entry[] {
    const kept = { trainable: false, torch: { kind: "same" } as const };
    return [
      trainable("weight", this.weight),
      trainable("bias", this.bias),
      { name: "running_mean", tensor: this.runningMean, ...kept },
      { name: "running_var", tensor: this.runningVar, ...kept },
    ];
  }

  /** `[..., channels]`, normalized; in training it also moves the running statistics. */
  forward(x: Tensor, mode: Mode): Tensor {
    const training = isTraining("BatchNorm", mode);
    return batchNorm(x, this, { training, relu: this.#relu });
  }
}

/**
 * PReLU with one slope, one a channel or one an element, 0.25 at first as in PyTorch.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { openGpu, PRelu, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals([...await new PRelu().forward(tensor([[-4, 4]])).read()], [-1, 4]);
 * ```
 */
export class PRelu implements Layer {
  /** The slopes: `[1]`, `[channels]`, or of the shape of a sample. */
  readonly weight: Tensor;

  /** `slope`, a finite number, is the one to start from; `shape` is how many there are, or a sample's, for one an element. */
  constructor(slope = 0.25, shape: number | readonly number[] = 1) {
    const all = typeof shape === "number" ? [shape] : shape;
    checkSetting(
      `Cannot make PRelu with slope ${slope}:`,
      slope,
      "it must be finite",
      Number.isFinite,
    );
    this.weight = learned("make PRelu", "weight", all, full(all, slope));
  }

  /** Its tensors by name. */
  entries(): Entry[] {
    return [trainable("weight", this.weight)];
  }

  /** `x` where positive, the slope times `x` elsewhere. */
  forward(x: Tensor): Tensor {
    return prelu(x, this.weight);
  }
}

/**
 * Layers one after the other; a plain function is a layer without parameters.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { Linear, ones, openGpu, parametersOf, relu, Sequential, tensor, zeros } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const init = { weight: ones, bias: zeros };
 * const net = new Sequential(new Linear({ in: 2, out: 2 }, init), relu, new Linear({ in: 2, out: 1 }, init));
 * assertEquals([...parametersOf(net).keys()], ["0.weight", "0.bias", "2.weight", "2.bias"]);
 * assertEquals([...await net.forward(tensor([[1, 2], [-3, 1]])).read()], [6, 0]);
 * ```
 */
export class Sequential implements Layer {
  readonly #layers: readonly (Layer | ((x: Tensor) => Tensor))[];

  /**
   * In the order in which they are applied.
   *
   * @throws {TypeError} For what is neither a layer nor a function.
   */
  constructor(...layers: (Layer | ((x: Tensor) => Tensor))[]) {
    layers.forEach((layer, i) => {
      if (typeof layer === "function") return;
      const wish = "layers and functions one after the other, new Sequential(...layers)";
      checkMethods("make Sequential", `layer ${i}`, layer, ["forward", "entries"], wish);
    });
    this.#layers = layers;
  }

  /** The layers' tensors, under their places: `0.weight`, `0.bias`, `2.weight`, ... */
  entries(): Entry[] {
    return named(Object.fromEntries(
      this.#layers.map((layer, i) => [i, typeof layer === "function" ? undefined : layer]),
    ));
  }

  /** What the last layer makes of it; in training mode without `mode`. */
  forward(x: Tensor, mode: Mode = { training: true }): Tensor {
    return this.#layers.reduce(
      (y, layer) => typeof layer === "function" ? layer(y) : layer.forward(y, mode),
      x,
    );
  }
}
