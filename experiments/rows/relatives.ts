/** The rows that are compared as a family: of each data set, one a loss. */
import type { DatasetName } from "./experiment.ts";

/** The losses, by the beginnings of their rows' ids. */
const LOSSES = ["xent", "cent", "standalone"];

/** By data set, in the order of pictures and tables. */
export const RELATIVES: readonly { dataset: DatasetName; rows: readonly string[] }[] = (
  ["mnist", "fashion-mnist"] as const
).map((dataset) => ({ dataset, rows: LOSSES.map((loss) => `${loss}-${dataset}-2`) }));
