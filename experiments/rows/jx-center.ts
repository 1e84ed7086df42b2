import type { Experiment } from "./experiment.ts";
import { JX } from "./sources/jx.ts";

export default {
  id: "jx-center",
  summary: "LeNet++, cross-entropy + center loss (paper/batch), 2-D",
  ...JX,
  recipe: { ...JX.recipe, loss: { kind: "center", weight: 1, rule: "paper/batch" } },
  figures: { range: 8 },
} satisfies Experiment;
