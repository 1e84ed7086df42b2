import type { Experiment } from "./experiment.ts";
import { CIFAR_10 } from "./sources/mo_vic.ts";

export default {
  id: "center-softmax-cifar-10-2",
  summary: "center softmax, CIFAR-10, 2-D",
  ...CIFAR_10,
  recipe: {
    ...CIFAR_10.recipe,
    featureDim: 2,
    loss: { kind: "center-softmax", alpha: 0.05, weightIntra: 1, weightInter: 0.1 },
  },
  scoring: "nearest-center",
  quick: { epochs: 6, lr: 0.05 },
} satisfies Experiment;
