import type { Experiment } from "./experiment.ts";
import { DENSITY } from "./sources/density.ts";
import { KZ_CENTERS } from "./sources/kz.ts";

/** density with the centers of 4 and 9 tied: both classes share one. Ours: it shows what happens to both. */
export default {
  id: "density-tied",
  summary: "kz-center, classes 4 and 9 sharing one center",
  ...DENSITY,
  recipe: {
    ...DENSITY.recipe,
    loss: { kind: "center", weight: 1, rule: "autograd", tied: [4, 9] },
    centers: KZ_CENTERS,
  },
  figures: { correlation: true },
} satisfies Experiment;
