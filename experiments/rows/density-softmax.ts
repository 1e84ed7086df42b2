import type { Experiment } from "./experiment.ts";
import { DENSITY } from "./sources/density.ts";

/** Cross-entropy alone, to set beside the center loss. */
export default {
  id: "density-softmax",
  summary: "cross-entropy alone beside the density rows",
  ...DENSITY,
  recipe: { ...DENSITY.recipe, loss: { kind: "cross-entropy" } },
  figures: { predictions: true },
} satisfies Experiment;
