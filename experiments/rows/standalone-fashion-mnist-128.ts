import type { Experiment } from "./experiment.ts";
import { FASHION_MNIST } from "./sources/mo_vic.ts";

export default {
  id: "standalone-fashion-mnist-128",
  summary: "standalone center loss, Fashion-MNIST, 128-D",
  ...FASHION_MNIST,
  source: { ...FASHION_MNIST.source, row: 12, accuracy: 0.922 },
  recipe: {
    ...FASHION_MNIST.recipe,
    featureDim: 128,
    loss: { kind: "standalone", weightIntra: 1, weightInter: 0.1, form: "log1p" },
  },
  scoring: "nearest-center",
} satisfies Experiment;
