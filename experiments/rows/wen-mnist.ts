import type { Experiment } from "./experiment.ts";
import { WEN } from "./sources/wen.ts";

export default {
  id: "wen-mnist",
  summary: "LeNet++ of the paper, cross-entropy + 0.01 x center loss",
  ...WEN,
  recipe: { ...WEN.recipe, loss: { kind: "center", weight: 0.01, rule: "paper" } },
} satisfies Experiment;
