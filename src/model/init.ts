/** How the weights of a layer are drawn. */
import { sizeOf } from "../tensor/shape.ts";
import { type Tensor, tensor } from "../tensor/tensor.ts";
import type { Random } from "./random.ts";

/** Draws a layer's weights and bias. */
export interface Initializer {
  /** Weights of a shape, for outputs that each sum over `fanIn` inputs. */
  weight(shape: readonly number[], fanIn: number): Tensor;
  /** The bias that goes with them. */
  bias(shape: readonly number[], fanIn: number): Tensor;
}

function drawn(shape: readonly number[], draw: () => number): Tensor {
  const values = Float32Array.from({ length: sizeOf(shape) }, draw);
  return tensor(values, { shape, requiresGrad: true });
}

/** Weights N(0, 2 / fanIn), biases 0 (He et al. 2015; PyTorch's `kaiming_normal_` with fan in and gain sqrt 2). */
export function kaimingNormal(random: Random): Initializer {
  return {
    weight: (shape, fanIn) => drawn(shape, () => random.normal() * Math.sqrt(2 / fanIn)),
    bias: (shape) => drawn(shape, () => 0),
  };
}

/** Weights and biases uniform in +-1 / sqrt(fanIn): the default of PyTorch's layers. */
export function torchDefault(random: Random): Initializer {
  const draw = (fanIn: number) => () => (2 * random.uniform() - 1) / Math.sqrt(fanIn);
  return {
    weight: (shape, fanIn) => drawn(shape, draw(fanIn)),
    bias: (shape, fanIn) => drawn(shape, draw(fanIn)),
  };
}

/** Centers N(0, 1). */
export function normalCenters(classes: number, dim: number, random: Random): Tensor {
  return drawn([classes, dim], () => random.normal());
}
