import type { Experiment } from "./experiment.ts";
import { JX } from "./sources/jx.ts";

/**
 * With the derivatives of the authors' Caffe layer: rule `paper`, S_j / (1 + n_j), not over the batch size. The source wished
 * for it in February 2018, and had it from June to October, with a bias in the last layer.
 */
export default {
  id: "jx-center-caffe",
  summary: "LeNet++, cross-entropy + center loss (paper), 2-D",
  ...JX,
  recipe: { ...JX.recipe, loss: { kind: "center", weight: 1, rule: "paper" } },
  figures: { range: 8 },
} satisfies Experiment;
