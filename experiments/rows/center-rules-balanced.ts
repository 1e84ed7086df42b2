import type { Experiment } from "./experiment.ts";
import { JX } from "./sources/jx.ts";

/** jx-center by the rule `balanced`: all else is the same. Ours, for the study `center-rules`. */
export default {
  id: "center-rules-balanced",
  summary: "LeNet++, cross-entropy + center loss (balanced), 2-D",
  ...JX,
  recipe: { ...JX.recipe, loss: { kind: "center", weight: 1, rule: "balanced" } },
  figures: { range: 8 },
} satisfies Experiment;
