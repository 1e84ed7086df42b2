/** Features by their direction: of two on a circle, an epoch a frame; of three on a sphere that turns. */
import { percent } from "../../src/base/format.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import {
  circleMap,
  type CircleMapOptions,
  delayFor,
  encodePng,
  type Frame,
  fullestBin,
  GifWriter,
  longestFeature,
  sphereMap,
} from "../../src/figures/mod.ts";
import type { Plan } from "../plan/plan.ts";
import { readEpochSamples } from "../run_folder/epoch_samples.ts";
import { readCenters } from "../run_folder/features.ts";
import type { RunFolder } from "../run_folder/run_folder.ts";
import { subtitleOf } from "./subtitle.ts";

/** A turn of the sphere: so many frames, each so many milliseconds. */
const TURN = { frames: 60, delay: 100 };
/** Where the eye stands while epochs go by, in degrees. */
const STANDING = 30;
/** Samples on a sphere; more would hide each other. */
const MOST_SAMPLES = 4000;

/**
 * Of the test images: `circle.gif` and `.png` where there are two features; `sphere.gif` and `.png`, the last epoch, and
 * `sphere-epochs.gif` where there are three. Nothing where features of an epoch are gone.
 */
export async function saveAngles(
  folder: RunFolder,
  plan: Plan,
  sets: Sets,
  titleOf: (epoch: number) => string,
): Promise<void> {
  const { epochs, recipe: { featureDim } } = plan, { classNames } = sets.train;
  const { count } = sets.test, most = featureDim === 2 ? Infinity : MOST_SAMPLES;
  const all: Samples[] = [], centers = await readCenters(folder);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const seen = await readEpochSamples(folder, epoch, "test", featureDim, sets);
    if (!seen) return;
    const { features: points, labels } = seen;
    all.push({
      ...{ points, labels, centers: centers.get(epoch), classNames, title: titleOf(epoch) },
      subtitle: subtitleOf(
        { shown: Math.min(labels.length, most), count, split: "test", what: " by direction" },
        ratesOf(folder, epoch),
      ),
    });
  }
  // An epoch may have left the test set out.
  const tested = all.filter(({ labels }) => labels.length > 0);
  const film = async (name: string, frames: Iterable<Frame>, delay: number, still?: string) => {
    const gif = new GifWriter({ delay, classes: classNames.length });
    let last: Frame | undefined;
    for (const frame of frames) gif.add(last = frame);
    await folder.write(`${name}.gif`, gif.finish());
    if (still && last) await folder.write(`${still}.png`, encodePng(last));
  };
  if (featureDim === 2) {
    const radius = Math.max(...tested.map(({ points }) => longestFeature(points)));
    const most = Math.max(...tested.map(fullestBin));
    await film("circle", circles(tested, { radius, most }), delayFor(epochs), "circle");
  } else {
    const few = tested.map(firstOf);
    await film("sphere", turning(few.at(-1)!), TURN.delay, "sphere");
    await film("sphere-epochs", standing(few), delayFor(epochs));
  }
}

type Samples = Omit<CircleMapOptions, "radius" | "most">;

function* circles(all: readonly Samples[], same: { radius: number; most: number }) {
  for (const samples of all) yield circleMap({ ...samples, ...same });
}

/** Once around, and back to where the eye stands. */
function* turning(samples: Samples) {
  for (let k = 1; k <= TURN.frames; k++) {
    yield sphereMap({ ...samples, angle: STANDING + 360 * k / TURN.frames });
  }
}

function* standing(all: readonly Samples[]) {
  for (const samples of all) yield sphereMap({ ...samples, angle: STANDING });
}

function firstOf({ points, labels, ...rest }: Samples): Samples {
  return {
    ...rest,
    points: points.subarray(0, 3 * MOST_SAMPLES),
    labels: labels.subarray(0, MOST_SAMPLES),
  };
}

function ratesOf(folder: RunFolder, epoch: number): string {
  const accuracy = (rule: string) => folder.metrics.column(`test_accuracy_by_${rule}`)[epoch - 1];
  const [logit, nearest] = [accuracy("logit"), accuracy("nearest_center")];
  return [
    ...(Number.isNaN(logit) ? [] : [`${percent(logit)} by logit`]),
    `${percent(nearest)} by nearest center`,
  ].join(", ");
}
