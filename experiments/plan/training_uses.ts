/** Which kernels and shapes a row's training step uses. */
import { softmaxCrossEntropy } from "../../src/losses/cross_entropy.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import type { Initializer } from "../../src/model/init.ts";
import { networkOf } from "../../src/model/networks.ts";
import { backward } from "../../src/ops/backward.ts";
import { scope } from "../../src/tensor/scope.ts";
import { sizeOf } from "../../src/tensor/shape.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { shapesOf } from "../../src/tune/shapes_of.ts";
import { type Use, worthTuning } from "../../src/tune/use.ts";
import type { SetFacts } from "../../data/sets/facts.ts";
import type { Experiment } from "../rows/experiment.ts";

/** Sizes of images, and how many classes there are. */
export type SetSizes = Omit<SetFacts, "title">;

/** Values decide nothing here. */
function zeros(shape: readonly number[]) {
  return tensor(new Float32Array(sizeOf(shape)), { shape, requiresGrad: true });
}
const ZEROS: Initializer = { weight: zeros, bias: zeros };

/** What of a recipe decides its network. */
type NetworkOf =
  & Pick<Experiment["recipe"], "network" | "featureDim" | "widthFactor" | "blocks">
  & Partial<Pick<Experiment["recipe"], "loss">>;

/**
 * Builds a recipe's network for such images, and lets it go.
 *
 * @throws {RangeError} When it cannot take them.
 */
export function buildOnce(
  { network, featureDim, widthFactor, blocks, loss }: NetworkOf,
  images: SetSizes,
): void {
  using _ = scope();
  const head = loss && objectiveOf(loss).head;
  networkOf(network, { ...images, featureDim, widthFactor, blocks, head }, ZEROS);
}

/** Those of forward and backward pass of a batch in which tiles make a difference, the most work first. */
export function trainingUses(
  recipe: NetworkOf & Pick<Experiment["recipe"], "batchSize">,
  images: SetSizes,
): Use[] {
  using _ = scope();
  const { height, width, channels } = images, { featureDim, widthFactor, blocks } = recipe;
  const head = recipe.loss && objectiveOf(recipe.loss).head;
  const sizes = { ...images, featureDim, widthFactor, blocks, head };
  const network = networkOf(recipe.network, sizes, ZEROS);
  const { batchSize } = recipe, shape = [batchSize, height, width, channels];
  const x = tensor(new Float32Array(sizeOf(shape)), { shape });
  const labels = tensor(new Int32Array(batchSize), { dtype: "i32" });
  // The center loss multiplies matrices of so few rows and columns that their tiles do not matter.
  return worthTuning(shapesOf(() => {
    backward(softmaxCrossEntropy(network.forward(x, { training: true }).logits, labels));
  }));
}
