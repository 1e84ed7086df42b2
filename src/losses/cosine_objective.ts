/** What losses of cosines and class weights are as objectives: one term, by its scale, after a softmax. */
import { CosineHead } from "../model/heads.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { LossInputs, Objective } from "./loss.ts";
import { softmaxFirst } from "./softmax_first.ts";

/** What is the same for all of them. */
interface CosineTerm {
  /** Its name. */
  term: string;
  /** What cosines are multiplied by. */
  scale: number;
  /** Share of the training that begins with a softmax. */
  softmaxShare: number | undefined;
  /** The loss; `since` is how many steps ago the softmax ended, a scalar. */
  evaluate: (inputs: LossInputs, since: Tensor) => Tensor;
}

/** The objective of one term over the cosines of features and weights, divided by their scale. */
export function cosineObjective({ term, scale, softmaxShare, evaluate }: CosineTerm): Objective {
  return {
    centers: "none",
    readsLogits: true,
    head: (sizes, init) => new CosineHead(sizes, init, scale),
    changeHead: (head) => void ((head as CosineHead).scale = scale),
    ...softmaxFirst({
      ...{ terms: [term], weights: [1 / scale], softmaxShare },
      evaluate: (inputs, since) => [evaluate(inputs, since)],
    }),
  };
}
