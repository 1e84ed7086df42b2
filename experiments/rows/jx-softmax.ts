import type { Experiment } from "./experiment.ts";
import { JX } from "./sources/jx.ts";

/**
 * Cross-entropy alone: a loss weight of 0 in the source's script of October 2018, under which centers follow the classes all
 * the same, and pull at nothing. (Its picture is of August 2017, when such centers only decayed, and on axes that fit.)
 * Features that nothing pulls leave the script's axes, so here the axes fit, too.
 */
export default {
  id: "jx-softmax",
  summary: "LeNet++, cross-entropy, centers aside, MNIST, 2-D",
  ...JX,
  recipe: { ...JX.recipe, loss: { kind: "center", weight: 0, rule: "paper/batch" } },
  quick: { ...JX.quick, lr: 0.005 },
} satisfies Experiment;
