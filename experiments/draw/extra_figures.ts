/** Pictures of a finished run that only some rows ask for. */
import { encodePng, matrixMap, reliability } from "../../src/figures/mod.ts";
import { lossOf } from "../../src/losses/table.ts";
import { pathCorrelation } from "../../src/metrics/path_correlation.ts";
import { csvOf } from "../../src/base/csv.ts";
import { readCenters } from "../run_folder/features.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import { MOST_PAIRED_CLASSES, writesClassPairs } from "../run_folder/class_pairs.ts";
import type { Plan } from "../plan/plan.ts";
import { nameOfRun } from "../plan/variant.ts";
import type { RunFolder } from "../run_folder/run_folder.ts";
import { calibrationOf, readEpochSamples } from "../run_folder/epoch_samples.ts";
import { saveAngles } from "./angles.ts";
import { saveSurfaces } from "./surfaces.ts";

/** So that a path has two steps. */
const FEWEST_EPOCHS = 3;

/**
 * Draws the figures that the row asks for, from the files of the run; none where the features of the last epoch are gone.
 *
 * @param angles Whether features are drawn by their direction, too; those of a loss on the angle always are.
 * @returns A line for each figure that is left out, with the reason.
 */
export async function extraFigures(
  folder: RunFolder,
  plan: Plan,
  sets: Sets,
  titleOf: (epoch: number) => string,
  angles = false,
): Promise<string[]> {
  const { surface, reliability: calibrated, correlation } = plan.figures ?? {};
  const { epochs, recipe: { featureDim, loss } } = plan, title = titleOf(epochs);
  const left: string[] = [];
  if (correlation && epochs < FEWEST_EPOCHS) {
    left.push(`correlation.png takes ${FEWEST_EPOCHS} epochs at least, so it is left out`);
  } else if (correlation && !writesClassPairs(sets.train.classNames.length)) {
    left.push(
      `correlation.png has a cell for each pair of at most ${MOST_PAIRED_CLASSES} classes, so it is left out`,
    );
  } else if (correlation) await saveCorrelation(folder, plan, sets, title);
  if (calibrated) await saveCalibration(folder, plan, sets, title);
  if (surface && featureDim !== 2) {
    left.push("surface.gif stands on a plane of two features, so it is left out");
  } else if (surface) await saveSurfaces(folder, plan, sets, titleOf);
  const drawable = featureDim === 2 || featureDim === 3, own = lossOf(loss.kind);
  const onAngles = own.branch === "angles" || own.evaluation === "cosine" || own.directions;
  if (angles && !drawable) {
    left.push(
      `Directions are drawn of two and of three features, not of ${featureDim}, so they are left out`,
    );
  } else if (drawable && (angles || onAngles)) {
    await saveAngles(folder, plan, sets, titleOf);
  }
  return left;
}

/** `reliability.png` and `calibration.csv`, of the test images. */
async function saveCalibration(folder: RunFolder, plan: Plan, sets: Sets, title: string) {
  const samples = await readEpochSamples(folder, plan.epochs, "test", plan.recipe.featureDim, sets);
  if (!samples || samples.logOdds.length === 0) return;
  const { bins, ece, meanCertainty, accuracy } = calibrationOf(samples);
  const frame = reliability({
    title,
    subtitle: "test images: how often the network is right when it is so sure",
    panels: [{ name: nameOfRun(plan), bins, ece, meanConfidence: meanCertainty, accuracy }],
  });
  await folder.write("reliability.png", encodePng(frame));
  const header = ["accuracy", "mean_largest_probability", "expected_calibration_error"];
  const text = csvOf(header, [[accuracy, meanCertainty, ece]]);
  await folder.write("calibration.csv", text);
}

/** `correlation.png` and `.csv`: how the paths of every two centers go together over the epochs. */
async function saveCorrelation(folder: RunFolder, plan: Plan, { train }: Sets, title: string) {
  const centers = await readCenters(folder);
  const paths = Array.from({ length: plan.epochs }, (_, i) => centers.get(i + 1)!);
  const { classNames: names } = train, n = names.length;
  const values = pathCorrelation(paths, n);
  const frame = matrixMap({
    title,
    subtitle: `how the paths of two centers go together, over ${paths.length} epochs`,
    values,
    names,
  });
  await folder.write("correlation.png", encodePng(frame));
  const lines = names.map((name, k) => [name, ...values.subarray(k * n, (k + 1) * n)]);
  await folder.write("correlation.csv", csvOf(["center", ...names], lines));
}
