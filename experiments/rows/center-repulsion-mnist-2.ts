import type { Experiment } from "./experiment.ts";
import { MNIST } from "./sources/mo_vic.ts";

export default {
  id: "center-repulsion-mnist-2",
  summary: "center repulsion, MNIST, 2-D",
  ...MNIST,
  recipe: {
    ...MNIST.recipe,
    featureDim: 2,
    loss: { kind: "center-repulsion", alpha: 0.05, weightIntra: 1, weightInter: 0.1 },
  },
  scoring: "nearest-center",
  quick: { batchSize: 32, epochs: 8, lr: 0.005 },
} satisfies Experiment;
