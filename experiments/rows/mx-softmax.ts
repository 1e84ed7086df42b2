import type { Experiment } from "./experiment.ts";
import { MX } from "./sources/mx.ts";

export default {
  id: "mx-softmax",
  summary: "LeNet++ (leaky), cross-entropy, MNIST, 2-D",
  ...MX,
  source: { ...MX.source, accuracy: 0.9855 },
  recipe: { ...MX.recipe, loss: { kind: "cross-entropy" } },
} satisfies Experiment;
