import type { Experiment } from "./experiment.ts";
import { KZ, KZ_CENTERS } from "./sources/kz.ts";

export default {
  id: "kz-center",
  summary: "LeNet++, cross-entropy + 1.0 x center loss, MNIST, 2-D",
  ...KZ,
  recipe: {
    ...KZ.recipe,
    loss: { kind: "center", weight: 1, rule: "autograd" },
    centers: KZ_CENTERS,
  },
} satisfies Experiment;
