import type { Experiment } from "./experiment.ts";
import { CIFAR_10, MARGIN_LOSS } from "./sources/mo_vic.ts";

export default {
  id: "margin-cifar-10-2",
  summary: "standalone, push up to a margin, CIFAR-10, 2-D",
  ...CIFAR_10,
  recipe: { ...CIFAR_10.recipe, featureDim: 2, loss: MARGIN_LOSS },
  scoring: "nearest-center",
} satisfies Experiment;
