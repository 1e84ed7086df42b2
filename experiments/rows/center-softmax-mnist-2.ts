import type { Experiment } from "./experiment.ts";
import { MNIST } from "./sources/mo_vic.ts";

export default {
  id: "center-softmax-mnist-2",
  summary: "center softmax, MNIST, 2-D",
  ...MNIST,
  recipe: {
    ...MNIST.recipe,
    featureDim: 2,
    loss: { kind: "center-softmax", alpha: 0.05, weightIntra: 1, weightInter: 0.1 },
  },
  scoring: "nearest-center",
  quick: { epochs: 6, lr: 0.05 },
} satisfies Experiment;
