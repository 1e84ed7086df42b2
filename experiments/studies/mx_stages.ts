/** wangx404/Center_Loss_in_MXNet: softmax, joint training and the second stage beside each other. */
import { encodePng, featureGrid, featureRange } from "../../src/figures/mod.ts";
import { medians } from "./measures/medians.ts";
import { middleCounts, middlePlaces } from "./measures/middle.ts";
import { csvOf } from "../../src/base/csv.ts";
import { cellOf } from "./comparison.ts";
import type { Study, StudyFolder } from "./study.ts";
import type { StudyRun } from "./study_run.ts";

const NAMES = ["softmax", "joint", "second stage"];
/** The remark is of two classes. */
const IN_THE_MIDDLE = 2;

/** `stages.png`, how each row ended, and which classes sit in the middle, counted over seeds. */
export const MX_STAGES_STUDY: Study = {
  id: "mx-stages",
  summary: "softmax, joint training and the second stage beside each other, for both sets",
  rows: ["mx-softmax", "mx-center", "mx-center-second"],
  compose: async (runs, folder) => {
    const cells = await Promise.all(
      runs.map((run) =>
        Promise.all((["train", "test"] as const).map(async (split) => {
          const { features } = await run.seen(split);
          return await cellOf(run, split, run.plan.epochs, featureRange([features]));
        }))
      ),
    );
    const frame = featureGrid({
      title: `mx-stages · ${runs[0].plan.preset}`,
      subtitle: "softmax alone, with center loss, and center loss alone after it",
      rowTitles: NAMES,
      columnTitles: ["training images", "test images"],
      cells,
      classNames: runs[0].sets.train.classNames,
      classNumbers: true,
    });
    await folder.write("stages.png", encodePng(frame));
    await folder.write("stages.csv", accuracies(runs));
  },
  overSeeds: writeMiddle,
};

function accuracies(runs: readonly StudyRun[]): string {
  return csvOf(
    ["row", "stage", "preset", "published", "by_class_prediction", "by_nearest_center"],
    runs.map((run, i) => [
      run.plan.id,
      NAMES[i],
      run.plan.preset,
      run.plan.source?.accuracy ?? NaN,
      run.metric("test_accuracy_by_logit"),
      run.metric("test_accuracy_by_nearest_center"),
    ]),
  );
}

/** `middle.csv`: which classes sit nearest to the middle of all, over seeds: the source remarks that 4 and 8 do. */
async function writeMiddle(seeds: readonly (readonly StudyRun[])[], folder: StudyFolder) {
  const { classNames } = seeds[0][0].sets.train;
  const lines: (string | number)[][] = [];
  for (const [i, name] of NAMES.entries()) {
    const points = await Promise.all(seeds.map(async (runs) => {
      const { features, labels } = await runs[i].seen("test");
      return medians(features, labels, classNames.length);
    }));
    middleCounts(points, IN_THE_MIDDLE).forEach((count, k) => {
      const ranks = points.map((of) => middlePlaces(of)[k].rank).join(" ");
      lines.push([
        ...[name, classNames[k], count.runs, count.nearest, count.enclosed, count.meanRank, ranks],
      ]);
    });
  }
  const header = ["stage", "class", "seeds", "among_the_two_nearest", "enclosed", "mean_rank"];
  await folder.write("middle.csv", csvOf([...header, "ranks"], lines));
  const joint = lines.filter(([name]) => name === "joint");
  const often = joint.filter(([, , , nearest]) => Number(nearest) > 0)
    .map(([, of, n, nearest]) => `${of} (${nearest} of ${n})`);
  folder.say(`Nearest to the middle under joint training, over seeds: ${often.join(", ")}`);
}
