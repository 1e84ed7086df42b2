import { titleOfSet } from "../../../data/sets/facts.ts";
import { lossName } from "../../plan/loss_name.ts";
import { planOf } from "../../plan/plan.ts";
import { CATALOG } from "../../rows/catalog.ts";
import type { Experiment } from "../../rows/experiment.ts";
import { TABLE_LOSSES, TABLE_SETS } from "../../rows/sources/mo_vic.ts";
import { meanBetween } from "../../run_folder/opened/distances.ts";
import { columnOf } from "../../run_folder/run_summary.ts";
import type { Claim, Measure } from "./claim.ts";
import { confusedMore } from "./related.ts";

type Loss = typeof TABLE_LOSSES[number];

const rowOf = (loss: Loss, set: string, features: number) =>
  CATALOG.get(`${loss}-${set}-${features}`) as Experiment;

/** By the row's own rule. */
const last = (row: Experiment): Measure => (seed) => seed.metric(row.id, columnOf(row.scoring));

/** How far training and test accuracy are from each other, whichever is higher. */
const apart = (row: Experiment): Measure => async (seed) =>
  Math.abs(await seed.metric(row.id, columnOf(row.scoring, "train")) - await last(row)(seed));

/** Training accuracy above which features are well separated. */
const SEPARATED = 0.9;

/**
 * Mean distance between centers after the last epoch, by that after the first one with {@linkcode SEPARATED} classes; NaN where
 * none but the last has.
 */
const growth = (row: Experiment): Measure => async (seed) => {
  const lines = await seed.lines(row.id, "center_distances.csv");
  const epochs = Number(lines.at(-1)?.epoch);
  const first = 1 +
    await seed.metric(
      row.id,
      columnOf(row.scoring, "train"),
      (all) => all.findIndex((it) => it > SEPARATED),
    );
  if (!(first >= 1 && first < epochs)) return NaN;
  const [then, now] = [first, epochs].map((epoch) =>
    meanBetween(lines.filter((line) => Number(line.epoch) === epoch))
  );
  return now / then;
};

/** The source's table has one best loss on a set with so many features; none where two are equal. */
function bestOf(set: string, features: number): Claim[] {
  const rows = TABLE_LOSSES.map((loss) => rowOf(loss, set, features));
  const published = rows.map(({ source }) => source!.accuracy!), top = Math.max(...published);
  if (published.filter((it) => it === top).length > 1) return [];
  const best = rows[published.indexOf(top)], others = rows.filter((row) => row !== best);
  return [{
    statement: `On ${titleOfSet(set)}, ${features}-D, ${lossName(best.recipe.loss)} is best`,
    of: best.id,
    measured: `test accuracy of ${best.id}`,
    value: last(best),
    control: {
      name: "the better of the other two",
      value: async (seed) => Math.max(...await Promise.all(others.map((row) => last(row)(seed)))),
    },
    above: 0,
    note: unequalEpochs(TABLE_LOSSES, set, features),
  }];
}

/** What a comparison of losses on a set has to say of their epochs under preset fast; undefined where all have as many. */
function unequalEpochs(losses: readonly Loss[], set: string, features: number): string | undefined {
  const rows = losses.map((loss) => rowOf(loss, set, features));
  const epochs = rows.map((row) => planOf(row, "fast").epochs);
  if (new Set(epochs).size === 1) return undefined;
  const each = rows.map(({ recipe }, i) => `${lossName(recipe.loss)} ${epochs[i]}`);
  return `under preset fast the losses do not train equally long, in epochs: ${each.join(", ")}`;
}

/** How far the standalone loss is behind cross-entropy on CIFAR-10, 2-D, in the rows' own network. */
const behind: Measure = async (seed) =>
  await last(rowOf("xent", "cifar-10", 2))(seed) -
  await last(rowOf("standalone", "cifar-10", 2))(seed);

/** The same in the network that flags of its study made. */
const behindIn = (flags: string): Measure => async (seed) => {
  const accuracy = ({ id, scoring }: Experiment) =>
    seed.cell([`losses-cifar-10+${flags}`, "comparison.csv"], { row: id }, columnOf(scoring));
  return await accuracy(rowOf("xent", "cifar-10", 2)) -
    await accuracy(rowOf("standalone", "cifar-10", 2));
};

/**
 * The source asks, "is it possible to build a much powerful model to turn a complicated dataset to a simple one", and does not
 * answer.
 */
const STRONGER: Claim = {
  statement:
    "On CIFAR-10, 2-D, the standalone loss is less far behind cross-entropy in the published network than in one of a quarter of its width",
  ours: true,
  of: "standalone-cifar-10-2",
  measured: "test accuracy of cross-entropy less that of the standalone loss",
  value: behind,
  control: { name: "a quarter of the width", value: behindIn("width=0.25") },
  below: 0,
};

/** What mo-vic/standalone-center-loss says of its own table on a set, and what it asks. */
const claimsOn = (set: typeof TABLE_SETS[number]): Claim[] => [
  ...[2, 128].flatMap((features) => bestOf(set, features)),
  ...[2, 128].map((features): Claim => ({
    statement: `On ${
      titleOfSet(set)
    }, ${features}-D, training and test are closer under the standalone loss than with a softmax`,
    of: `standalone-${set}-${features}`,
    measured: "distance of training and test accuracy under the standalone loss",
    value: apart(rowOf("standalone", set, features)),
    control: { name: "under cross-entropy + center", value: apart(rowOf("cent", set, features)) },
    below: 0,
    note: [
      "where test is above training, the distance says how far the training pass lags",
      unequalEpochs(["standalone", "cent"], set, features),
    ].filter((it) => it !== undefined).join("; "),
  })),
  {
    statement: `On ${titleOfSet(set)} cross-entropy goes on moving separated classes apart`,
    asked: true,
    of: `xent-${set}-2`,
    measured:
      `mean distance between centers after the last epoch, divided by that after the first epoch with a training accuracy above ${SEPARATED}`,
    value: growth(rowOf("xent", set, 2)),
    above: 1,
  },
  ...[2, 128].flatMap((features) =>
    TABLE_LOSSES.map((loss): Claim => ({
      statement: `On ${titleOfSet(set)}, ${features}-D, under ${
        lossName(rowOf(loss, set, features).recipe.loss)
      }, classes with close centers are confused more`,
      // The source asks it of softmax.
      ...(loss === "xent" ? { asked: true } : { ours: true }),
      ...confusedMore(`${loss}-${set}-${features}`),
    }))
  ),
];

/** What mo-vic/standalone-center-loss says, and what it asks. */
export const LOSSES_CLAIMS: readonly Claim[] = [
  ...TABLE_SETS.flatMap(claimsOn),
  STRONGER,
];
