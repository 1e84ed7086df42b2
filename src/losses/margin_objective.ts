/** What CosFace and ArcFace are as objectives: a softmax over cosines, with a margin that may rise. */
import type { Tensor } from "../tensor/tensor.ts";
import { rampedMargin } from "./anneal.ts";
import { cosineObjective } from "./cosine_objective.ts";
import type { Objective } from "./loss.ts";

/** A loss of features, class weights and labels by a scale and a margin. */
type MarginLoss = (
  features: Tensor,
  weight: Tensor,
  labels: Tensor,
  options: { scale: number; margin: number | Tensor },
) => Tensor;

/** What CosFace and ArcFace share in a recipe. */
export interface MarginRecipe {
  /** What cosines are multiplied by. */
  scale: number;
  /** By how much the own class has to win. */
  margin: number;
  /** Steps in which the margin rises from 0, after those of the softmax. */
  ramp: number;
  /** Share of the training that begins with a softmax over `|x| cos(theta)`. Default: 0. */
  softmaxShare?: number;
}

/** Makes the objective of a recipe: one term, whose margin rises from 0 in `ramp` steps. */
export const marginObjective =
  (term: string, loss: MarginLoss) =>
  ({ scale, margin, ramp, softmaxShare }: MarginRecipe): Objective =>
    cosineObjective({
      ...{ term, scale, softmaxShare },
      evaluate: ({ features, labels, head }, since) => {
        const options = { scale, margin: rampedMargin(margin, ramp, since) };
        return loss(features, head.weight, labels, options);
      },
    });
