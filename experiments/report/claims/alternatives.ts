import { titleOfSet } from "../../../data/sets/facts.ts";
import { TABLE_SETS } from "../../rows/sources/mo_vic.ts";
import type { Claim, Measure } from "./claim.ts";
import { confusedMore } from "./related.ts";

const last = (row: string): Measure => (seed) =>
  seed.metric(row, "test_accuracy_by_nearest_center");

/** Of a row within its set's study, in which all rows have as many epochs. */
const beside = (loss: string, set: string, column = "nearest_center"): Measure => (seed) =>
  seed.cell(
    [`alternatives-${set}`, "comparison.csv"],
    { row: `${loss}-${set}-2` },
    `test_accuracy_by_${column}`,
  );

/** What mo-vic/standalone-center-loss says of the losses that it left. */
export const ALTERNATIVES_CLAIMS: readonly Claim[] = [
  {
    statement: "On MNIST center repulsion does about as well as the standalone loss",
    of: "alternatives-mnist",
    measured: "test accuracy by nearest center, center repulsion",
    value: beside("center-repulsion", "mnist"),
    control: { name: "of the standalone loss", value: beside("standalone", "mnist") },
    above: -0.02,
    below: 0.02,
  },
  {
    statement: "Center repulsion separates the digits of MNIST",
    ours: true,
    of: "center-repulsion-mnist-2",
    measured: "test accuracy by nearest center",
    value: last("center-repulsion-mnist-2"),
    above: 0.5,
  },
  ...TABLE_SETS.slice(1).map((set): Claim => ({
    statement: `Center repulsion fails on ${titleOfSet(set)}`,
    of: `center-repulsion-${set}-2`,
    measured: "test accuracy by nearest center",
    value: last(`center-repulsion-${set}-2`),
    below: 0.5,
  })),
  ...TABLE_SETS.map((set): Claim => ({
    statement: `On ${titleOfSet(set)} center softmax is worse than center loss with a softmax loss`,
    of: `alternatives-${set}`,
    measured: "test accuracy by nearest center, center softmax",
    value: beside("center-softmax", set),
    control: {
      name: "of cross-entropy + center, by class prediction",
      value: beside("cent", set, "logit"),
    },
    below: 0,
  })),
  ...TABLE_SETS.map((set): Claim => ({
    statement: `On ${
      titleOfSet(set)
    }, under a margin, too, classes with close centers are confused more`,
    ours: true,
    ...confusedMore(`margin-${set}-2`),
  })),
];
