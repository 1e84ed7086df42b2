import type { Experiment } from "./experiment.ts";
import { JX } from "./sources/jx.ts";

/** jx-center by the rule `jx-2018`: all else is the same, unlike in the row `jx-2018`. Ours, for the study `center-rules`. */
export default {
  id: "center-rules-jx-2018",
  summary: "LeNet++, jx-center by the rule jx-2018, 2-D",
  ...JX,
  recipe: { ...JX.recipe, loss: { kind: "center", weight: 1, rule: "jx-2018" } },
  figures: { range: 8 },
} satisfies Experiment;
