import type { Claim } from "./claim.ts";
import type { Evidence } from "./evidence.ts";

const STUDY = "lambda-sweep";
const WEIGHTS = [0.001, 0.01, 0.1, 1];

/** A column under the four weights, in their order; NaN for one that is missing. */
const column = (seed: Evidence, name: string) =>
  Promise.all(
    WEIGHTS.map((weight) =>
      seed.cell([STUDY, "comparison.csv"], { setting: `λ = ${weight}` }, name)
    ),
  );

/** The least step from one weight to the next, as a factor. */
const leastFactor = (all: readonly number[]) =>
  Math.min(...all.slice(1).map((value, i) => value / all[i]));

/** Wen et al., ECCV 2016, figure 3. */
export const WEN_CLAIMS: readonly Claim[] = [
  {
    statement:
      "With every tenfold weight classes get smaller relative to the distances between them",
    of: STUDY,
    measured: "the least factor by which ratio grows from one weight to the next",
    value: async (seed) => leastFactor(await column(seed, "ratio")),
    above: 1,
  },
  {
    statement: "With every tenfold weight the features shrink",
    of: STUDY,
    measured: "the least factor by which the distance between class means shrinks",
    value: async (seed) =>
      leastFactor((await column(seed, "mean_distance_between_class_means")).toReversed()),
    above: 1,
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
