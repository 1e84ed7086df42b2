/** How the weights of a layer are drawn. */
import { checkChoice, checkMethods, onlyOptions } from "../base/choice.ts";
import { sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { tensor } from "../tensor/make_tensor.ts";
import type { Random } from "./random.ts";

/** Draws a layer's weights and bias. */
export interface Initializer {
  /** Weights of a shape, for outputs that each sum over `fanIn` inputs, and inputs that each go to `fanOut` outputs. */
  weight(shape: readonly number[], fanIn: number, fanOut: number): Tensor;
  /** The bias that goes with them. */
  bias(shape: readonly number[], fanIn: number): Tensor;
}

/**
 * Refuses what draws no weights.
 *
 * @param act What they are for: "make Linear".
 * @throws {TypeError}
 */
export function checkInitializer(act: string, init: Initializer): void {
  const wish = 'an initializer, such as kaimingNormal(new Random(1, "weights"))';
  checkMethods(act, "init", init, ["weight", "bias"], wish);
}

function checkRandom(random: Random): void {
  const wish = 'a stream of random numbers, such as new Random(1, "weights")';
  checkMethods("draw numbers", "random", random, ["normal", "uniform"], wish);
}

function drawn(shape: readonly number[], draw: () => number): Tensor {
  const values = Float32Array.from({ length: sizeOf(shape) }, draw);
  return tensor(values, { shape, requiresGrad: true });
}

/**
 * Weights N(0, 2 / fanIn), biases 0 (He et al. 2015; PyTorch's `kaiming_normal_` with fan in and gain sqrt 2).
 *
 * @throws {TypeError} When `random` is no stream of random numbers.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { kaimingNormal, mean, openGpu, Random, square } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const weight = kaimingNormal(new Random(1, "weights")).weight([8, 1000], 8, 1000);
 * assertAlmostEquals(await mean(square(weight)).item(), 2 / 8, 0.01);
 * ```
 */
export function kaimingNormal(random: Random): Initializer {
  checkRandom(random);
  return {
    weight: (shape, fanIn) => drawn(shape, () => random.normal() * Math.sqrt(2 / fanIn)),
    bias: (shape) => drawn(shape, () => 0),
  };
}

/**
 * Weights and biases uniform in +-1 / sqrt(fanIn): the default of PyTorch's layers. Biases of a layer without inputs are 0.
 *
 * @throws {TypeError} When `random` is no stream of random numbers.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { abs, Linear, max, openGpu, Random, torchDefault } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const layer = new Linear({ in: 100, out: 50 }, torchDefault(new Random(1, "weights")));
 * assertAlmostEquals(await max(abs(layer.weight)).item(), 1 / 10, 1e-4);
 * ```
 */
export function torchDefault(random: Random): Initializer {
  checkRandom(random);
  const draw = (fanIn: number) => () => (2 * random.uniform() - 1) / Math.sqrt(fanIn || Infinity);
  return {
    weight: (shape, fanIn) => drawn(shape, draw(fanIn)),
    bias: (shape, fanIn) => drawn(shape, draw(fanIn)),
  };
}

/** Options of {@linkcode xavierUniform}. */
export interface XavierOptions {
  /** 3 gives outputs the variance of the inputs (Glorot and Bengio 2010, Eq. 16, with their mean fan). */
  magnitude: number;
  /** What the magnitude is divided by: only inputs, as Caffe does, or the mean of inputs and outputs, as MXNet does. */
  fan: "in" | "average";
}

/**
 * Weights uniform in +-sqrt(magnitude / fan), biases 0 (after Glorot and Bengio, AISTATS 2010; MXNet's and Caffe's form).
 *
 * @throws {TypeError} When `random` is no stream of random numbers, or for an option of another name.
 * @throws {RangeError} When `magnitude` is no positive number, or `fan` is unknown.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { abs, Linear, max, openGpu, Random, xavierUniform } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const init = xavierUniform(new Random(1, "weights"), { magnitude: 3, fan: "average" });
 * const layer = new Linear({ in: 100, out: 50 }, init); // a mean fan of 75
 * assertAlmostEquals(await max(abs(layer.weight)).item(), Math.sqrt(3 / 75), 1e-3);
 * ```
 */
export function xavierUniform(random: Random, options: XavierOptions): Initializer {
  const act = "draw weights by xavier-uniform";
  checkRandom(random);
  const { magnitude, fan } = onlyOptions(act, options, ["magnitude", "fan"]);
  if (!(magnitude > 0 && magnitude < Infinity)) {
    throw new RangeError(`Cannot ${act}: magnitude is ${magnitude}; it must be positive`);
  }
  checkChoice(act, "fan", fan, ["in", "average"]);
  return {
    weight: (shape, fanIn, fanOut) => {
      const bound = Math.sqrt(magnitude / (fan === "in" ? fanIn : (fanIn + fanOut) / 2));
      return drawn(shape, () => (2 * random.uniform() - 1) * bound);
    },
    bias: (shape) => drawn(shape, () => 0),
  };
}

/** An initializer in a recipe. */
export type InitRecipe =
  | { kind: "kaiming-normal" }
  | { kind: "torch-default" }
  | ({ kind: "xavier-uniform" } & XavierOptions);

const KINDS: readonly InitRecipe["kind"][] = ["kaiming-normal", "torch-default", "xavier-uniform"];

/**
 * The initializer of a recipe.
 *
 * @throws {TypeError} When `random` is no stream of random numbers.
 * @throws {RangeError} For an unknown kind, or a setting out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { initializerOf, Linear, openGpu, Random, torchDefault } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const random = () => new Random(1, "weights"), sizes = { in: 3, out: 2 };
 * const layer = new Linear(sizes, initializerOf({ kind: "torch-default" }, random()));
 * assertEquals(await layer.weight.read(), await new Linear(sizes, torchDefault(random())).weight.read());
 * ```
 */
export function initializerOf(recipe: InitRecipe, random: Random): Initializer {
  checkChoice("draw weights", "init.kind", recipe?.kind, KINDS);
  switch (recipe.kind) {
    case "kaiming-normal":
      return kaimingNormal(random);
    case "torch-default":
      return torchDefault(random);
    case "xavier-uniform":
      return xavierUniform(random, { magnitude: recipe.magnitude, fan: recipe.fan });
  }
}

/**
 * Centers N(0, 1), to be trained.
 *
 * @returns `[classes, dim]`.
 * @throws {TypeError} When `random` is no stream of random numbers, or a number is no length.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { mean, normalCenters, openGpu, Random, square } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const centers = normalCenters(1000, 2, new Random(1, "centers"));
 * assertEquals(centers.shape, [1000, 2]);
 * assertAlmostEquals(await mean(square(centers)).item(), 1, 0.1);
 * ```
 */
export function normalCenters(classes: number, dim: number, random: Random): Tensor {
  checkRandom(random);
  return drawn([classes, dim], () => random.normal());
}

/**
 * Centers uniform in +-`bound`, to be trained; Keras's `Embedding` starts within 0.05.
 *
 * @returns `[classes, dim]`.
 * @throws {TypeError} When `random` is no stream of random numbers, or a number is no length.
 * @throws {RangeError} When `bound` is no positive number.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { abs, max, openGpu, Random, uniformCenters } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const centers = uniformCenters(1000, 2, new Random(1, "centers"), 0.05);
 * assertAlmostEquals(await max(abs(centers)).item(), 0.05, 1e-3);
 * ```
 */
export function uniformCenters(
  classes: number,
  dim: number,
  random: Random,
  bound: number,
): Tensor {
  checkRandom(random);
  if (!(bound > 0 && bound < Infinity)) {
    throw new RangeError(`Cannot draw centers: the bound is ${bound}; it must be positive`);
  }
  return drawn([classes, dim], () => (2 * random.uniform() - 1) * bound);
}
