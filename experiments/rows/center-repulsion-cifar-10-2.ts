import type { Experiment } from "./experiment.ts";
import { CIFAR_10 } from "./sources/mo_vic.ts";

export default {
  id: "center-repulsion-cifar-10-2",
  summary: "center repulsion, CIFAR-10, 2-D",
  ...CIFAR_10,
  recipe: {
    ...CIFAR_10.recipe,
    featureDim: 2,
    loss: { kind: "center-repulsion", alpha: 0.05, weightIntra: 1, weightInter: 0.1 },
  },
  scoring: "nearest-center",
  quick: { batchSize: 32, epochs: 8, lr: 0.005 },
} satisfies Experiment;
