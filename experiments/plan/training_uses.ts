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
import type { DatasetName, Experiment } from "../rows/experiment.ts";

/** Sizes of images, and how many classes there are. */
export interface ImageSizes {
  height: number;
  width: number;
  channels: number;
  classes: number;
}

/** Of each data set, so that a step can be tuned where its files are not. */
export const IMAGES: Record<DatasetName, ImageSizes> = {
  mnist: { height: 28, width: 28, channels: 1, classes: 10 },
  "fashion-mnist": { height: 28, width: 28, channels: 1, classes: 10 },
  "cifar-10": { height: 32, width: 32, channels: 3, classes: 10 },
  digits: { height: 28, width: 28, channels: 1, classes: 10 },
};

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
  images: ImageSizes,
): void {
  using _ = scope();
  const head = loss && objectiveOf(loss).head;
  networkOf(network, { ...images, featureDim, widthFactor, blocks, head }, ZEROS);
}

/** Those of forward and backward pass of a batch in which tiles make a difference, the most work first. */
export function trainingUses(
  recipe: NetworkOf & Pick<Experiment["recipe"], "batchSize">,
  images: ImageSizes,
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
