/** All that is measured of a trained network: how it classifies, parts classes, retrieves, collapses, and knows its limits. */
import { described } from "../../base/choice.ts";
import { RunError } from "../../base/errors.ts";
import type { Normalization } from "../../dataset/batch_options.ts";
import { checkAlike, checkImageSet } from "../../dataset/check_set.ts";
import type { ImageSet } from "../../dataset/image_set.ts";
import { type LossRecipe, objectiveOf } from "../../losses/objective.ts";
import { auroc } from "../../metrics/auroc.ts";
import { calibration } from "../../metrics/calibration.ts";
import { accuracy } from "../../metrics/classification.ts";
import { classSpread } from "../../metrics/class_spread.ts";
import { distanceRows, sizedForSquares } from "../../metrics/distance_rows.ts";
import { knn } from "../../metrics/knn.ts";
import { nearestByCosine, nearestByDistance, unitRows } from "../../metrics/nearest_class.ts";
import { neuralCollapse } from "../../metrics/neural_collapse.ts";
import { retrieval, RetrievalSums } from "../../metrics/retrieval.ts";
import { SilhouetteSums } from "../../metrics/silhouette.ts";
import type { Network } from "../../model/network.ts";
import { tensor } from "../../tensor/make_tensor.ts";
import { byLogit, classCentersOf, probabilitiesOf } from "./classify_outputs.ts";
import { type Outputs, outputsOf } from "./outputs.ts";
import { readOf } from "../../tensor/read_of.ts";
import { sameShape, type Shape, show, sizeOf } from "../../tensor/shape.ts";

/** A network, and how it was trained. */
export interface TrainedNetwork {
  /** With its weights. */
  network: Network;
  /** What it was trained by: says whether its logits and centers count. */
  loss: LossRecipe;
  /** That of its training. Default: none. */
  normalization?: Normalization;
  /** The parameter, `[classes, dim]`, as numbers; counts where the loss has centers. */
  centers?: { shape: readonly number[]; data: ArrayLike<number> };
}

/** The images to measure by. */
export interface MeasuredSets {
  /** What it was trained on, with the labels that it was trained by. */
  train: ImageSet;
  /** What it is tested on. */
  test: ImageSet;
  /** Test images of classes that the network was not trained on. */
  unknown?: ImageSet;
}

/** Neighbours that vote. */
const NEIGHBOURS = 5;

/**
 * What is measured; NaN where a network has no such thing, such as centers of its own, or images of unknown classes.
 * Class means are those of the training features, in evaluation mode and without augmentation, where nothing else is said.
 * Accuracies, precisions and other shares are 0 to 1.
 */
export interface Measures {
  /** Test accuracy by the largest logit. */
  byLogit: number;
  /** The same by the nearest learned center, Euclidean. */
  byCenter: number;
  /** The same by the nearest class mean, Euclidean. */
  byMean: number;
  /** The same by the class mean of the largest cosine. */
  byCosine: number;
  /** The same by the majority of the five nearest training samples. */
  byKnn: number;
  /** Of the test set, with class means of its own: root mean squared distance to them, by the mean distance between them. */
  withinToBetween: number;
  /** Mean silhouette coefficient of the test set, -1 to 1. */
  silhouette: number;
  /** Retrieval within the test set by Euclidean distance: the share of queries whose nearest other image is of their class. */
  recallAt1: number;
  /** Mean average precision of the same. */
  map: number;
  /** The same up to rank R, the number of other images of the class. */
  mapAtR: number;
  /** {@linkcode recallAt1} by cosine. */
  recallAt1ByCosine: number;
  /** {@linkcode map} by cosine. */
  mapByCosine: number;
  /** Neural collapse of the training set: variability within classes. */
  nc1: number;
  /** Equal norms of the centered class means: their deviation by their mean. */
  nc2Norms: number;
  /** Equal angles between them: the deviation of the cosines. */
  nc2Angles: number;
  /** Largest angles between them: the mean of `|cos + 1 / (C - 1)|`. */
  nc2Maximal: number;
  /** Self-duality of class means and last layer; NaN where the logits are not products with its weights. */
  nc3: number;
  /** The share of training samples whose class by logit is not that of the nearest class mean. */
  nc4: number;
  /** Expected calibration error of the test set, in 15 bins, 0 to 1. */
  calibrationError: number;
  /** How well the distance to the nearest center, or class mean where none are learned, tells unknown classes: AUROC. */
  unknownByDistance: number;
  /** The same by 1 - the largest cosine with a class mean. */
  unknownByCosine: number;
}

/**
 * Measures a trained network. The device must be open.
 *
 * @throws {TypeError} When the sets differ in size or classes, or the centers are not those of these classes and features.
 * @throws {RunError} When a feature is not finite: the training has diverged.
 *
 * @example
 * ```ts
 * import { assert } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { drawDigits, kaimingNormal, measure, networkOf, openGpu, Random } from "../../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [train, test] = (["train", "test"] as const).map((split) => drawDigits({ count: 60, seed: 1, split }));
 * const sizes = { height: 28, width: 28, channels: 1, classes: 10, featureDim: 2, widthFactor: 0.125 };
 * const network = networkOf("lenetpp", sizes, kaimingNormal(new Random(1, "weights")));
 * const { byLogit, map, byCenter } = await measure({ network, loss: { kind: "cross-entropy" } }, { train, test });
 * assert(byLogit < 0.5 && map < 0.5 && Number.isNaN(byCenter));
 * ```
 */
