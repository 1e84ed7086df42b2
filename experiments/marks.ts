/** The samples that a row's figures point out. */
import type { Marks } from "../src/figures/mod.ts";
import type { FigureOptions } from "./experiment.ts";
import type { Seen } from "./seen.ts";

/** What the legend calls them. */
const NAMES = { "most-certain": "most certain", "least-certain": "least certain" };

/**
 * Of each class the sample with the largest, or the smallest, predicted probability, among those that are predicted as the
 * class: certainty is the probability of the predicted class. By log-odds, which still tell apart what float32 rounds to 1.
 */
export function marksOf(
  which: NonNullable<FigureOptions["marks"]>,
  { features, predicted, logOdds }: Seen,
  classes: number,
): Marks {
  const best = new Array<number>(classes).fill(-1);
  const sign = which === "most-certain" ? 1 : -1;
  predicted.forEach((k, i) => {
    if (best[k] < 0 || sign * logOdds[i] > sign * logOdds[best[k]]) best[k] = i;
  });
  const shown = best.map((i, k) => ({ i, k })).filter(({ i }) => i >= 0);
  return {
    points: Float32Array.from(shown.flatMap(({ i }) => [features[2 * i], features[2 * i + 1]])),
    labels: Uint8Array.from(shown, ({ k }) => k),
    name: NAMES[which],
  };
}
