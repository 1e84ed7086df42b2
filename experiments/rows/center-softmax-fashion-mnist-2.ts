import type { Experiment } from "./experiment.ts";
import { FASHION_MNIST } from "./sources/mo_vic.ts";

export default {
  id: "center-softmax-fashion-mnist-2",
  summary: "center softmax, Fashion-MNIST, 2-D",
  ...FASHION_MNIST,
  recipe: {
    ...FASHION_MNIST.recipe,
    featureDim: 2,
    loss: { kind: "center-softmax", alpha: 0.05, weightIntra: 1, weightInter: 0.1 },
  },
  scoring: "nearest-center",
  quick: { epochs: 6, lr: 0.05 },
} satisfies Experiment;
