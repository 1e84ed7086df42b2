import type { Experiment } from "./experiment.ts";
import { FASHION_MNIST } from "./sources/mo_vic.ts";

export default {
  id: "cent-fashion-mnist-2",
  summary: "cross-entropy + 1.0 x center loss, Fashion-MNIST, 2-D",
  ...FASHION_MNIST,
  source: { ...FASHION_MNIST.source, row: 8, accuracy: 0.913 },
  recipe: {
    ...FASHION_MNIST.recipe,
    featureDim: 2,
    loss: { kind: "center", weight: 1, rule: "autograd" },
  },
  scoring: "logit",
} satisfies Experiment;
