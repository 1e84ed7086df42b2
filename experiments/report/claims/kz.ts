import { meanBetween } from "../../run_folder/opened/distances.ts";
import { type Claim, type Measure, WRITTEN_AFTER } from "./claim.ts";

const last = (row: string, rule: string): Measure => (seed) =>
  seed.metric(row, `test_accuracy_by_${rule}`);

/** Mean distance between two centers after the last epoch. */
const between = (row: string): Measure => async (seed) =>
  meanBetween(await seed.lastEpoch(row, "center_distances.csv"));

/** KaiyangZhou/pytorch-center-loss. */
export const KZ_CLAIMS: readonly Claim[] = [
  {
    statement: "By class prediction both are about as accurate",
    ours: true,
    of: "kz-center",
    measured: "test accuracy by logit of kz-center",
    value: last("kz-center", "logit"),
    control: { name: "of kz-softmax", value: last("kz-softmax", "logit") },
    above: -0.01,
    below: 0.01,
  },
  {
    statement: "By the nearest center, center loss is more accurate",
    ours: true,
    of: "kz-center",
    measured: "test accuracy by nearest center of kz-center",
    value: last("kz-center", "nearest_center"),
    control: { name: "of kz-softmax", value: last("kz-softmax", "nearest_center") },
    above: 0,
  },
  {
    statement: "With center loss the centers lie closer together",
    ours: true,
    of: "kz-center",
    measured: "mean distance between two centers after the last epoch, of kz-center",
    value: between("kz-center"),
    control: { name: "of kz-softmax", value: between("kz-softmax") },
    below: 0,
    note: WRITTEN_AFTER,
  },
];
