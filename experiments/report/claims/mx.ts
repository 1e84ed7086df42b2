import { numberIn } from "../../../src/base/csv_lines.ts";
import { bestSoFar } from "../../run_folder/run_summary.ts";
import { type MiddlePlace, middlePlaces } from "../../studies/measures/middle.ts";
import { type Claim, type Measure, WRITTEN_AFTER } from "./claim.ts";
import type { Evidence } from "./evidence.ts";
import type { Bounds } from "./judge.ts";

const CONTROL = "mx-control", SECOND = "mx-center-second";

const ended = (row: string, column: string): Measure => (seed) =>
  seed.cell([CONTROL, "comparison.csv"], { row }, column);

/** How many of the two classes that are nearest to the middle under joint training are 4 or 8. */
const fourAndEight: Measure = async (seed) => {
  const joint = (await seed.shared("mx-stages", "middle.csv")).filter((line) =>
    line.stage === "joint"
  );
  const ranks = ["4", "8"].map((name) => {
    const line = joint.find((line) => line.class === name);
    return Number(line?.ranks.split(" ")[seed.seed - 1] ?? NaN);
  });
  return ranks.some(Number.isNaN) ? NaN : ranks.filter((rank) => rank <= 2).length;
};

/** Where the learned centers lie among each other after the last epoch, by the names of their classes; none without a run. */
async function placesOf(seed: Evidence, row: string): Promise<Map<string, MiddlePlace>> {
  const lines = await seed.lastEpoch(row, "centers.csv");
  const places = middlePlaces(lines.flatMap((it) => [numberIn(it, "x0"), numberIn(it, "x1")]));
  return new Map(lines.map((line, i) => [line.class, places[i]]));
}

/** How many classes the others enclose. */
const enclosed = (row: string): Measure => async (seed) => {
  const places = [...(await placesOf(seed, row)).values()];
  return places.length > 0 ? places.filter((place) => place.enclosed).length : NaN;
};

/** How many of the two classes whose centers are nearest to the middle of all are 4 or 8. */
const centersInMiddle = (row: string): Measure => async (seed) => {
  const places = await placesOf(seed, row);
  const ranks = ["4", "8"].map((name) => places.get(name)?.rank ?? NaN);
  return places.size > 0 ? ranks.filter((rank) => rank <= 2).length : NaN;
};

/** How far the accuracies by the two rules are apart. */
const disagree = (row: string): Measure => async (seed) =>
  Math.abs(
    await seed.metric(row, "test_accuracy_by_logit") -
      await seed.metric(row, "test_accuracy_by_nearest_center"),
  );

/** Test accuracy after the last epoch. */
const accuracy = (row: string, rule: "logit" | "nearest_center"): Measure => (seed) =>
  seed.metric(row, `test_accuracy_by_${rule}`);

/**
 * Test accuracy before the second stage, in the epoch that it starts from: the best of the first by the row's rule. The rate of
 * `mx-center` falls at another epoch under a preset, so that row is another training.
 */
const before = (rule: "logit" | "nearest_center"): Measure => async (seed) => {
  const plan = await seed.plan(SECOND), all = await seed.lines(SECOND, "metrics.csv");
  if (!plan?.secondStage) return NaN;
  const first = all.slice(0, plan.epochs - plan.secondStage.epochs);
  const best = bestSoFar(first, { ...plan, secondStage: undefined });
  return best ? numberIn(all[best.epoch - 1], `test_accuracy_by_${rule}`) : NaN;
};

/** A claim on what the second stage does to an accuracy. */
const staged = (
  statement: string,
  rule: "logit" | "nearest_center",
  bounds: Bounds,
): Claim => ({
  statement,
  of: SECOND,
  measured: `test accuracy by ${rule.replace("_", " ")} of ${SECOND}`,
  value: accuracy(SECOND, rule),
  control: { name: "of the epoch that its second stage starts from", value: before(rule) },
  ...bounds,
});

