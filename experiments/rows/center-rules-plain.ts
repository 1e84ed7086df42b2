import type { Experiment } from "./experiment.ts";
import { JX } from "./sources/jx.ts";

/** jx-center by the rule `plain`: all else is the same. Ours, for the study `center-rules`. */
export default {
  id: "center-rules-plain",
  summary: "LeNet++, cross-entropy + center loss (plain), 2-D",
  ...JX,
  recipe: { ...JX.recipe, loss: { kind: "center", weight: 1, rule: "plain" } },
  figures: { range: 8 },
} satisfies Experiment;
