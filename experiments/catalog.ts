/** Every row that can be run. A row is added by its file and a line here. */
import centDigits2 from "./rows/cent-digits-2.ts";
import centMnist2 from "./rows/cent-mnist-2.ts";
import type { Experiment } from "./experiment.ts";
import xentMnist2 from "./rows/xent-mnist-2.ts";

/** All rows by id, in the order of the list. */
export const CATALOG: ReadonlyMap<string, Experiment> = new Map(
  [xentMnist2, centMnist2, centDigits2].map((row) => [row.id, row]),
);
