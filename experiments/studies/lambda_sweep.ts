/** The weights of the paper's figure 3: what the weight of the center loss does to the features. */
import type { Plan } from "../plan/plan.ts";
import { comparison } from "./comparison.ts";

const nameOf = ({ recipe: { loss } }: Plan) => `λ = ${"weight" in loss ? loss.weight : "-"}`;

/** Training features under the four weights of the paper's figure 3, from one initialisation; centers as in the authors' code. */
export const LAMBDA_SWEEP_STUDY = comparison({
  id: "lambda-sweep",
  summary:
    "weights 0.001, 0.01, 0.1 and 1 of the paper's figure 3; centers moved by the code's solver",
  rows: ["lambda-sweep-0.001", "wen-mnist", "lambda-sweep-0.1", "lambda-sweep-1"],
  title: "weight λ of center loss (Wen et al. 2016, figure 3)",
  nameOf,
  split: "train",
});

/** Wen et al., ECCV 2016, figure 3: the same with centers as in the paper. */
export const LAMBDA_SWEEP_ALPHA_STUDY = comparison({
  id: "lambda-sweep-alpha",
  summary: "the paper's figure 3: the same, centers moved at its alpha of 0.5",
  rows: [0.001, 0.01, 0.1, 1].map((weight) => `lambda-sweep-alpha-${weight}`),
  title: "weight λ of center loss (Wen et al. 2016), alpha = 0.5",
  nameOf,
  split: "train",
});
