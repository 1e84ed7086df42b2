import type { Experiment } from "./experiment.ts";
import { MNIST } from "./sources/mo_vic.ts";

export default {
  id: "standalone-mnist-2",
  summary: "standalone center loss, MNIST, 2-D",
  ...MNIST,
  source: { ...MNIST.source, row: 3, accuracy: 0.994 },
  recipe: {
    ...MNIST.recipe,
    featureDim: 2,
    loss: { kind: "standalone", weightIntra: 1, weightInter: 0.1, form: "log1p" },
  },
  scoring: "nearest-center",
} satisfies Experiment;
