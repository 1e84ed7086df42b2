import type { Experiment } from "./experiment.ts";
import { MX, MX_CENTERS } from "./sources/mx.ts";

/**
 * The control of mx-center-second: the same start, rate and epochs, but the second stage goes on with the joint loss, and
 * centers and logits go on moving. What mx-center-second has beyond it comes of the center loss alone. Ours.
 */
export default {
  id: "mx-second-joint",
  summary: "mx-center, then 30 epochs of the same: a control",
  ...MX,
  recipe: {
    ...MX.recipe,
    loss: { kind: "center", weight: 1, rule: "balanced" },
    centers: MX_CENTERS,
  },
  epochs: 60,
  secondStage: { epochs: 30, loss: { kind: "center", weight: 1, rule: "balanced" }, from: "best" },
  quick: { ...MX.quick, epochs: 7, secondStageEpochs: 3 },
} satisfies Experiment;
