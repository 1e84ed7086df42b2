/** Every loss of the family on the same stage: one network, one initialisation, as many images, one table of measures. */
import { titleOfSet } from "../../data/sets/facts.ts";
import { csvOf, snakeCase } from "../../src/base/csv.ts";
import { MEASURE_NAMES } from "../../src/train/evaluation/measure_lines.ts";
import { readMeasures } from "../run_folder/run_summary.ts";
import { RELATIVES } from "../rows/relatives.ts";
import { lossName } from "../plan/loss_name.ts";
import type { Plan } from "../plan/plan.ts";
import { drawPanels } from "./comparison.ts";
import type { Study, StudyFolder } from "./study.ts";
import type { StudyRun } from "./study_run.ts";

/** Data sets, in the order of training and tables. */
const SETS = ["mnist", "fashion-mnist"] as const;

/**
 * Losses of the published table's rows, by the beginnings of their ids; all others are rows that the table of losses makes.
 * Center repulsion and center softmax train for other numbers of images, and have a page of their own.
 */
const PUBLISHED = ["xent", "cent", "standalone"];

/** One a loss, on the one set and then on the other. */
const ROWS = SETS.flatMap((set) => [
  ...PUBLISHED.map((loss) => `${loss}-${set}-2`),
  ...RELATIVES.filter(({ dataset }) => dataset === set).map(({ id }) => id),
]);

/** What a study of the family asks, beside the first one. */
type Question = Pick<Study, "id" | "summary" | "flags"> & {
  /** Of the pictures, whatever value of its own flag was asked for. */
  title: (plan: Plan) => string;
};

/**
 * A study of all rows, with `panel-SET.gif` and `.png` of each data set, a plot a loss of two features, and `measures.csv`: a
 * line a row, all that was measured of it.
 */
function relatives({ title, ...question }: Question): Study {
  const study: Study = {
    ...question,
    rows: ROWS,
    anyFeatures: true,
    measures: true,
    partial: true,
    compose: async (runs, folder) => {
      for (const dataset of SETS) {
        const own = runs.filter(({ plan }) =>
          plan.dataset === dataset && plan.recipe.featureDim === 2
        );
        const how = {
          ...study,
          nameOf,
          split: "test",
          short: true,
          name: `panel-${dataset}`,
        } as const;
        if (own.length === 0) continue;
        const words = `${titleOfSet(dataset)}, ${title(own[0].plan)}`;
        await drawPanels({ ...how, title: words }, own, folder);
      }
      await writeTable(runs, folder);
    },
  };
  return study;
}

const nameOf = ({ recipe: { loss } }: Plan) =>
  loss.kind === "center" ? "center loss" : lossName(loss).replace(/ \(.*\)$/, "");

async function writeTable(runs: readonly StudyRun[], folder: StudyFolder): Promise<void> {
  const lines: Record<string, string | number>[] = [];
  for (const run of runs) {
    const { id, dataset, preset, recipe } = run.plan;
    const measured = await readMeasures(run.path);
    if (!measured) {
      folder.say(`${run.path} has no measures.csv: the row is left out of the table`);
      continue;
    }
    lines.push({
      ...{ row: id, dataset, loss: nameOf(run.plan), features: recipe.featureDim, preset },
      ...measured,
    });
  }
  const names = MEASURE_NAMES.map(snakeCase);
  const own = Object.keys(lines[0] ?? {}).filter((name) => !names.includes(name));
  const all = lines.length > 0 ? [...own, ...names] : [];
  const fields = lines.map((line) => all.map((name) => line[name]));
  await folder.write("measures.csv", csvOf(all, fields));
}

/** The family as it is. */
export const RELATIVES_STUDY = relatives({
  id: "relatives",
  summary: "every loss of the family on MNIST, then Fashion-MNIST: a picture, a table of measures",
  title: () => "one network, one initialisation",
});

/** Classes that nobody has seen. */
export const RELATIVES_OPEN_SET_STUDY = relatives({
  id: "relatives-open-set",
  summary: "the same, trained on eight classes: who notices images of the other two?",
  title: ({ leaveOut }) => `trained without the classes ${leaveOut!.join(", ")}`,
  flags: { "leave-out": [8, 9] },
});

/** Classes of different sizes. */
export const RELATIVES_IMBALANCE_STUDY = relatives({
  id: "relatives-imbalance",
  summary: "the same, the first class with 100 times the images of the last: who degrades least?",
  title: ({ imbalance }) => `training classes of ${imbalance} : 1`,
  flags: { imbalance: 100 },
});

/** Wrong labels. */
export const RELATIVES_NOISE_STUDY = relatives({
  id: "relatives-noise",
  summary: "the same, a fifth of the training labels wrong: who degrades least?",
  title: ({ labelNoise }) => `${Math.round(100 * labelNoise!)} % of the training labels wrong`,
  flags: { "label-noise": 0.2 },
});
