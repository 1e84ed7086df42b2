/** Last layers: from features to logits, by products, by cosines, or by weights that stay. */
import { mul } from "../ops/binary.ts";
import { copyBox } from "../ops/copy.ts";
import { matmul } from "../ops/matmul.ts";
import { normalize } from "../ops/norm.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Initializer } from "./init.ts";
import type { Entry, Layer } from "./layer.ts";
import type { LinearSizes } from "./layers.ts";

/** The last layer of a network. */
export interface Head extends Layer {
  /** `[dim, classes]`, or as many columns a class as the loss has proxies. */
  readonly weight: Tensor;
  /** Logits `[rows, classes]` of features `[rows, dim]`. */
  forward(features: Tensor): Tensor;
  /** Takes the numbers of another head, which the same loss makes with other settings; what is trained stays. */
  adopt?(other: Head): void;
}

/** Makes the last layer of a network. */
export type MakeHead = (sizes: LinearSizes, init: Initializer) => Head;

const LINEAR = { kind: "linear" } as const;

/** Weights without a bias; what a loss makes of features and weights is the subclass's. */
abstract class WeightHead implements Head {
  readonly weight: Tensor;

  constructor(sizes: LinearSizes, init: Initializer) {
    this.weight = init.weight([sizes.in, sizes.out], sizes.in, sizes.out);
    this.weight.requiresGrad = true;
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
    super(sizes, init);
    this.scale = scale;
  }

  adopt({ scale }: CosineHead): void {
    if (typeof this.scale === "number") this.scale = scale;
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

/** Logits `|x| cos(theta)`: the lengths of the weights do not count. */
export class UnitHead extends WeightHead {
  forward(features: Tensor): Tensor {
    return matmul(features, normalize(this.weight, { axis: 0 }));
  }
}

/** Logits by weights that are given and never trained. */
export class FixedHead implements Head {
  /** As they were given. */
  readonly weight: Tensor;

  constructor(weight: Tensor) {
    this.weight = weight;
  }

  adopt({ weight }: FixedHead): void {
    const strides = [1];
    copyBox([weight.size], { tensor: weight, strides }, { tensor: this.weight, strides });
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
  #logits: (features: Tensor, weight: Tensor) => Tensor;

  constructor(
    sizes: LinearSizes,
    init: Initializer,
    logits: (features: Tensor, weight: Tensor) => Tensor,
  ) {
    super(sizes, init);
    this.#logits = logits;
  }

  adopt(other: FunctionHead): void {
    this.#logits = other.#logits;
  }

  forward(features: Tensor): Tensor {
    return this.#logits(features, this.weight);
  }
}
