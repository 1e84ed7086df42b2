/** Networks that show their features: the layer before the logits. */
import type { Tensor } from "../tensor/tensor.ts";
import type { Head, MakeHead } from "./heads.ts";
import type { Initializer } from "./init.ts";
import type { Entry, Mode } from "./layer.ts";
import { Linear } from "./layers.ts";

/** What a forward pass gives. */
export interface Output {
  /** `[batch, featureDim]`. */
  features: Tensor;
  /** `[batch, classes]`. */
  logits: Tensor;
}

/** A network for classification. */
export interface Network {
  /** The last layer. */
  readonly head: Head;
  /** Its tensors, by the names of the reference network. */
  entries(): Entry[];
  /**
   * Features and logits of images.
   *
   * @param x `[batch, height, width, channels]`.
   */
  forward(x: Tensor, mode: Mode): Output;
  /**
   * Logits of features: the last layer alone.
   *
   * @param features `[batch, featureDim]`.
   * @returns `[batch, classes]`.
   */
  logitsOf(features: Tensor): Tensor;
}

/** Sizes all networks have in common. */
export interface NetworkSizes {
  /** Rows of an image. */
  height: number;
  /** Columns of an image. */
  width: number;
  /** Channels of an image. */
  channels: number;
  /** Length of a feature vector. */
  featureDim: number;
  /** Number of classes. */
  classes: number;
  /** Multiplies the numbers of channels inside; 1 is the published network. */
  widthFactor: number;
  /** Blocks a group of the ResNet; other networks have none. Default: 1, as published. */
  blocks?: number;
  /** Makes the last layer. Default: a linear one, with a bias unless the network has none there. */
  head?: MakeHead;
}

/** `base * factor` channels. */
export function scaled(base: number, factor: number): number {
  const n = base * factor;
  if (!Number.isInteger(n) || n < 1) {
    throw new RangeError(
      `Cannot build a network of width ${factor}: ${base} x ${factor} channels must be a whole number from 1`,
    );
  }
  return n;
}

/** The last layer of a network of these sizes. */
export function headOf(
  { featureDim, classes, head }: NetworkSizes,
  init: Initializer,
  bias = true,
): Head {
  const sizes = { in: featureDim, out: classes, bias };
  return head ? head(sizes, init) : new Linear(sizes, init);
}