export async function measure(
  { network, loss, normalization, centers }: TrainedNetwork,
  { train, test, unknown }: MeasuredSets,
): Promise<Measures> {
  const { readsLogits, centers: kind } = objectiveOf(loss);
  for (const set of [train, test]) checkImageSet(set);
  checkAlike(train, test);
  const classes = train.classNames.length;
  const run = async (set: ImageSet) => checked(await outputsOf(network, set, normalization), set);
  const [trained, tested] = [await run(train), await run(test)];
  const dim = tested.features.length / test.count;
  if (centers) checkStored(centers, [classes, dim]);
  const { means } = classSpread(trained.features, train.labels, classes);
  const learned = kind !== "none" && centers ? await classCentersOf(centers, loss) : undefined;
  const predicted = readsLogits ? await byLogit(tested, classes) : undefined;
  const right = (found: ArrayLike<number>) => accuracy(found, test.labels);
  const k = Math.min(NEIGHBOURS, train.count);
  const neighbours = { features: trained.features, labels: train.labels };
  const unseen = unknown && unknown.count > 0 ? await run(unknown) : undefined;
  const tells = (of: (features: Float32Array) => ArrayLike<number>) =>
    unseen ? auroc(of(unseen.features), of(tested.features)) : NaN;
  return {
    byLogit: predicted ? right(predicted) : NaN,
    byCenter: learned ? right(nearestByDistance(tested.features, learned, dim).classes) : NaN,
    byMean: right(nearestByDistance(tested.features, means, dim).classes),
    byCosine: right(nearestByCosine(tested.features, means, dim).classes),
    byKnn: right(await knn(neighbours, tested.features, k)),
    ...await ofPairs(tested.features, test, dim),
    ...await collapseOf(network, trained, train, dim, readsLogits),
    calibrationError: predicted ? await errorOf(tested, predicted, test) : NaN,
    unknownByDistance: tells((x) => nearestByDistance(x, learned ?? means, dim).distances),
    unknownByCosine: tells((x) => nearestByCosine(x, means, dim).distances),
  };
}

/** Refuses centers of other classes or features: distances to them would be those of somewhere else. */
function checkStored({ shape, data }: { shape: Shape; data: ArrayLike<number> }, wanted: Shape) {
  if (Array.isArray(shape) && sameShape(shape, wanted) && data?.length === sizeOf(wanted)) return;
  const found = Array.isArray(shape)
    ? `${show(shape)} with ${data?.length ?? "no"} numbers`
    : `of the shape ${described(shape)}`;
  throw new TypeError(
    `Cannot measure by centers ${found}: they must be { shape, data } of ${
      show(wanted)
    }, such as stateDict() gives`,
  );
}

function checked(outputs: Outputs, { name, split }: ImageSet): Outputs {
  if (outputs.features.every(Number.isFinite)) return outputs;
  throw new RunError(
    `Cannot measure features of ${name} ${split} that are not finite: train with a lower rate`,
  );
}

/** Of the pairs of test samples; NaN where there are too few of them. */
async function ofPairs(features: Float32Array, { labels, classNames }: ImageSet, dim: number) {
  const counts = classNames.map((_, k) => labels.filter((label: number) => label === k).length);
  const { ratio } = classSpread(features, labels, classNames.length);
  const none = { silhouette: NaN, recallAt1: NaN, map: NaN, mapAtR: NaN };
  const measurable = counts.filter((n) => n > 0).length > 1 && counts.some((n) => n > 1);
  if (!measurable) {
    return { withinToBetween: ratio, ...none, recallAt1ByCosine: NaN, mapByCosine: NaN };
  }
  const silhouette = new SilhouetteSums(labels), near = new RetrievalSums(labels);
  const [sized] = sizedForSquares(features);
  await distanceRows(sized, dim, (row, squared) => {
    silhouette.add(row, squared);
    near.add(row, squared);
  });
  const byCosine = await retrieval(Float32Array.from(unitRows(features, dim)), labels);
  return {
    withinToBetween: ratio,
    silhouette: silhouette.result(),
    ...near.result(),
    recallAt1ByCosine: byCosine.recallAt1,
    mapByCosine: byCosine.map,
  };
}

/** Of the training set; NaN where a class has no image. */
async function collapseOf(
  network: Network,
  outputs: Outputs,
  { labels, classNames }: ImageSet,
  dim: number,
  readsLogits: boolean,
) {
  const classes = classNames.length;
  if (classes < 2 || classNames.some((_, k) => !labels.includes(k))) {
    return { nc1: NaN, nc2Norms: NaN, nc2Angles: NaN, nc2Maximal: NaN, nc3: NaN, nc4: NaN };
  }
  const weight = network.head.linear ? await weightOf(network, dim) : undefined;
  const classifier = readsLogits
    ? { weight, predicted: await byLogit(outputs, classes) }
    : undefined;
  return neuralCollapse(outputs.features, labels, classes, classifier);
}

/** The weight of the last layer, `[classes, dim]`: what its logits of the axes' units are beyond those of 0. */
async function weightOf(network: Network, dim: number): Promise<Float64Array> {
  const places = new Float32Array((dim + 1) * dim);
  for (let d = 0; d < dim; d++) places[(d + 1) * dim + d] = 1;
  const logits = await readOf(() => network.logitsOf(tensor(places, { shape: [dim + 1, dim] })));
  const classes = logits.length / (dim + 1);
  return Float64Array.from(
    { length: classes * dim },
    (_, at) => {
      const k = Math.floor(at / dim);
      return logits[(at % dim + 1) * classes + k] - logits[k];
    },
  );
}

async function errorOf(
  outputs: Outputs,
  predicted: ArrayLike<number>,
  { labels, classNames }: ImageSet,
) {
  const classes = classNames.length, p = await probabilitiesOf(outputs, classes);
  const certainty = Array.from(predicted, (k, i) => Math.min(1, p[i * classes + k]));
  return calibration(certainty, Array.from(predicted, (k, i) => k === labels[i])).ece;
}
