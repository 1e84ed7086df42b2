import { type Claim, WRITTEN_AFTER } from "./claim.ts";
import type { Evidence } from "./evidence.ts";

const STUDY = "lambda-sweep", AT_ALPHA = "lambda-sweep-alpha";
const WEIGHTS = [0.001, 0.01, 0.1, 1];

/** A column under the four weights, in their order; NaN for one that is missing. */
const column = (seed: Evidence, name: string, study = STUDY) =>
  Promise.all(
    WEIGHTS.map((weight) =>
      seed.cell([study, "comparison.csv"], { setting: `λ = ${weight}` }, name)
    ),
  );

/** The least step from one weight to the next, as a factor. */
const leastFactor = (all: readonly number[]) =>
  Math.min(...all.slice(1).map((value, i) => value / all[i]));

/** What the figure shows, of one way to move the centers. */
const figure = (of: string, how: string): Claim[] => [
  {
    statement:
      `With centers moved ${how}, each tenfold weight makes classes smaller relative to the distances between them`,
    of,
    measured: "the least factor by which ratio grows from one weight to the next",
    value: async (seed) => leastFactor(await column(seed, "ratio", of)),
    above: 1,
  },
  {
    statement: `With centers moved ${how}, each tenfold weight shrinks the features`,
    of,
    measured: "the least factor by which the distance between class means shrinks",
    value: async (seed) =>
      leastFactor((await column(seed, "mean_distance_between_class_means", of)).toReversed()),
    above: 1,
  },
];

/** Wen et al., ECCV 2016, figure 3. Its centers move at alpha = 0.5; the authors' code, with its solver, has no figure. */
export const WEN_CLAIMS: readonly Claim[] = [
  ...figure(STUDY, "by the solver").map((claim): Claim => ({ ...claim, ours: true })),
  ...figure(AT_ALPHA, "at alpha = 0.5"),
  {
    statement:
      "Centers moved at alpha = 0.5 lie farther from the means of their classes than those moved by the solver",
    ours: true,
    of: AT_ALPHA,
    measured:
      "distance of a center to the mean of its class, divided by that under the solver, the least of the four weights",
    value: async (seed) => {
      const [own, solver] = await Promise.all(
        [AT_ALPHA, STUDY].map((it) => column(seed, "mean_distance_center_to_class_mean", it)),
      );
      return Math.min(...own.map((distance, i) => distance / solver[i]));
    },
    above: 1,
    note: WRITTEN_AFTER,
  },
  {
    statement: "By the nearest center, 0.1 is the best of the four weights",
    ours: true,
    of: STUDY,
    measured: "test accuracy by nearest center under 0.1",
    value: async (seed) => (await column(seed, "test_accuracy_by_nearest_center"))[2],
    control: {
      name: "the best of the other three",
      value: async (seed) =>
        Math.max(...(await column(seed, "test_accuracy_by_nearest_center")).toSpliced(2, 1)),
    },
    above: 0,
  },
  {
    statement: "By class prediction the four weights are about as accurate",
    ours: true,
    of: STUDY,
    measured: "largest less smallest test accuracy by logit of the four",
    value: async (seed) => {
      const all = await column(seed, "test_accuracy_by_logit");
      return Math.max(...all) - Math.min(...all);
    },
    below: 0.01,
  },
];
