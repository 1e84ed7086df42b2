/**
 * bowu1004/TBD_densityLoss, density and center loss: built on KaiyangZhou's code, `kz.ts` here, with batches of 200.
 *
 * Made small, a batch has 25 images where kz's has 16: as much larger as in the sources. The rate grows with it
 * (ours), and epochs are many and short, for the paths of centers over them.
 */
import type { Shared } from "../experiment.ts";
import { KZ } from "./kz.ts";

export const DENSITY = {
  ...KZ,
  source: { repository: "bowu1004/TBD_densityLoss" },
  recipe: { ...KZ.recipe, batchSize: 200 },
  quick: { ...KZ.quick, batchSize: 25, lr: 0.008, epochs: 12, trainSize: 5_000 },
} satisfies Shared;
