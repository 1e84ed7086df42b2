import type { Claim, Measure } from "./claim.ts";

const STUDY = "keras-lambda";

const of = (row: string, column: string): Measure => (seed) =>
  seed.cell([STUDY, "calibration.csv"], { row }, column);

/** machineCYC/SideProjects, 01-CenterLossVisualization. */
export const KERAS_CLAIMS: readonly Claim[] = [
  {
    statement: "Softmax alone is over-confident",
    of: STUDY,
    measured: "mean largest probability less accuracy, test images, of keras-lambda-0",
    value: of("keras-lambda-0", "over_confidence"),
    above: 0,
  },
  {
    statement: "Center loss makes the network less sure of itself",
    asked: true,
    of: STUDY,
    measured: "mean largest probability, test images, of keras-lambda-0.5",
    value: of("keras-lambda-0.5", "mean_largest_probability"),
    control: { name: "of keras-lambda-0", value: of("keras-lambda-0", "mean_largest_probability") },
    below: 0,
  },
  {
    statement: "Center loss brings probabilities closer to the share of right answers",
    ours: true,
    of: STUDY,
    measured: "expected calibration error of keras-lambda-0.5",
    value: of("keras-lambda-0.5", "ece"),
    control: { name: "of keras-lambda-0", value: of("keras-lambda-0", "ece") },
    below: 0,
  },
];
