import type { Experiment } from "./experiment.ts";
import { MNIST } from "./sources/mo_vic.ts";

export default {
  id: "standalone-mnist-128",
  summary: "standalone center loss, MNIST, 128-D",
  ...MNIST,
  source: { ...MNIST.source, row: 6, accuracy: 0.996 },
  recipe: {
    ...MNIST.recipe,
    featureDim: 128,
    loss: { kind: "standalone", weightIntra: 1, weightInter: 0.1, form: "log1p" },
  },
  scoring: "nearest-center",
} satisfies Experiment;
