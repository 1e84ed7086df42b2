/** The network of a run, from one of its checkpoints: for evaluation, without a trainer. */
import { basename, dirname, join } from "../../src/base/path.ts";
import { RunError } from "../../src/base/errors.ts";
import { isThere } from "../../src/base/files.ts";
import { objectiveOf } from "../../src/losses/objective.ts";
import { kaimingNormal } from "../../src/model/init.ts";
import type { Network, NetworkSizes } from "../../src/model/network.ts";
import { networkOf } from "../../src/model/networks.ts";
import { Random } from "../../src/model/random.ts";
import { loadStateDict } from "../../src/train/checkpoint.ts";
import { type Checkpoint, readCheckpoint } from "./checkpoint.ts";
import { type Config, readConfig } from "./config.ts";
import { BEST, CONFIG, LAST } from "./path.ts";
import { system } from "../../src/base/system.ts";

/** A checkpoint with where it is and what its run is. */
export interface RunCheckpoint extends Checkpoint {
  path: string;
  config: Config;
}

/**
 * Reads a checkpoint and the `config.json` beside it.
 *
 * @param run A run's folder, or a `.safetensors` file in one.
 * @param which The file in the folder.
 * @throws {RunError} When one of them is missing or broken.
 */
export async function findCheckpoint(run: string, which: "best" | "last"): Promise<RunCheckpoint> {
  const path = run.endsWith(".safetensors") ? run : join(run, `${which}.safetensors`);
  const refuse = (state: string) => new RunError(`${state}: put the run's own back`);
  const folder = dirname(path);
  if (await isFile(folder)) {
    throw new RunError(
      `${folder} is a file: name the folder of a run, or a .safetensors file in it`,
    );
  }
  const config = await readConfig(folder, refuse);
  if (!config) {
    throw new RunError(
      await isThere(path)
        ? `${join(folder, CONFIG)} is not there, and ${path} cannot be used without it: put it back`
        : `${folder} has no config.json: name the folder of a run, runs/ROW/PRESET/seed-N`,
    );
  }
  const checkpoint = await readCheckpoint(path, config, refuse);
  if (checkpoint) return { path, config, ...checkpoint };
  const other = basename(path) === BEST ? LAST : BEST;
  throw new RunError(
    await isThere(join(folder, other))
      ? `${path} is not there, and ${other} is: ${
        path === run ? "name that file" : `take it by --checkpoint ${other.split(".")[0]}`
      }`
      : `${path} is not there: no epoch is finished, or these are results, which come without checkpoints`,
  );
}

async function isFile(path: string): Promise<boolean> {
  return await system.stat(path).then((it) => it.isFile, () => false);
}

/** Builds the network of a checkpoint for images of these sizes. */
export function loadNetwork(
  { path, config: { plan }, tensors }: RunCheckpoint,
  images: Pick<NetworkSizes, "height" | "width" | "channels" | "classes">,
): Network {
  const { network: recipe, featureDim, widthFactor, blocks, loss } = plan.recipe;
  // What is drawn here is overwritten.
  const init = kaimingNormal(new Random(0, "weights"));
  const network = builtOr(
    () => {
      const { head } = objectiveOf(loss, images.classes);
      return networkOf(recipe, { ...images, featureDim, widthFactor, blocks, head }, init);
    },
    path,
  );
  const names = new Set(network.entries().map(({ name }) => name));
  const own = new Map([...tensors].filter(([name]) => names.has(name)));
  loadStateDict(network.entries(), own, path);
  return network;
}

/** A plan that somebody changed may name a network that cannot be. */
function builtOr(build: () => Network, path: string): Network {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    throw new RunError(
      `${join(dirname(path), CONFIG)} plans no usable network: ${error.message}`,
    );
  }
}
