import type { Experiment } from "./experiment.ts";
import { DENSITY } from "./sources/density.ts";
import { KZ_CENTERS } from "./sources/kz.ts";

/**
 * The source's pictures, all of one training: in every epoch the most, and the least, certain sample of each class beside the
 * learned centers; the probability of each sample's own class as a height over the plane; and the source's
 * open wish, "Two centers correlate with each other.": how the paths of every two centers go together over the epochs.
 *
 * The source's film of heights has a frame an epoch, of the first 6,000 samples of the pass, from where the eye stands still
 * (`surface-epochs.gif`, of at most 4,000). That the last epoch turns, in `surface.gif`, is ours.
 */
export default {
  id: "density",
  summary: "kz-center at batch 200: figures of certainty and paths",
  ...DENSITY,
  recipe: {
    ...DENSITY.recipe,
    loss: { kind: "center", weight: 1, rule: "autograd" },
    centers: KZ_CENTERS,
  },
  figures: { highlights: ["most-certain", "least-certain"], surface: true, correlation: true },
} satisfies Experiment;
