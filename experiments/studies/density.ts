/** Density and center loss: its four claims as numbers, under center loss and under cross-entropy alone. */
import { densityClaims } from "../../src/metrics/density_claims.ts";
import { csvOf } from "../csv.ts";
import { probabilityOf } from "../seen.ts";
import type { Study } from "./study.ts";
import type { StudyRun } from "./study_run.ts";

/** `claims.csv`, a line a measure and run, and `classes.csv`, a line a class and run; both sets. */
export const DENSITY_STUDY: Study = {
  id: "density",
  summary: "four claims on certainty and place, under center loss and cross-entropy alone",
  rows: ["density-max", "density-softmax"],
  compose: async (runs, folder) => {
    const claims: (string | number)[][] = [], classes: (string | number)[][] = [];
    for (const run of runs) {
      for (const split of ["train", "test"] as const) {
        const found = await claimsOf(run, split);
        const { overClasses, overSamples, meanCertainty } = found;
        const { id, preset } = run.plan;
        const mean = (of: (one: typeof found.classes[number]) => number) => {
          const known = found.classes.map(of).filter(Number.isFinite);
          return known.reduce((a, b) => a + b, 0) / known.length;
        };
        const enclosed = found.classes.filter((one) => one.enclosed).length;
        const measures: [string, number][] = [
          ["mean distance from center to center of mass", mean((one) => one.centerToMass)],
          [
            "mean distance from center to most certain sample",
            mean((one) => one.mostCertain.distance),
          ],
          [
            "mean distance from center to least certain sample",
            mean((one) => one.leastCertain.distance),
          ],
          ["mean distance to the nearest other center of mass", mean((one) => one.nearestOther)],
          [
            "certainty and distance to nearest other class, over samples (Pearson)",
            overSamples.nearestOther.pearson,
          ],
          [
            "certainty and distance to nearest other class, over samples (Spearman)",
            overSamples.nearestOther.spearman,
          ],
          [
            "certainty and mean distance to other classes, over samples (Pearson)",
            overSamples.meanOther.pearson,
          ],
          [
            "certainty and mean distance to other classes, over samples (Spearman)",
            overSamples.meanOther.spearman,
          ],
          [
            "certainty and distance to nearest other class, over classes (Pearson)",
            overClasses.nearestOther.pearson,
          ],
          [
            "certainty and mean distance to other classes, over classes (Pearson)",
            overClasses.meanOther.pearson,
          ],
          ["enclosed classes", enclosed],
          ["mean certainty of enclosed classes", meanCertainty.enclosed],
          ["mean certainty of outer classes", meanCertainty.outer],
        ];
        for (const [name, value] of measures) claims.push([id, preset, split, name, value]);
        found.classes.forEach((one, k) => {
          classes.push([
            ...[id, preset, split, run.sets.train.classNames[k], one.samples, one.centerToMass],
            ...[one.mostCertain.certainty, one.mostCertain.distance],
            ...[one.leastCertain.certainty, one.leastCertain.distance, one.meanCertainty],
            one.enclosed === undefined ? "" : one.enclosed ? "enclosed" : "outer",
            ...[one.nearestOther, one.meanOther],
          ]);
        });
      }
    }
    await folder.write("claims.csv", csvOf(["row", "preset", "split", "measure", "value"], claims));
    await folder.write("classes.csv", csvOf(CLASS_COLUMNS, classes));
  },
};

const CLASS_COLUMNS = [
  ...["row", "preset", "split", "class", "samples", "center_to_mass"],
  ...["most_certain", "most_certain_to_center", "least_certain", "least_certain_to_center"],
  ...["mean_certainty", "place", "nearest_other", "mean_other"],
];

/** Where no centers are learned, the centers of mass of the training set stand in their place. */
async function claimsOf(run: StudyRun, split: "train" | "test") {
  const { features, labels, predicted, logOdds } = await run.seen(split);
  return densityClaims({
    features,
    labels,
    predicted,
    certainty: Float64Array.from(logOdds, probabilityOf),
    logOdds,
    centers: run.centers(),
  });
}
