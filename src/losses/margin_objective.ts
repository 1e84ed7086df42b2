/** What CosFace and ArcFace are as objectives: a softmax over cosines, with a margin that may rise. */
import { CosineHead } from "../model/heads.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { rampedMargin, StepCounter } from "./anneal.ts";
import type { Objective } from "./loss.ts";

/** A loss of features, class weights and labels by a scale and a margin. */
type MarginLoss = (
  features: Tensor,
  weight: Tensor,
  labels: Tensor,
  options: { scale: number; margin: number | Tensor },
) => Tensor;

/** Makes the objective of a recipe: one term, whose margin rises from 0 in `ramp` steps. */
export const marginObjective =
  (term: string, loss: MarginLoss) =>
  ({ scale, margin, ramp }: { scale: number; margin: number; ramp: number }): Objective => ({
    terms: [term],
    weights: [1],
    centers: "none",
    readsLogits: true,
    head: (sizes, init) => new CosineHead(sizes, init, scale),
    changeHead: (head) => void ((head as CosineHead).scale = scale),
    ...(ramp > 0 && { layer: () => new StepCounter() }),
    evaluate: (inputs) => {
      const { features, labels, head } = inputs;
      const options = { scale, margin: rampedMargin(margin, ramp, inputs) };
      return [loss(features, head.weight, labels, options)];
    },
  });
