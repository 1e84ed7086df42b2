import type { Experiment } from "./experiment.ts";
import { DENSITY } from "./sources/density.ts";
import { KZ_CENTERS } from "./sources/kz.ts";

/**
 * The source's three pictures of one training: in every epoch the most, and the least, certain sample of each class beside
 * the learned centers, and the probability of each sample's own class as a height over the plane, turning slowly.
 */
export default {
  id: "density",
  summary: "kz-center at batch 200, with figures of certainty",
  ...DENSITY,
  recipe: {
    ...DENSITY.recipe,
    loss: { kind: "center", weight: 1, rule: "autograd" },
    centers: KZ_CENTERS,
  },
  figures: { highlights: ["most-certain", "least-certain"], surface: true },
} satisfies Experiment;
