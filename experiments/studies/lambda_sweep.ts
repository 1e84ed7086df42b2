/** The paper's figure 3: what the weight of the center loss does to the features. */
import { comparison } from "./comparison.ts";

/** Wen et al., ECCV 2016, figure 3: training features under four weights, from one initialisation. */
export const LAMBDA_SWEEP_STUDY = comparison({
  id: "lambda-sweep",
  summary: "the paper's figure 3: weights 0.001, 0.01, 0.1 and 1 from one initialisation",
  rows: ["lambda-sweep-0.001", "wen-mnist", "lambda-sweep-0.1", "lambda-sweep-1"],
  title: "the weight λ of the center loss (Wen et al. 2016, figure 3)",
  nameOf: ({ recipe: { loss } }) => `λ = ${"weight" in loss ? loss.weight : "-"}`,
  split: "train",
});
