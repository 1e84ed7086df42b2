import type { Experiment } from "./experiment.ts";
import { MX, MX_CENTERS } from "./sources/mx.ts";

/**
 * The second stage starts from the best checkpoint of the first, with the rate again at 0.1; centers stay where they are,
 * and so does the layer of the logits, which has no gradient and no decay. Published by nearest center: 0.9851.
 */
export default {
  id: "mx-center-second",
  summary: "mx-center, then 30 epochs of center loss alone",
  ...MX,
  source: { ...MX.source, accuracy: 0.9872 },
  recipe: {
    ...MX.recipe,
    loss: { kind: "center", weight: 1, rule: "balanced" },
    centers: MX_CENTERS,
  },
  epochs: 60,
  secondStage: { epochs: 30, loss: { kind: "center-alone", rule: "balanced" }, from: "best" },
  quick: { ...MX.quick, epochs: 7, secondStageEpochs: 3 },
} satisfies Experiment;
