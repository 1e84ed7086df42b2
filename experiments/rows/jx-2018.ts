import type { Experiment } from "./experiment.ts";
import { JX } from "./sources/jx.ts";

/**
 * The script of February 2018, which the notice in that month's README describes: rule `jx-2018`, whose loss is a sum over
 * the batch beside a cross-entropy that is a mean; centers move by their own gradient; the last layer has a bias; axes -5 to
 * 5; 50 epochs. All else is as in the script of October 2018. The source publishes pictures, and no accuracy; the one that it
 * calls old is of August 2017, on axes from -7 to 7, when weight decay was on the centers and not on the network.
 */
export default {
  id: "jx-2018",
  summary: "LeNet++, cross-entropy + center loss (jx-2018), 2-D",
  ...JX,
  recipe: {
    ...JX.recipe,
    network: { ...JX.recipe.network, outputBias: true },
    loss: { kind: "center", weight: 1, rule: "jx-2018" },
  },
  epochs: 50,
  figures: { range: 5 },
  // At the rate of the other rows features run away: the sum over the batch pulls sixteen times as hard as a mean.
  quick: { ...JX.quick, lr: 0.003 },
} satisfies Experiment;
