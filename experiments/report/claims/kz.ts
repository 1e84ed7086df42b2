import type { Claim, Measure } from "./claim.ts";

const last = (row: string, rule: string): Measure => (seed) =>
  seed.metric(row, `test_accuracy_by_${rule}`);

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
];
