import type { Experiment } from "./experiment.ts";
import { MX, MX_CENTERS } from "./sources/mx.ts";

/** Published by nearest center: 0.9823. */
export default {
  id: "mx-center",
  summary: "LeNet++ (leaky), cross-entropy + center loss, MNIST, 2-D",
  ...MX,
  source: { ...MX.source, accuracy: 0.9873 },
  recipe: {
    ...MX.recipe,
    loss: { kind: "center", weight: 1, rule: "balanced" },
    centers: MX_CENTERS,
  },
} satisfies Experiment;
