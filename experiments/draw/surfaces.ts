/** Probabilities as heights over the plane: the last epoch, turning, and a frame an epoch, as the source shows them. */
import { percent } from "../../src/base/format.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import {
  delayFor,
  densitySurface,
  encodePng,
  featureRange,
  type Frame,
  GifWriter,
  type Range2D,
} from "../../src/figures/mod.ts";
import type { Plan } from "../plan/plan.ts";
import { probabilityOf, readEpochSamples } from "../run_folder/epoch_samples.ts";
import { readCenters } from "../run_folder/features.ts";
import type { RunFolder } from "../run_folder/run_folder.ts";
import { subtitleOf } from "./subtitle.ts";

/** A turn of the surface: so many frames, each so many milliseconds. */
const TURN = { frames: 60, delay: 100 };
/** Where the eye stands while epochs go by, in degrees. */
const STANDING = 30;
/** Samples of a surface; more would hide each other. */
const MOST_SAMPLES = 4000;
/** What heights are, in the words of a subtitle. */
const HEIGHT = ", as high as the probability of their own class";

/**
 * `surface.gif` and `surface.png`, the last epoch, and `surface-epochs.gif`, all on one range: training features with the
 * probability of each sample's own class as height. Nothing where features or predictions of an epoch are gone.
 */
export async function saveSurfaces(
  folder: RunFolder,
  plan: Plan,
  sets: Sets,
  titleOf: (epoch: number) => string,
): Promise<void> {
  const epochs: Floors[] = [];
  for (let epoch = 1; epoch <= plan.epochs; epoch++) {
    const floor = await floorOf(folder, epoch, sets);
    if (!floor) return;
    epochs.push(floor);
  }
  const { classNames, count } = sets.train;
  const accuracies = folder.metrics.column("train_accuracy_by_logit");
  const frameOf = (epoch: number, range: Range2D, angle: number): Frame => {
    const floor = epochs[epoch - 1];
    return densitySurface({
      ...{ ...floor, range, angle, classNames, title: titleOf(epoch) },
      subtitle: subtitleOf(
        { shown: floor.labels.length, count, split: "train", what: HEIGHT },
        `${percent(accuracies[epoch - 1])} by logit`,
      ),
    });
  };
  const last = plan.epochs, own = featureRange([epochs[last - 1].points]);
  const turn = new GifWriter({ delay: TURN.delay, classes: classNames.length });
  for (let k = 0; k < TURN.frames; k++) {
    const frame = frameOf(last, own, 360 * k / TURN.frames);
    turn.add(frame);
    if (k === 0) await folder.write("surface.png", encodePng(frame));
  }
  await folder.write("surface.gif", turn.finish());
  const all = featureRange(epochs.map(({ points }) => points));
  const film = new GifWriter({ delay: delayFor(last), classes: classNames.length });
  epochs.forEach((_, i) => film.add(frameOf(i + 1, all, STANDING)));
  await folder.write("surface-epochs.gif", film.finish());
}

/** What stands on the plane after an epoch. */
type Floors = NonNullable<Awaited<ReturnType<typeof floorOf>>>;

async function floorOf(folder: RunFolder, epoch: number, sets: Sets) {
  const samples = await readEpochSamples(folder, epoch, "train", 2, sets);
  if (!samples || samples.ownLogOdds.length === 0) return undefined;
  return {
    points: samples.features.subarray(0, 2 * MOST_SAMPLES),
    labels: samples.labels.subarray(0, MOST_SAMPLES),
    heights: Float64Array.from(samples.ownLogOdds.subarray(0, MOST_SAMPLES), probabilityOf),
    centers: (await readCenters(folder)).get(epoch),
  };
}
