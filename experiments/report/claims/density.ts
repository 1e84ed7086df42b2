import { centersOf } from "../../run_folder/features.ts";
import {
  type CenterPaths,
  centerPaths,
  FEWEST_EPOCHS,
} from "../../studies/measures/center_paths.ts";
import { type Claim, type Measure, WRITTEN_AFTER } from "./claim.ts";

const STUDY = "density-claims", CLASSES = 10;

const NOT_AFTER_THE_END =
  'the source says "at least before the middle training stage"; this is after the last epoch';

const LOSS: Readonly<Record<string, string>> = {
  "density": "center loss",
  "density-softmax": "cross-entropy",
};

/** A measure of the test images, or of those of the training pass; mean over classes where it is of classes. */
const of = (measure: string, row = "density", split = "test"): Measure => (seed) =>
  seed.cell([STUDY, "claims.csv"], { measure }, `${row} ${split}`);

/** The same by the distance to the nearest other class. */
const relative = (measure: string, split = "test"): Measure => async (seed) => {
  const [value, scale] = await Promise.all(
    [measure, "distance to the nearest other center of mass"].map((it) =>
      of(it, "density", split)(seed)
    ),
  );
  return value / scale;
};

/** Of the centers of the row's own run, epoch by epoch: the real paths, or the mean over mirrored ones. */
const path = (measure: keyof CenterPaths, of: "value" | "mean"): Measure => async (seed) => {
  const paths = [...centersOf(await seed.lines("density", "centers.csv")).values()];
  return paths.length < FEWEST_EPOCHS ? NaN : centerPaths(paths, CLASSES)[measure][of];
};

/** What the source says of learned centers, on images of one split. */
const ofCenters = (split: "test" | "train", where: string): Claim[] => {
  const note = split === "train" && { note: `${WRITTEN_AFTER}; the network was still changing` };
  return [
    {
      statement: `Learned centers are the centers of mass${where}`,
      of: STUDY,
      measured:
        "distance from center to center of mass, divided by that to the nearest other class",
      value: relative("distance from center to center of mass", split),
      below: 0.1,
      ...note,
    },
    {
      statement: `Learned centers are not where the most certain samples are${where}`,
      of: STUDY,
      measured:
        "distance from center to most certain sample, divided by that to the nearest other class",
      value: relative("distance from center to most certain sample", split),
      control: { name: "of a sample", value: relative("distance from center to a sample", split) },
      above: 0,
      ...note,
    },
  ];
};

/** bowu1004/TBD_densityLoss. On test images where nothing else is said. */
export const DENSITY_CLAIMS: readonly Claim[] = [
  ...ofCenters("test", ""),
  ...ofCenters("train", ", on images of the training pass"),
  ...["density-softmax", "density"].flatMap((row) =>
    ["nearest", "mean"].map((which): Claim => ({
      statement: `Under ${
        LOSS[row]
      }, samples farther from other classes (${which} distance) are more certain`,
      ...(row === "density" && { ours: true }),
      of: STUDY,
      measured: "Spearman's correlation of certainty and distance, over samples",
      value: of(`certainty with ${distanceTo(which)} over samples (Spearman)`, row),
      above: 0.5,
    }))
  ),
  ...["nearest", "mean"].map((which): Claim => ({
    statement:
      `Under center loss, samples taken for an enclosed class are more certain if farther from other classes (${which} distance)`,
    ours: true,
    of: STUDY,
    measured:
      "Spearman's correlation of certainty and distance, over samples taken for an enclosed class",
    value: of(`certainty with ${distanceTo(which)} over samples of enclosed classes (Spearman)`),
    above: 0.5,
  })),
  ...["density", "density-softmax"].map((row): Claim => ({
    statement: `Under ${LOSS[row]}, enclosed classes are less certain`,
    ...(row === "density-softmax" ? { ours: true } : { note: NOT_AFTER_THE_END }),
    of: STUDY,
    measured: "mean certainty of enclosed classes",
    value: of("mean certainty of enclosed classes", row),
    control: { name: "of outer classes", value: of("mean certainty of outer classes", row) },
    below: 0,
  })),
  {
    statement: "Two centers correlate",
    ours: true,
    of: "density",
    measured: "mean absolute correlation of the paths of all pairs",
    value: path("strength", "value"),
    control: { name: "of mirrored paths", value: path("strength", "mean") },
    above: 0,
  },
  {
    statement:
      "Centers of neighbouring classes move together, those of distant classes against each other",
    ours: true,
    of: "density",
    measured:
      "Spearman's correlation, over all pairs, of the correlation of two paths with the distance of the centers",
    value: path("withDistance", "value"),
    control: { name: "of mirrored paths", value: path("withDistance", "mean") },
    below: 0,
  },
  {
    statement: "Tying 4 and 9 to one center costs no accuracy by class prediction",
    ours: true,
    of: "density-tied",
    measured: "test accuracy by logit of density-tied",
    value: (seed) => seed.metric("density-tied", "test_accuracy_by_logit"),
    control: {
      name: "of density",
      value: (seed) => seed.metric("density", "test_accuracy_by_logit"),
    },
    above: -0.01,
  },
];

function distanceTo(which: string): string {
  return which === "nearest"
    ? "distance to the nearest other class"
    : "mean distance to the other classes";
}
