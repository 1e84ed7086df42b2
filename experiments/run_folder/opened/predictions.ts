/** What a trained network says of images: their classes by the run's own rule, how sure it is, and how far from each center. */
import type { UnlabelledImages } from "../../../data/formats/csv.ts";
import type { ImageSet } from "../../../src/dataset/image_set.ts";
import { emptyLabels } from "../../../src/dataset/labels.ts";
import { objectiveOf } from "../../../src/losses/objective.ts";
import type { Network } from "../../../src/model/network.ts";
import {
  byCenter,
  byLogit,
  distancesTo,
  probabilitiesOf,
} from "../../../src/train/evaluation/classify_outputs.ts";
import type { ClassCenters } from "./class_centers.ts";
import { outputsOf } from "../../../src/train/evaluation/outputs.ts";
import type { Plan } from "../../plan/plan.ts";

/** What is said of one image. */
export interface Prediction {
  /** The name of its class, by the run's own rule: of the largest logit, or of the nearest center. */
  readonly class: string;
  /** The number of that class. */
  readonly label: number;
  /** The probability of that class by the softmax; none where the loss trains no logits. */
  readonly probability?: number;
  /**
   * The Euclidean distance to the center of each class, `[classes]`; where none are learned, to the means of the training
   * features, NaN for a class without any. None where the run has neither.
   */
  readonly distances?: Float32Array;
}

/** A network that was trained, and what says of its outputs which class they are. */
export interface Trained {
  /** With its weights. */
  network: Network;
  /** Of its run. */
  plan: Pick<Plan, "recipe" | "scoring">;
  /** `[classes, dim]`: the parameter, or means of features. */
  centers?: ClassCenters;
  /** A name for each class. */
  classNames: readonly string[];
}

/**
 * What a trained network says of each image; they have the size of its training.
 *
 * @throws {TypeError} When it goes by the nearest center, and there are none.
 */
export async function predictionsOf(
  { network, plan: { recipe, scoring }, centers, classNames }: Trained,
  images: Pick<UnlabelledImages, "count" | "images" | "height" | "width" | "channels">,
): Promise<Prediction[]> {
  const { loss, normalization } = recipe, classes = classNames.length;
  if (images.count === 0) return [];
  const outputs = await outputsOf(network, unlabelledSet(images, classNames), normalization);
  const { readsLogits } = objectiveOf(loss);
  if (scoring === "nearest-center" && !centers) {
    throw new TypeError("Cannot classify by the nearest center: there are no centers");
  }
  const labels = scoring === "nearest-center"
    ? await byCenter(outputs, centers!, loss)
    : await byLogit(outputs, classes);
  const probabilities = readsLogits ? await probabilitiesOf(outputs, classes) : undefined;
  const distances = centers && await distancesTo(outputs, centers, loss);
  return Array.from(labels, (label, i) => ({
    class: classNames[label],
    label,
    ...(probabilities && { probability: probabilities[i * classes + label] }),
    ...(distances && { distances: distances.subarray(i * classes, (i + 1) * classes) }),
  }));
}

/** Images as a set whose labels say nothing. */
function unlabelledSet(
  { count, height, width, channels, images }: Parameters<typeof predictionsOf>[1],
  classNames: readonly string[],
): ImageSet {
  const labels = emptyLabels(count, classNames.length);
  const set = { count, height, width, channels, images, labels, classNames: [...classNames] };
  return { ...set, name: "unlabelled", split: "test" };
}
