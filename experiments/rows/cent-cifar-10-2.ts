import type { Experiment } from "./experiment.ts";
import { CIFAR_10 } from "./sources/mo_vic.ts";

export default {
  id: "cent-cifar-10-2",
  summary: "cross-entropy + 1.0 x center loss, CIFAR-10, 2-D",
  ...CIFAR_10,
  source: { ...CIFAR_10.source, row: 14, accuracy: 0.775 },
  recipe: {
    ...CIFAR_10.recipe,
    featureDim: 2,
    loss: { kind: "center", weight: 1, rule: "autograd" },
  },
  scoring: "logit",
} satisfies Experiment;
