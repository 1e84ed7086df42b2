/** Density and center loss: its four claims as numbers, under center loss and under cross-entropy alone. */
import { type DensityClaims, densityClaims } from "./measures/density_claims.ts";
import { csvOf } from "../../src/base/csv.ts";
import { probabilityOf } from "../run_folder/epoch_samples.ts";
import type { Study } from "./study.ts";
import type { StudyRun } from "./study_run.ts";

/** `claims.csv`, a line a measure with a column a run and set, and `classes.csv`, a line a class of each. */
export const DENSITY_CLAIMS_STUDY: Study = {
  id: "density-claims",
  summary: "four claims on certainty and place, under center loss and cross-entropy alone",
  rows: ["density", "density-softmax"],
  compose: async (runs, folder) => {
    const claims = new Map<string, number[]>(), columns: string[] = [];
    const classes: (string | number)[][] = [];
    for (const run of runs) {
      for (const split of ["train", "test"] as const) {
        const found = await claimsOf(run, split);
        const { id, preset } = run.plan;
        columns.push(`${id} ${split}`);
        for (const [name, value] of measuresOf(found)) {
          claims.set(name, [...claims.get(name) ?? [], value]);
        }
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
    await folder.write(
      "claims.csv",
      csvOf(["measure", ...columns], [...claims].map(([name, values]) => [name, ...values])),
    );
    await folder.write("classes.csv", csvOf(CLASS_COLUMNS, classes));
  },
};

/** The claims in words, each with its number; means are over classes. */
function measuresOf(found: DensityClaims): [string, number][] {
  const { classes, overClasses, overSamples, meanCertainty } = found;
  const mean = (of: (one: DensityClaims["classes"][number]) => number) => {
    const known = classes.map(of).filter(Number.isFinite);
    return known.reduce((a, b) => a + b, 0) / known.length;
  };
  const nearest = "certainty with distance to the nearest other class";
  const others = "certainty with mean distance to the other classes";
  return [
    ["distance from center to center of mass", mean((one) => one.centerToMass)],
    ["distance from center to most certain sample", mean((one) => one.mostCertain.distance)],
    ["distance from center to least certain sample", mean((one) => one.leastCertain.distance)],
    ["distance to the nearest other center of mass", mean((one) => one.nearestOther)],
    [`${nearest} over samples (Pearson)`, overSamples.nearestOther.pearson],
    [`${nearest} over samples (Spearman)`, overSamples.nearestOther.spearman],
    [`${others} over samples (Pearson)`, overSamples.meanOther.pearson],
    [`${others} over samples (Spearman)`, overSamples.meanOther.spearman],
    [`${nearest} over classes (Pearson)`, overClasses.nearestOther.pearson],
    [`${others} over classes (Pearson)`, overClasses.meanOther.pearson],
    ["enclosed classes", classes.filter((one) => one.enclosed).length],
    ["mean certainty of enclosed classes", meanCertainty.enclosed],
    ["mean certainty of outer classes", meanCertainty.outer],
  ];
}

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
