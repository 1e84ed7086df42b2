/** Classes of samples by what a network says of them. */
import { type LossRecipe, objectiveOf } from "../losses/objective.ts";
import { argmax, argmin } from "../ops/argmax.ts";
import { squaredDistances } from "../ops/squared_distances.ts";
import type { Outputs } from "./outputs.ts";
import { scope } from "../tensor/scope.ts";
import { noGrad } from "../tensor/tape.ts";
import { tensor } from "../tensor/make_tensor.ts";

/** The classes of the largest logits, `[count]`. */
export async function byLogit({ logits }: Outputs, classes: number): Promise<ArrayLike<number>> {
  using _ = scope();
  const rows = tensor(logits, { shape: [logits.length / classes, classes] });
  return await noGrad(() => argmax(rows)).read();
}

/**
 * The classes of the nearest centers, `[count]`.
 *
 * @param centers The parameter, `[classes, dim]`, as a checkpoint has it.
 */
export async function byCenter(
  { features }: Outputs,
  centers: { shape: readonly number[]; data: ArrayLike<number> },
  loss: LossRecipe,
): Promise<ArrayLike<number>> {
  using _ = scope();
  const [, dim] = centers.shape;
  const points = tensor(features, { shape: [features.length / dim, dim] });
  const given = tensor(centers.data, { shape: centers.shape });
  const { classCenters = (same) => same } = objectiveOf(loss);
  return await noGrad(() => argmin(squaredDistances(points, classCenters(given)))).read();
}
