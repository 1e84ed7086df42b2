import { titleOfSet } from "../../../data/sets/titles.ts";
import { relationshipOf } from "../relationship.ts";
import type { Claim, Measure } from "./claim.ts";
import { meanBetween } from "../../run_folder/opened/distances.ts";

const SETS = ["mnist", "fashion-mnist", "cifar-10"];
const LOSSES = ["xent", "cent", "standalone"] as const;
type Loss = typeof LOSSES[number];
const NAMES: Record<Loss, string> = {
  xent: "cross-entropy",
  cent: "center loss",
  standalone: "the standalone loss",
};

/** By a row's own rule. */
const ruleOf = (loss: Loss) => `accuracy_by_${loss === "standalone" ? "nearest_center" : "logit"}`;
const last = (loss: Loss, set: string): Measure => (seed) =>
  seed.metric(`${loss}-${set}-2`, `test_${ruleOf(loss)}`);
const gap = (loss: Loss, set: string): Measure => async (seed) =>
  await seed.metric(`${loss}-${set}-2`, `train_${ruleOf(loss)}`) - await last(loss, set)(seed);

/** Mean distance between centers after the last epoch, by that half way. */
const growth = (row: string): Measure => async (seed) => {
  const lines = await seed.lines(row, "center_distances.csv");
  const epochs = Number(lines.at(-1)?.epoch), middle = Math.max(1, Math.floor(epochs / 2));
  const [then, now] = [middle, epochs].map((epoch) =>
    meanBetween(lines.filter((line) => Number(line.epoch) === epoch))
  );
  return now / then;
};

const related = (row: string, of: "value" | "mean"): Measure => async (seed) =>
  relationshipOf(
    await seed.lines(row, "center_distances.csv"),
    await seed.lines(row, "confusion.csv"),
  )?.correlation[of] ?? NaN;

/** What mo-vic/standalone-center-loss says and asks of its own table, for the rows with two features. */
export const LOSSES_CLAIMS: readonly Claim[] = SETS.flatMap((set) =>
  [
    {
      statement: `On ${titleOfSet(set)} the standalone loss is the best of the three`,
      of: `standalone-${set}-2`,
      measured: `test accuracy of standalone-${set}-2`,
      value: last("standalone", set),
      control: {
        name: "the better of the other two",
        value: async (seed) =>
          Math.max(await last("xent", set)(seed), await last("cent", set)(seed)),
      },
      above: 0,
    },
    ...(["cent", "standalone"] as const).map((loss): Claim => ({
      statement: `On ${titleOfSet(set)} ${NAMES[loss]} narrows the gap of training and test`,
      of: `${loss}-${set}-2`,
      measured: `training less test accuracy of ${loss}-${set}-2`,
      value: gap(loss, set),
      control: { name: "under cross-entropy", value: gap("xent", set) },
      below: 0,
    })),
    {
      statement: `On ${titleOfSet(set)} softmax goes on parting classes`,
      of: `xent-${set}-2`,
      measured: `mean distance between centers of xent-${set}-2 at last, by that half way`,
      value: growth(`xent-${set}-2`),
      above: 1,
    },
    ...LOSSES.map((loss): Claim => ({
      statement: `On ${titleOfSet(set)}, under ${
        NAMES[loss]
      }, classes with close centers are confused more`,
      of: `${loss}-${set}-2`,
      measured: "Spearman's correlation of distance and confusions, all pairs of classes",
      value: related(`${loss}-${set}-2`, "value"),
      control: { name: "under shuffled names", value: related(`${loss}-${set}-2`, "mean") },
      below: 0,
    })),
  ] satisfies Claim[]
);
