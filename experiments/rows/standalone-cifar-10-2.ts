import type { Experiment } from "./experiment.ts";
import { CIFAR_10 } from "./sources/mo_vic.ts";

export default {
  id: "standalone-cifar-10-2",
  summary: "standalone center loss, CIFAR-10, 2-D",
  ...CIFAR_10,
  source: { ...CIFAR_10.source, row: 15, accuracy: 0.787 },
  recipe: {
    ...CIFAR_10.recipe,
    featureDim: 2,
    loss: { kind: "standalone", weightIntra: 1, weightInter: 0.1, form: "log1p" },
  },
  scoring: "nearest-center",
} satisfies Experiment;