/** wangx404/Center_Loss_in_MXNet. */
export const MX_CLAIMS: readonly Claim[] = [
  {
    statement: "Joint training is more accurate than softmax alone",
    of: "mx-center",
    measured: "test accuracy by logit of mx-center",
    value: accuracy("mx-center", "logit"),
    control: { name: "of mx-softmax", value: accuracy("mx-softmax", "logit") },
    above: 0,
  },
  {
    statement: "After joint training the nearest center is less accurate than class prediction",
    of: "mx-center",
    measured: "test accuracy by nearest center of mx-center",
    value: accuracy("mx-center", "nearest_center"),
    control: { name: "by logit", value: accuracy("mx-center", "logit") },
    below: 0,
  },
  staged("After the second stage class prediction is a little less accurate than before", "logit", {
    below: 0,
  }),
  staged(
    "After the second stage the nearest center is more accurate than before",
    "nearest_center",
    {
      above: 0,
    },
  ),
  {
    statement:
      "After the second stage, too, the nearest center is less accurate than class prediction",
    of: SECOND,
    measured: `test accuracy by nearest center of ${SECOND}`,
    value: accuracy(SECOND, "nearest_center"),
    control: { name: "by logit", value: accuracy(SECOND, "logit") },
    below: 0,
    note: WRITTEN_AFTER,
  },
  ...[["class prediction", "logit"], ["nearest center", "nearest_center"]].map((
    [rule, column],
  ): Claim => ({
    statement: `The second stage adds more accuracy by ${rule} than joint training would`,
    ours: true,
    of: CONTROL,
    measured: "test accuracy of mx-center-second",
    value: ended("mx-center-second", `test_accuracy_by_${column}`),
    control: {
      name: "of as many epochs of joint training (mx-second-joint)",
      value: ended("mx-second-joint", `test_accuracy_by_${column}`),
    },
    above: 0,
  })),
  {
    statement:
      "The second stage draws classes in around their means, more than joint training would",
    ours: true,
    of: CONTROL,
    measured:
      "mean distance between class means divided by the root mean squared distance of a sample to its own, of mx-center-second",
    value: ended("mx-center-second", "ratio"),
    control: { name: "of mx-second-joint", value: ended("mx-second-joint", "ratio") },
    above: 0,
  },
  {
    statement: "4 and 8 always sit in the middle",
    of: "mx-stages",
    measured: "how many of the two classes nearest to the middle are 4 or 8, joint training",
    value: fourAndEight,
    above: 1.5,
    always: true,
  },
  {
    statement: "Without biases of features and logits 4 and 8 leave the middle",
    ours: true,
    of: "mx-center-no-bias",
    measured:
      "how many of the two classes whose centers are nearest to the middle are 4 or 8, of mx-center-no-bias",
    value: centersInMiddle("mx-center-no-bias"),
    control: { name: "of mx-center", value: centersInMiddle("mx-center") },
    below: 0,
  },
  {
    statement: "Without biases of features and logits the classes form a ring",
    of: "mx-center-no-bias",
    measured: "classes that the others enclose, of mx-center-no-bias",
    value: enclosed("mx-center-no-bias"),
    control: { name: "of mx-center", value: enclosed("mx-center") },
    below: 0,
  },
  {
    statement: "Without biases of features and logits class prediction and nearest center agree",
    of: "mx-center-no-bias",
    measured: "difference of the two test accuracies of mx-center-no-bias",
    value: disagree("mx-center-no-bias"),
    control: { name: "of mx-center", value: disagree("mx-center") },
    below: 0,
  },
  {
    statement: "10 epochs jointly and 30 of center loss alone end highest of all",
    of: "mx-10-30",
    measured: "test accuracy by logit of mx-10-30",
    value: async (seed) => {
      const plan = await seed.plan("mx-10-30");
      const published = plan?.epochs === 40 && plan.secondStage?.epochs === 30;
      return published ? await accuracy("mx-10-30", "logit")(seed) : NaN;
    },
    control: {
      name: "the best of mx-softmax, mx-center and mx-center-second",
      value: async (seed) =>
        Math.max(
          ...await Promise.all(
            ["mx-softmax", "mx-center", "mx-center-second"].map((row) =>
              accuracy(row, "logit")(seed)
            ),
          ),
        ),
    },
    above: 0,
  },
];
