import type { Experiment } from "./experiment.ts";
import { DENSITY, DENSITY_PATHS } from "./sources/density.ts";
import { KZ_CENTERS } from "./sources/kz.ts";

/** How the paths of every two centers go together over the epochs: the source's open wish, "two centers correlate". */
export default {
  id: "density-correlation",
  summary: "kz-center, with the correlation of the centers' paths",
  ...DENSITY,
  recipe: {
    ...DENSITY.recipe,
    loss: { kind: "center", weight: 1, rule: "autograd" },
    centers: KZ_CENTERS,
  },
  figures: { correlation: true },
  quick: DENSITY_PATHS,
} satisfies Experiment;
