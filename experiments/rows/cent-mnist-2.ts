import type { Experiment } from "./experiment.ts";
import { MNIST } from "./sources/mo_vic.ts";

export default {
  id: "cent-mnist-2",
  summary: "cross-entropy + 1.0 x center loss, MNIST, 2-D",
  ...MNIST,
  source: { ...MNIST.source, row: 2, accuracy: 0.990 },
  recipe: {
    ...MNIST.recipe,
    featureDim: 2,
    loss: { kind: "center", weight: 1, rule: "autograd" },
  },
  scoring: "logit",
} satisfies Experiment;
