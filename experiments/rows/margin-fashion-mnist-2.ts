import type { Experiment } from "./experiment.ts";
import { FASHION_MNIST, MARGIN_LOSS } from "./sources/mo_vic.ts";

export default {
  id: "margin-fashion-mnist-2",
  summary: "standalone, push up to a margin, Fashion-MNIST, 2-D",
  ...FASHION_MNIST,
  recipe: { ...FASHION_MNIST.recipe, featureDim: 2, loss: MARGIN_LOSS },
  scoring: "nearest-center",
} satisfies Experiment;
