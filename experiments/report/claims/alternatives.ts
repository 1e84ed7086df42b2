import { titleOfSet } from "../../../data/sets/titles.ts";
import type { Claim, Measure } from "./claim.ts";

const SETS = ["mnist", "fashion-mnist", "cifar-10"];

const accuracy = (row: string, at?: (values: number[]) => number): Measure => (seed) =>
  seed.metric(row, "test_accuracy_by_nearest_center", at);

/** Two losses that mo-vic/standalone-center-loss tried and left. */
export const ALTERNATIVES_CLAIMS: readonly Claim[] = [
  ...SETS.map((set): Claim => ({
    statement: set === "mnist"
      ? "Center repulsion parts the digits of MNIST"
      : `It fails on ${titleOfSet(set)}`,
    of: `center-repulsion-${set}-2`,
    measured: "test accuracy by nearest center",
    value: accuracy(`center-repulsion-${set}-2`),
    ...(set === "mnist" ? { above: 0.5 } : { below: 0.5 }),
  })),
  ...SETS.map((set): Claim => ({
    statement: `On ${titleOfSet(set)} accuracy falls again while training goes on`,
    of: `center-repulsion-${set}-2`,
    measured: "test accuracy by nearest center after the last epoch",
    value: accuracy(`center-repulsion-${set}-2`),
    control: {
      name: "half way",
      value: accuracy(`center-repulsion-${set}-2`, (all) => all[Math.floor(all.length / 2) - 1]),
    },
    below: 0,
  })),
  {
    statement: "Center softmax does better on all three",
    of: "center-softmax-mnist-2",
    measured: "its test accuracy less that of center repulsion, the least of the three sets",
    value: async (seed) =>
      Math.min(
        ...await Promise.all(SETS.map(async (set) =>
          await accuracy(`center-softmax-${set}-2`)(seed) -
          await accuracy(`center-repulsion-${set}-2`)(seed)
        )),
      ),
    above: 0,
  },
];
