/** Density and center loss: its four claims as numbers, under center loss and under cross-entropy alone. */
import { csvOf, csvOfRows } from "../../src/base/csv.ts";
import { meanOf } from "../../src/base/averages.ts";
import { type DensityClaims, densityClaims } from "./measures/density_claims.ts";
import type { AgainstShuffled } from "../../src/metrics/shuffled.ts";
import { centerPaths, FEWEST_EPOCHS } from "./measures/center_paths.ts";
import type { Study } from "./study.ts";
import type { StudyRun } from "./study_run.ts";

const MIRRORED = 999;

/**
 * `claims.csv`, a line a measure with a column a run and set, `classes.csv`, a line a class of each, and `paths.csv`: whether
 * centers move together, beside mirrored paths.
 */
export const DENSITY_CLAIMS_STUDY: Study = {
  id: "density-claims",
  summary: "four claims on certainty and place, under center loss and cross-entropy alone",
  rows: ["density", "density-softmax"],
  compose: async (runs, folder) => {
    const columns: { name: string; measures: Map<string, number> }[] = [], classes: object[] = [];
    const paths = runs.flatMap(pathLines);
    for (const run of runs) {
      const { id: row, preset } = run.plan, { classNames } = run.sets.train;
      for (const split of ["train", "test"] as const) {
        // Where no centers are learned, the centers of mass of the training set stand in their place.
        const found = densityClaims({ ...await run.seen(split), centers: run.centers() });
        columns.push({ name: `${row} ${split}`, measures: measuresOf(found) });
        classes.push(...found.classes.map((of, k) => ({
          ...{ row, preset, split, class: classNames[k] },
          samples: of.samples,
          centerToMass: of.centerToMass,
          centerToSample: of.centerToSample,
          mostCertain: of.mostCertain.certainty,
          mostCertainToCenter: of.mostCertain.distance,
          leastCertain: of.leastCertain.certainty,
          leastCertainToCenter: of.leastCertain.distance,
          meanCertainty: of.meanCertainty,
          place: of.enclosed === undefined ? "" : of.enclosed ? "enclosed" : "outer",
          nearestOther: of.nearestOther,
          meanOther: of.meanOther,
        })));
      }
    }
    const lines = [...columns[0].measures.keys()].map((measure) => [
      measure,
      ...columns.map(({ measures }) => measures.get(measure)),
    ]);
    const header = ["measure", ...columns.map(({ name }) => name)];
    await folder.write("claims.csv", csvOf(header, lines));
    await folder.write("classes.csv", csvOfRows(classes));
    if (paths.length > 0) await folder.write("paths.csv", csvOfRows(paths));
  },
};

/** What a run's lines of `paths.csv` are; none of a run that is too short for a path. */
function pathLines(run: StudyRun): object[] {
  const { plan: { id: row, preset, epochs }, sets } = run;
  if (epochs < FEWEST_EPOCHS) return [];
  const centers = Array.from({ length: epochs }, (_, i) => run.centers(i + 1));
  const found = centerPaths(centers, sets.train.classNames.length, { times: MIRRORED });
  const measures: [string, AgainstShuffled][] = [
    ["mean absolute correlation of two paths", found.strength],
    ["correlation with the distance of the centers (Spearman)", found.withDistance],
  ];
  return measures.map(([measure, { value, mean, deviation, rank }]) => ({
    ...{ row, preset, measure, value, mirrored: MIRRORED },
    ...{ mirroredMean: mean, mirroredDeviation: deviation, rank },
  }));
}

/** The claims in words, each with its number; means are over classes. */
function measuresOf(found: DensityClaims): Map<string, number> {
  const { classes, overClasses, overSamples, overEnclosed, meanCertainty } = found;
  const mean = (of: (one: DensityClaims["classes"][number]) => number) =>
    meanOf(classes.map(of).filter(Number.isFinite));
  const nearest = "certainty with distance to the nearest other class";
  const others = "certainty with mean distance to the other classes";
  return new Map([
    ["distance from center to center of mass", mean((one) => one.centerToMass)],
    ["distance from center to a sample", mean((one) => one.centerToSample)],
    ["distance from center to most certain sample", mean((one) => one.mostCertain.distance)],
    ["distance from center to least certain sample", mean((one) => one.leastCertain.distance)],
    ["distance to the nearest other center of mass", mean((one) => one.nearestOther)],
    [`${nearest} over samples (Pearson)`, overSamples.nearestOther.pearson],
    [`${nearest} over samples (Spearman)`, overSamples.nearestOther.spearman],
    [`${others} over samples (Pearson)`, overSamples.meanOther.pearson],
    [`${others} over samples (Spearman)`, overSamples.meanOther.spearman],
    [`${nearest} over samples of enclosed classes (Spearman)`, overEnclosed.nearestOther.spearman],
    [`${others} over samples of enclosed classes (Spearman)`, overEnclosed.meanOther.spearman],
    [`${nearest} over classes (Pearson)`, overClasses.nearestOther.pearson],
    [`${others} over classes (Pearson)`, overClasses.meanOther.pearson],
    ["enclosed classes", classes.filter((one) => one.enclosed).length],
    ["mean certainty of enclosed classes", meanCertainty.enclosed],
    ["mean certainty of outer classes", meanCertainty.outer],
  ]);
}
