import type { Experiment } from "./experiment.ts";
import { FASHION_MNIST } from "./sources/mo_vic.ts";

export default {
  id: "xent-fashion-mnist-128",
  summary: "cross-entropy alone, Fashion-MNIST, 128-D",
  ...FASHION_MNIST,
  source: { ...FASHION_MNIST.source, row: 10, accuracy: 0.926 },
  recipe: {
    ...FASHION_MNIST.recipe,
    featureDim: 128,
    loss: { kind: "cross-entropy" },
  },
  scoring: "logit",
} satisfies Experiment;
