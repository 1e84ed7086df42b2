import type { Experiment } from "./experiment.ts";
import { CIFAR_10 } from "./sources/mo_vic.ts";

export default {
  id: "standalone-cifar-10-128",
  summary: "standalone center loss, CIFAR-10, 128-D",
  ...CIFAR_10,
  source: { ...CIFAR_10.source, row: 18, accuracy: 0.806 },
  recipe: {
    ...CIFAR_10.recipe,
    featureDim: 128,
    loss: { kind: "standalone", weightIntra: 1, weightInter: 0.1, form: "log1p" },
  },
  scoring: "nearest-center",
} satisfies Experiment;
