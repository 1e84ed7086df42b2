/** Layers without parameters. */
import { onlyOptions } from "../base/choice.ts";
import { checkDropout, dropout } from "../ops/dropout.ts";
import { reshape } from "../ops/layout.ts";
import { maxPool2d, type MaxPool2dOptions } from "../ops/max_pool2d.ts";
import { show } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { unscoped } from "../tensor/scope.ts";
import { type Entry, isTraining, type Layer, type Mode } from "./layer.ts";

/**
 * Each sample as one row: `[batch, ...]` to `[batch, features]`. Between a convolution and a {@linkcode Linear} that gives
 * its sizes as `flattened`, so that checkpoints fit PyTorch's order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { Flatten, ones, openGpu } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals(new Flatten().forward(ones([2, 3, 3, 4])).shape, [2, 36]);
 * ```
 */
export class Flatten implements Layer {
  /** None. */
  entries(): Entry[] {
    return [];
  }

  /**
   * `[batch, ...]` to `[batch, features]`.
   *
   * @throws {TypeError} For a scalar.
   */
  forward(x: Tensor): Tensor {
    if (x.shape.length === 0) {
      throw new TypeError(`Cannot flatten ${show(x.shape)}: it has no batch axis`);
    }
    return reshape(x, [x.shape[0], x.shape.slice(1).reduce((a, b) => a * b, 1)]);
  }
}

/**
 * Max pooling as a layer, with the options of {@linkcode maxPool2d}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { MaxPool, ones, openGpu } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * assertEquals(new MaxPool({ kernel: 2 }).forward(ones([1, 8, 6, 3])).shape, [1, 4, 3, 3]);
 * ```
 */
export class MaxPool implements Layer {
  readonly #options: MaxPool2dOptions;

  /** Windows of 2 without options. */
  constructor(options: MaxPool2dOptions = {}) {
    this.#options = { ...onlyOptions("make MaxPool", options, ["kernel", "stride", "padding"]) };
  }

  /** None. */
  entries(): Entry[] {
    return [];
  }

  /** `[batch, height, width, channels]` to `[batch, outHeight, outWidth, channels]`. */
  forward(x: Tensor): Tensor {
    return maxPool2d(x, this.#options);
  }
}

/**
 * {@linkcode dropout} in training, nothing in evaluation. Masks are counted by the layer, on the GPU: a recorded step draws
 * another in each replay, and the same network and seeds draw the same ones. The count is in no checkpoint.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { Dropout, ones, openGpu } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const layer = new Dropout({ p: 0.5, seed: 1 });
 * const x = ones([1, 64]);
 * assertEquals(new Set(await layer.forward(x, { training: true }).read()), new Set([0, 2]));
 * assertEquals(new Set(await layer.forward(x, { training: false }).read()), new Set([1]));
 * ```
 */
export class Dropout implements Layer {
  /** How many masks were drawn, `[1]`, `i32`. */
  readonly draws: Tensor;
  readonly #options: { p: number; seed: number };

  /**
   * Starts at the first mask.
   *
   * @param options `p` is the probability that an element is dropped; each layer of a network has a `seed` of its own.
   * @throws {RangeError} When `p` is not from 0 to below 1, or `seed` no whole number from 0 to below 2^32.
   */
  constructor(options: { p: number; seed: number }) {
    const { p, seed } = onlyOptions("make Dropout", options, ["p", "seed"]);
    checkDropout(p, seed);
    this.#options = { p, seed };
    this.draws = unscoped(() => tensor([0], { dtype: "i32" }));
  }

  /** None. */
  entries(): Entry[] {
    return [];
  }

  /** `x` with elements dropped in training, `x` itself in evaluation. */
  forward(x: Tensor, mode: Mode): Tensor {
    return isTraining("Dropout", mode) ? dropout(x, { ...this.#options, draws: this.draws }) : x;
  }
}
