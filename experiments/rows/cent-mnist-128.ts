import type { Experiment } from "./experiment.ts";
import { MNIST } from "./sources/mo_vic.ts";

export default {
  id: "cent-mnist-128",
  summary: "cross-entropy + 1.0 x center loss, MNIST, 128-D",
  ...MNIST,
  source: { ...MNIST.source, row: 5, accuracy: 0.996 },
  recipe: {
    ...MNIST.recipe,
    featureDim: 128,
    loss: { kind: "center", weight: 1, rule: "autograd" },
  },
  scoring: "logit",
} satisfies Experiment;
