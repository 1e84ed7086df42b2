/** Center Loss Visualization on MNIST (Keras): with and without center loss, at first and at last. */
import { csvOfRows } from "../../src/base/csv.ts";
import { encodePng, featureGrid, reliability } from "../../src/figures/mod.ts";
import { calibrationOf } from "../run_folder/epoch_samples.ts";
import { BOTH_RULES, cellOf } from "./comparison.ts";
import { type Study, titleOf } from "./study.ts";

/** `panel.png`, `reliability.png` and `calibration.csv`. */
export const KERAS_LAMBDA_STUDY: Study = {
  id: "keras-lambda",
  summary: "first and last epoch with and without center loss, and how sure each is of itself",
  rows: ["keras-lambda-0", "keras-lambda-0.5"],
  compose: async (runs, folder) => {
    const epochs = Math.min(...runs.map(({ plan }) => plan.epochs));
    const names = ["λ = 0", "λ = 0.5"], title = titleOf(KERAS_LAMBDA_STUDY, runs);
    const grid = featureGrid({
      title,
      subtitle: `test images, without and with center loss · ${BOTH_RULES}`,
      columnTitles: ["epoch 1", `epoch ${epochs}`],
      rowTitles: names,
      cells: await Promise.all(
        runs.map((run) => Promise.all([1, epochs].map((epoch) => cellOf(run, "test", epoch)))),
      ),
      classNames: runs[0].sets.train.classNames,
    });
    await folder.write("panel.png", encodePng(grid));
    const both = await Promise.all(runs.map(async (run) => calibrationOf(await run.seen("test"))));
    const diagrams = reliability({
      title: `${title} · epoch ${epochs} of ${epochs}`,
      subtitle: "test images: how often the network is right when it is so sure",
      panels: both.map(({ bins, ece, meanCertainty, accuracy }, i) => ({
        ...{ name: names[i], bins, ece, meanConfidence: meanCertainty, accuracy },
      })),
    });
    await folder.write("reliability.png", encodePng(diagrams));
    const lines = both.map(({ accuracy, meanCertainty, ece }, i) => ({
      row: runs[i].plan.id,
      preset: runs[i].plan.preset,
      accuracy,
      meanLargestProbability: meanCertainty,
      ece,
      overConfidence: meanCertainty - accuracy,
    }));
    await folder.write("calibration.csv", csvOfRows(lines));
  },
};
