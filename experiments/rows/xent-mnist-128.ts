import type { Experiment } from "./experiment.ts";
import { MNIST } from "./sources/mo_vic.ts";

export default {
  id: "xent-mnist-128",
  summary: "cross-entropy alone, MNIST, 128-D",
  ...MNIST,
  source: { ...MNIST.source, row: 4, accuracy: 0.994 },
  recipe: {
    ...MNIST.recipe,
    featureDim: 128,
    loss: { kind: "cross-entropy" },
  },
  scoring: "logit",
} satisfies Experiment;
