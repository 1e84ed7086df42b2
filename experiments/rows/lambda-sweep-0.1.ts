import type { Experiment } from "./experiment.ts";
import { WEN } from "./sources/wen.ts";

/** One of the weights of the paper's figure 3, centers moved by the solver. */
export default {
  id: "lambda-sweep-0.1",
  summary: "wen-mnist with weight 0.1",
  ...WEN,
  recipe: { ...WEN.recipe, loss: { kind: "center", weight: 0.1, rule: "paper" } },
} satisfies Experiment;
