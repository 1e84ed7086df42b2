/** The network of a run, from one of its checkpoints: for evaluation, without a trainer. */
import { dirname, join } from "node:path";
import { loadStateDict } from "../../src/train/checkpoint.ts";
import { RunError } from "../../src/base/errors.ts";
import { kaimingNormal } from "../../src/model/init.ts";
import type { Network, NetworkSizes } from "../../src/model/network.ts";
import { networkOf } from "../../src/model/networks.ts";
import { Random } from "../../src/model/random.ts";
import { decodeSafetensors, type Stored } from "../../src/base/safetensors.ts";
import { readIfThere } from "../../src/base/files.ts";
import { checkCheckpoint } from "./checkpoint.ts";
import { type Config, readConfig } from "./config.ts";
import { CONFIG } from "./path.ts";

/** A checkpoint with what its run says of it. */
export interface Checkpoint {
  path: string;
  config: Config;
  tensors: Map<string, Stored>;
}

/**
 * Reads a checkpoint and the `config.json` beside it.
 *
 * @param run A run's folder, or a `.safetensors` file in one.
 * @param which The file in the folder.
 * @throws {RunError} When one of them is missing or broken.
 */
export async function readCheckpoint(run: string, which: "best" | "last"): Promise<Checkpoint> {
  const path = run.endsWith(".safetensors") ? run : join(run, `${which}.safetensors`);
  const config = await readConfig(dirname(path));
  if (!config) {
    if (await readIfThere(path)) {
      throw new RunError(
        `${
          join(dirname(path), CONFIG)
        } is not there, and ${path} cannot be used without it: put it back`,
      );
    }
    throw new RunError(
      `${
        dirname(path)
      } has no config.json: name the folder of a run, such as runs/kz-center/quick/seed-1`,
    );
  }
  const bytes = await readIfThere(path);
  if (!bytes) {
    throw new RunError(
      `${path} is not there: no epoch is finished, or these are results, which come without checkpoints`,
    );
  }
  const file = decodeSafetensors(bytes, path);
  await checkCheckpoint(file, path, config).catch((error) => {
    throw new RunError(`${error.message}: put the run's own back`);
  });
  return { path, config, tensors: file.tensors };
}

/** Builds the network of a checkpoint for images of these sizes. */
export function loadNetwork(
  { path, config: { plan }, tensors }: Checkpoint,
  images: Pick<NetworkSizes, "height" | "width" | "channels" | "classes">,
): Network {
  const { network: recipe, featureDim, widthFactor } = plan.recipe;
  // What is drawn here is overwritten.
  const init = kaimingNormal(new Random(0, "weights"));
  const network = builtOr(
    () => networkOf(recipe, { ...images, featureDim, widthFactor }, init),
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
