import type { Experiment } from "./experiment.ts";
import { MNIST } from "./sources/mo_vic.ts";

export default {
  id: "xent-mnist-2",
  summary: "cross-entropy alone, MNIST, 2-D",
  ...MNIST,
  source: { ...MNIST.source, row: 1, accuracy: 0.991 },
  recipe: {
    ...MNIST.recipe,
    featureDim: 2,
    loss: { kind: "cross-entropy" },
  },
  scoring: "logit",
} satisfies Experiment;
