/** The logits of a run's test images after its last epoch. */
import { join } from "node:path";
import { unzipSync } from "npm:fflate@0.8.2";
import { RunError } from "../../src/base/errors.ts";
import { readIfThere } from "../../src/base/files.ts";
import { decodeNpy } from "../../src/base/npy.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import type { Config } from "../run_folder/config.ts";
import { readCheckpoint } from "../run_folder/checkpoint.ts";
import { LAST } from "../run_folder/path.ts";

/** The array of all logits in the archive. */
const NAME = "logits.npy";

/** The logits of one test image, given its features and its place. */
export type LogitsOf = (features: Float32Array, place: number) => number[];

/**
 * Finds out how to tell them: by a linear layer from `last.safetensors`, computed in float64; where the loss makes its logits
 * otherwise, from `features.npz`, which a finished run has. Undefined where that is not there, or of another epoch.
 *
 * @param count Of the test images, and of the classes.
 * @throws {RunError} When a file is damaged.
 */
export async function readLogits(
  path: string,
  config: Config,
  epoch: number,
  count: { images: number; classes: number },
): Promise<LogitsOf | undefined> {
  const { head } = objectiveOf(config.plan.recipe.loss);
  return await (head ? exported(path, config, epoch, count) : linear(path, config, epoch));
}

async function linear(path: string, config: Config, epoch: number): Promise<LogitsOf | undefined> {
  const { featureDim: dim } = config.plan.recipe;
  const checkpoint = await readCheckpoint(join(path, LAST), config);
  const weight = checkpoint?.tensors.get("fc2.weight"), bias = checkpoint?.tensors.get("fc2.bias");
  if (!weight || checkpoint?.state.epoch !== epoch || weight.shape[1] !== dim) return undefined;
  const { data } = weight, offset = bias?.data;
  return (row) =>
    Array.from({ length: weight.shape[0] }, (_, k) => {
      let sum = offset?.[k] ?? 0;
      for (let j = 0; j < dim; j++) sum += data[k * dim + j] * row[j];
      return sum;
    });
}

/** The rows of the test images are the last ones. */
async function exported(
  path: string,
  { plan }: Config,
  epoch: number,
  { images, classes }: { images: number; classes: number },
): Promise<LogitsOf | undefined> {
  const file = join(path, "features.npz"), bytes = await readIfThere(file);
  if (!bytes || epoch !== plan.epochs) return undefined;
  let packed: Uint8Array | undefined;
  try {
    // The arrays are stored as they are; what is packed is not ours, and might be of any size.
    const filter = (it: { name: string; compression: number }) =>
      it.name === NAME && it.compression === 0;
    packed = unzipSync(bytes, { filter })[NAME];
  } catch {
    throw new RunError(`${file} is no archive of arrays: deno task exp --resume writes it anew`);
  }
  if (!packed) return undefined;
  const logits = decodeNpy(packed, `${file}, ${NAME}`), tested = logits.length - images * classes;
  if (tested < 0) return undefined;
  return (_, place) => {
    const first = tested + place * classes;
    return Array.from(logits.subarray(first, first + classes));
  };
}
