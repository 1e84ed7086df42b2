import type { Experiment } from "./experiment.ts";
import { CIFAR_10 } from "./sources/mo_vic.ts";

export default {
  id: "xent-cifar-10-128",
  summary: "cross-entropy alone, CIFAR-10, 128-D",
  ...CIFAR_10,
  source: { ...CIFAR_10.source, row: 16, accuracy: 0.866 },
  recipe: {
    ...CIFAR_10.recipe,
    featureDim: 128,
    loss: { kind: "cross-entropy" },
  },
  scoring: "logit",
} satisfies Experiment;
