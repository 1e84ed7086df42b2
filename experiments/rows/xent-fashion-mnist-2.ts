import type { Experiment } from "./experiment.ts";
import { FASHION_MNIST } from "./sources/mo_vic.ts";

export default {
  id: "xent-fashion-mnist-2",
  summary: "cross-entropy alone, Fashion-MNIST, 2-D",
  ...FASHION_MNIST,
  source: { ...FASHION_MNIST.source, row: 7, accuracy: 0.913 },
  recipe: {
    ...FASHION_MNIST.recipe,
    featureDim: 2,
    loss: { kind: "cross-entropy" },
  },
  scoring: "logit",
} satisfies Experiment;
