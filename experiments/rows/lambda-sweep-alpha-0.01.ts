import type { Experiment } from "./experiment.ts";
import { WEN_ALPHA } from "./sources/wen.ts";

/** One of the weights of the paper's figure 3, centers at its alpha of 0.5. */
export default {
  id: "lambda-sweep-alpha-0.01",
  summary: "lambda 0.01, centers at the paper's alpha of 0.5",
  ...WEN_ALPHA,
  recipe: { ...WEN_ALPHA.recipe, loss: { kind: "center", weight: 0.01, rule: "paper" } },
} satisfies Experiment;
