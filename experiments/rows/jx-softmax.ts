import type { Experiment } from "./experiment.ts";
import { JX } from "./sources/jx.ts";

/**
 * Cross-entropy alone: as in the source a loss weight of 0, under which centers follow the classes all the same, and pull at
 * nothing. Features that nothing pulls leave the source's axes, so here the axes fit (ours).
 */
export default {
  id: "jx-softmax",
  summary: "LeNet++, cross-entropy, centers aside, MNIST, 2-D",
  ...JX,
  recipe: { ...JX.recipe, loss: { kind: "center", weight: 0, rule: "paper/batch" } },
  quick: { ...JX.quick, lr: 0.005 },
} satisfies Experiment;
