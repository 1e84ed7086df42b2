import { type Array64, scalar, zeros } from "./array64.ts";
import { centerLoss, centerLossBackward } from "./center_loss.ts";
import {
  interClassSeparation,
  interClassSeparationBackward,
  type SeparationForm,
} from "./inter_class_separation.ts";

/** Weights of the two terms, and the logarithm's form. */
export interface Standalone {
  weightIntra: number;
  weightInter: number;
  form?: SeparationForm;
}

/** `weightIntra centerLoss - weightInter interClassSeparation`, by rule autograd: features `[batch, d]`, centers `[classes, d]`. */
export function standaloneLoss(
  features: Array64,
  centers: Array64,
  labels: ArrayLike<number>,
  { weightIntra, weightInter, form = "log1p" }: Standalone,
): Array64 {
  const [intra] = centerLoss(features, centers, labels, "autograd").data;
  const [inter] = interClassSeparation(features, labels, form).data;
  return scalar(weightIntra * intra - weightInter * inter);
}

/** Each term's own gradients, weighed; the centers have none from the separation. */
export function standaloneLossBackward(
  grad: Array64,
  features: Array64,
  centers: Array64,
  labels: ArrayLike<number>,
  { weightIntra, weightInter, form = "log1p" }: Standalone,
): { features: Array64; centers: Array64 } {
  const pull = scalar(grad.data[0] * weightIntra), push = scalar(-grad.data[0] * weightInter);
  const intra = centerLossBackward(pull, features, centers, labels, "autograd");
  const inter = interClassSeparationBackward(push, features, labels, form);
  const sum = zeros(features.shape);
  sum.data.forEach((_, i) => sum.data[i] = intra.features.data[i] + inter.data[i]);
  return { features: sum, centers: intra.centers };
}
