import type { Experiment } from "./experiment.ts";
import { JX } from "./sources/jx.ts";

/**
 * With the derivatives of the authors' Caffe layer: rule `paper`, S_j / (1 + n_j), not over the batch size. It is the open
 * wish of the source.
 */
export default {
  id: "jx-center-caffe",
  summary: "LeNet++, cross-entropy + center loss (paper), 2-D",
  ...JX,
  recipe: { ...JX.recipe, loss: { kind: "center", weight: 1, rule: "paper" } },
  figures: { range: 8 },
} satisfies Experiment;
