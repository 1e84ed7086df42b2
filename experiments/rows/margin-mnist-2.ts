import type { Experiment } from "./experiment.ts";
import { MARGIN_LOSS, MNIST } from "./sources/mo_vic.ts";

export default {
  id: "margin-mnist-2",
  summary: "standalone, push up to a margin, MNIST, 2-D",
  ...MNIST,
  recipe: { ...MNIST.recipe, featureDim: 2, loss: MARGIN_LOSS },
  scoring: "nearest-center",
} satisfies Experiment;
