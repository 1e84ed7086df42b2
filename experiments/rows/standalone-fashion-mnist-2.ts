import type { Experiment } from "./experiment.ts";
import { FASHION_MNIST } from "./sources/mo_vic.ts";

export default {
  id: "standalone-fashion-mnist-2",
  summary: "standalone center loss, Fashion-MNIST, 2-D",
  ...FASHION_MNIST,
  source: { ...FASHION_MNIST.source, row: 9, accuracy: 0.921 },
  recipe: {
    ...FASHION_MNIST.recipe,
    featureDim: 2,
    loss: { kind: "standalone", weightIntra: 1, weightInter: 0.1, form: "log1p" },
  },
  scoring: "nearest-center",
} satisfies Experiment;
