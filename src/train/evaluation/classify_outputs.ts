/** Classes, probabilities and distances of samples by what a network says of them. */
import { type LossRecipe, objectiveOf } from "../../losses/objective.ts";
import { argmax, argmin } from "../../ops/argmax.ts";
import { add } from "../../ops/binary.ts";
import { softmax } from "../../ops/softmax.ts";
import { squaredDistances } from "../../ops/squared_distances.ts";
import { sqrt } from "../../ops/unary.ts";
import type { Outputs } from "./outputs.ts";
import { readOf } from "../../tensor/read_of.ts";
import { tensor } from "../../tensor/make_tensor.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** The classes of the largest logits, `[count]`. */
export async function byLogit(
  { logits }: Pick<Outputs, "logits">,
  classes: number,
): Promise<ArrayLike<number>> {
  return await readOf(() => argmax(rowsOf(logits, classes)));
}

/** The probabilities of all classes by the softmax of the logits, `[count, classes]`. */
export async function probabilitiesOf({ logits }: Outputs, classes: number): Promise<Float32Array> {
  return await readOf(() => softmax(rowsOf(logits, classes))) as Float32Array;
}

/** Distances that are on the GPU at once. */
const MOST_DISTANCES = 1 << 24;

/**
 * The classes of the nearest centers, `[count]`.
 *
 * @param centers The parameter, `[classes, dim]`, as a checkpoint has it; or class means, NaN for a class without one.
 */
export async function byCenter(
  { features }: Pick<Outputs, "features">,
  { shape, data }: StoredCenters,
  loss: LossRecipe,
): Promise<ArrayLike<number>> {
  const [classes, dim] = shape, nearest = new Int32Array(features.length / dim);
  const step = Math.max(1, Math.floor(MOST_DISTANCES / classes));
  const known = Float32Array.from(data, (x) => Number.isNaN(x) ? 0 : x);
  const far = Float32Array.from({ length: classes }, (_, k) => isNaN(data[k * dim]) ? Infinity : 0);
  for (let first = 0; first < nearest.length; first += step) {
    const part = { features: features.subarray(first * dim, (first + step) * dim) };
    const places = await readOf(() =>
      argmin(add(squares(part, { shape, data: known }, loss), tensor(far)))
    );
    nearest.set(places, first);
  }
  return nearest;
}

/** The Euclidean distances to the centers of all classes, `[count, classes]`; NaN to a class without one. */
export async function distancesTo(
  outputs: Outputs,
  centers: StoredCenters,
  loss: LossRecipe,
): Promise<Float32Array> {
  return await readOf(() => sqrt(squares(outputs, centers, loss))) as Float32Array;
}

/** The centers of all classes, `[classes, dim]`, made of the parameter. */
export async function classCentersOf(
  { shape, data }: StoredCenters,
  loss: LossRecipe,
): Promise<ArrayLike<number>> {
  const { classCenters = (same) => same } = objectiveOf(loss);
  return await readOf(() => classCenters(tensor(data, { shape })));
}

function rowsOf(values: Float32Array, width: number): Tensor {
  return tensor(values, { shape: [values.length / width, width] });
}

/** Centers as numbers, `[classes, dim]`. */
interface StoredCenters {
  shape: readonly number[];
  data: ArrayLike<number>;
}

function squares(
  { features }: Pick<Outputs, "features">,
  { shape, data }: StoredCenters,
  loss: LossRecipe,
): Tensor {
  const [, dim] = shape, { classCenters = (same) => same } = objectiveOf(loss);
  return squaredDistances(rowsOf(features, dim), classCenters(tensor(data, { shape })));
}
