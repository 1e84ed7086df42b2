/** The samples that a row's figures point out. */
import type { Marks } from "../../src/figures/mod.ts";
import type { FigureOptions } from "../rows/experiment.ts";
import type { EpochSamples } from "../run_folder/epoch_samples.ts";

/** Which sample of each class is pointed out. */
export type Highlight = NonNullable<FigureOptions["highlights"]>[number];

/** What the legend calls them. */
const NAMES = { "most-certain": "most certain", "least-certain": "least certain" };

/**
 * Of each class the sample whose own class has the largest, or the smallest, probability, as bowu1004/TBD_densityLoss marks
 * them. By log-odds, which still tell apart what float32 rounds to 1.
 */
export function marksOf(
  which: Highlight,
  { features, labels, ownLogOdds }: EpochSamples,
  classes: number,
): Marks {
  const best = new Array<number>(classes).fill(-1);
  const sign = which === "most-certain" ? 1 : -1;
  ownLogOdds.forEach((odds, i) => {
    const k = labels[i];
    if (best[k] < 0 || sign * odds > sign * ownLogOdds[best[k]]) best[k] = i;
  });
  const shown = best.map((i, k) => ({ i, k })).filter(({ i }) => i >= 0);
  return {
    points: Float32Array.from(shown.flatMap(({ i }) => [features[2 * i], features[2 * i + 1]])),
    labels: Int32Array.from(shown, ({ k }) => k),
    name: NAMES[which],
  };
}
