/** wangx404/Center_Loss_in_MXNet: softmax, joint training and the second stage beside each other. */
import { csvOfRows } from "../../src/base/csv.ts";
import { encodePng, featureGrid } from "../../src/figures/mod.ts";
import { BOTH_RULES, cellOf } from "./comparison.ts";
import { medians } from "./measures/medians.ts";
import { middleCounts, middlePlaces } from "./measures/middle.ts";
import { type Study, type StudyFolder, titleOf } from "./study.ts";
import type { StudyRun } from "./study_run.ts";

const STAGES = ["softmax", "joint", "second stage"];
/** The remark is of two classes. */
const IN_THE_MIDDLE = 2;

/** `stages.png`, how each row ended, and which classes sit in the middle, counted over seeds. */
export const MX_STAGES_STUDY: Study = {
  id: "mx-stages",
  summary: "softmax, joint training and the second stage beside each other, for both sets",
  rows: ["mx-softmax", "mx-center", "mx-center-second"],
  compose: async (runs, folder) => {
    const frame = featureGrid({
      title: titleOf(MX_STAGES_STUDY, runs),
      subtitle: `softmax alone, with center loss, and center loss alone after it · ${BOTH_RULES}`,
      rowTitles: STAGES,
      columnTitles: ["training images", "test images"],
      cells: await Promise.all(
        runs.map((run) => Promise.all([cellOf(run, "train"), cellOf(run, "test")])),
      ),
      classNames: runs[0].sets.train.classNames,
      classNumbers: true,
    });
    await folder.write("stages.png", encodePng(frame));
    const lines = runs.map((run, i) => ({
      row: run.plan.id,
      stage: STAGES[i],
      preset: run.plan.preset,
      published: run.plan.source?.accuracy,
      byClassPrediction: run.metric("test_accuracy_by_logit"),
      byNearestCenter: run.metric("test_accuracy_by_nearest_center"),
    }));
    await folder.write("stages.csv", csvOfRows(lines));
  },
  overSeeds: writeMiddle,
};

/** `middle.csv`: which classes sit nearest to the middle of all, over seeds: the source remarks that 4 and 8 do. */
async function writeMiddle(seeds: readonly (readonly StudyRun[])[], folder: StudyFolder) {
  const { classNames } = seeds[0][0].sets.train;
  const stages = await Promise.all(STAGES.map(async (stage, i) => {
    const points = await Promise.all(seeds.map(async (runs) => {
      const { features, labels } = await runs[i].seen("test");
      return medians(features, labels, classNames.length);
    }));
    return middleCounts(points, IN_THE_MIDDLE).map((count, k) => ({
      stage,
      class: classNames[k],
      seeds: count.runs,
      amongTheTwoNearest: count.nearest,
      enclosed: count.enclosed,
      meanRank: count.meanRank,
      ranks: points.map((of) => middlePlaces(of)[k].rank).join(" "),
    }));
  }));
  await folder.write("middle.csv", csvOfRows(stages.flat()));
  const often = stages[STAGES.indexOf("joint")].filter((line) => line.amongTheTwoNearest > 0)
    .map((line) => `${line.class} (${line.amongTheTwoNearest} of ${line.seeds})`);
  folder.say(`Nearest to the middle under joint training, over seeds: ${often.join(", ")}`);
}
