/** Last layers: from features to logits, by products, by cosines, or by weights that stay. */
import { mul } from "../ops/binary.ts";
import { matmul } from "../ops/matmul.ts";
import { normalize } from "../ops/norm.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Initializer } from "./init.ts";
import type { Entry, Layer } from "./layer.ts";
import type { LinearSizes } from "./layers.ts";
import { learned } from "./parameter.ts";

/** The last layer of a network. */
export interface Head extends Layer {
  /** `[dim, classes]`, or as many columns a class as the loss has proxies. */
  readonly weight: Tensor;
  /** Whether the largest logit is that of the largest product of a feature and some weights, so that classes part along lines. */
  readonly linear: boolean;
  /** Logits `[rows, classes]` of features `[rows, dim]`. */
  forward(features: Tensor): Tensor;
}

/** Makes the last layer of a network. */
export type MakeHead = (sizes: LinearSizes, init: Initializer) => Head;

const LINEAR = { kind: "linear" } as const;

/**
 * The length at which weights begin of which only directions count. Their gradient is orthogonal to them, and turns long weights
 * less, by the square of their length: so features move to the weights, and hardly the weights to the features.
 */
const STEADY_LENGTH = 10;

/** The length at which weights begin whose length counts in the logits. */
const PRODUCT_LENGTH = 3;

/**
 * Places weights `[dim, count]` evenly on a circle, or on a sphere along a spiral (Gonzalez, "Measurement of areas on a sphere
 * using Fibonacci and latitude-longitude lattices", 2010), in the order of the classes; in more dimensions, where directions
 * that are drawn are far from each other, they stay.
 */
function placeEvenly(weight: Tensor, length: number): void {
  const [dim, count] = weight.shape;
  if (dim !== 2 && dim !== 3) return;
  const turn = dim === 2 ? 1 / count : (Math.sqrt(5) - 1) / 2;
  const places = Array.from({ length: count }, (_, k) => {
    const height = dim === 2 ? 0 : 1 - (2 * k + 1) / count, radius = Math.sqrt(1 - height ** 2);
    const angle = 2 * Math.PI * turn * k;
    return [radius * Math.cos(angle), radius * Math.sin(angle), height];
  });
  weight.write(
    Float32Array.from(
      { length: dim * count },
      (_, i) => length * places[i % count][Math.floor(i / count)],
    ),
  );
}

/** Weights without a bias; what a loss makes of features and weights is the subclass's. */
abstract class WeightHead implements Head {
  readonly weight: Tensor;
  readonly linear: boolean = true;

  /** @param length That of each class's weights, which then begin evenly about the origin. Default: as they are drawn. */
  constructor(sizes: LinearSizes, init: Initializer, length?: number) {
    const shape = [sizes.in, sizes.out];
    const drawn = init.weight(shape, sizes.in, sizes.out);
    this.weight = learned("make the last layer", "weight", shape, drawn);
    if (length !== undefined) placeEvenly(this.weight, length);
  }

  entries(): Entry[] {
    return [{ name: "weight", tensor: this.weight, trainable: true, torch: LINEAR }];
  }

  abstract forward(features: Tensor): Tensor;
}

/** The cosine of every feature with every class's weight, `[rows, classes]`, from -1 to 1; 0 for a vector of zeros. */
export function cosinesOf(features: Tensor, weight: Tensor): Tensor {
  return matmul(normalize(features), normalize(weight, { axis: 0 }));
}

/** Logits `scale cos(theta)`: neither the length of a feature nor that of a weight counts. */
export class CosineHead extends WeightHead {
  /** What cosines are multiplied by; as a tensor of one element it is kept with the weights. */
  scale: number | Tensor;

  constructor(sizes: LinearSizes, init: Initializer, scale: number | Tensor) {
    super(sizes, init, STEADY_LENGTH);
    this.scale = scale;
  }

  override entries(): Entry[] {
    const { scale } = this;
    if (typeof scale === "number") return super.entries();
    const kept = { trainable: false, torch: { kind: "same" } as const };
    return [...super.entries(), { name: "scale", tensor: scale, ...kept }];
  }

  forward(features: Tensor): Tensor {
    return mul(this.scale, cosinesOf(features, this.weight));
  }
}

/** Logits `|w| |x| cos(theta)`, without a bias, by weights that begin evenly about the origin. */
export class ProductHead extends WeightHead {
  constructor(sizes: LinearSizes, init: Initializer) {
    super(sizes, init, PRODUCT_LENGTH);
  }

  forward(features: Tensor): Tensor {
    return matmul(features, this.weight);
  }
}

/** Logits `|x| cos(theta)`: the lengths of the weights do not count. */
export class UnitHead extends WeightHead {
  constructor(sizes: LinearSizes, init: Initializer) {
    super(sizes, init, STEADY_LENGTH);
  }

  forward(features: Tensor): Tensor {
    return matmul(features, normalize(this.weight, { axis: 0 }));
  }
}

/** Logits by weights that are given and never trained. */
export class FixedHead implements Head {
  /** As they were given. */
  readonly weight: Tensor;
  readonly linear = true;

  constructor(weight: Tensor) {
    this.weight = weight;
  }

  entries(): Entry[] {
    return [{ name: "weight", tensor: this.weight, trainable: false, torch: LINEAR }];
  }

  forward(features: Tensor): Tensor {
    return matmul(features, this.weight);
  }
}

/** Logits by what a function makes of features and weights. */
export class FunctionHead extends WeightHead {
  override readonly linear = false;
  /** What it makes of features and weights. */
  logits: (features: Tensor, weight: Tensor) => Tensor;

  constructor(
    sizes: LinearSizes,
    init: Initializer,
    logits: (features: Tensor, weight: Tensor) => Tensor,
  ) {
    super(sizes, init, STEADY_LENGTH);
    this.logits = logits;
  }

  forward(features: Tensor): Tensor {
    return this.logits(features, this.weight);
  }
}
