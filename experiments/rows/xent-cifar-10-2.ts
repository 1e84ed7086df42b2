import type { Experiment } from "./experiment.ts";
import { CIFAR_10 } from "./sources/mo_vic.ts";

export default {
  id: "xent-cifar-10-2",
  summary: "cross-entropy alone, CIFAR-10, 2-D",
  ...CIFAR_10,
  source: { ...CIFAR_10.source, row: 13, accuracy: 0.815 },
  recipe: {
    ...CIFAR_10.recipe,
    featureDim: 2,
    loss: { kind: "cross-entropy" },
  },
  scoring: "logit",
} satisfies Experiment;
