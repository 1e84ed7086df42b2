/** What is said of a run when it begins, as it will not give what its user may expect. */
import type { Plan } from "../../plan/plan.ts";

/** Training steps below which nothing is learned, and those of which clusters part. */
const FEW = 100, ENOUGH = 240;

/**
 * A line for a run of so few steps that it learns nothing: few images, in a preset's epochs. None for a smoke run, which is to see
 * that the row runs, and for one that starts from other weights.
 *
 * @param steps Of an epoch.
 */
export function fewStepsLine(
  { preset, epochs, from }: Pick<Plan, "preset" | "epochs" | "from">,
  steps: number,
): string | undefined {
  if (preset === "smoke" || from !== undefined || steps * epochs >= FEW) return undefined;
  const more = 10 * Math.ceil(ENOUGH / steps / 10);
  return `${steps * epochs} steps in all, which is too few to learn: try --epochs ${more}`;
}

/** A line for `--regions` of a run that has no plane to tint. */
export function noRegionsLine(
  { recipe: { featureDim } }: Pick<Plan, "recipe">,
  regions: boolean,
): string | undefined {
  if (!regions || featureDim === 2) return undefined;
  return `--regions is for two features, and this run has ${featureDim}: no map is tinted`;
}

/**
 * A line for another batch that left a term over pairs its weight: its push is not the row's, and which flag makes it so. None where
 * the user chose the weight.
 */
export function pairWeightLine(
  { recipe: row }: Pick<Plan, "recipe">,
  { recipe: { loss, batchSize } }: Pick<Plan, "recipe">,
  chosen: boolean,
): string | undefined {
  if (loss.kind !== "standalone" || row.loss.kind !== "standalone" || chosen) return undefined;
  if (batchSize === 1) {
    return "A batch of 1 has no pairs, so nothing pushes classes apart: give --batch-size 2 or more";
  }
  const { weightInter: weight } = loss, same = row.loss.weightInter * row.batchSize / batchSize;
  if (Math.abs(weight - same) < 1e-6 * same) return undefined;
  return `The term over pairs has weight ${weight}, and a batch of ${batchSize} has ${
    weight < same ? "fewer" : "more"
  } pairs: for the push of the row's ${row.batchSize} give --weight-inter ${
    Number(same.toPrecision(6))
  }`;
}
