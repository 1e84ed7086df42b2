/** What a network says of a whole set: for evaluation outside of training. */
import type { ImageSet } from "../../dataset/image_set.ts";
import type { Normalization } from "../../dataset/batch_options.ts";
import { described } from "../../base/choice.ts";
import type { Network, Output } from "../../model/network.ts";
import { ofBatches } from "./of_batches.ts";

/** Features and logits of a set, in its order. */
export interface Outputs {
  /** `[count, featureDim]`. */
  features: Float32Array<ArrayBuffer>;
  /** `[count, classes]`. */
  logits: Float32Array<ArrayBuffer>;
}

/**
 * Runs a network over a set in evaluation mode, batch by batch, each read as it is done.
 *
 * @param set Images of the size that the network takes.
 * @param normalization That of the network's training. Default: none.
 * @throws {TypeError} When a field of the set has another type than it must, an op refuses the images, or the network does
 * not give features and logits.
 * @throws {RangeError} When the set is empty, or its fields contradict each other.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { drawDigits, kaimingNormal, networkOf, openGpu, outputsOf, Random, tensor } from "../../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const sizes = { height: 28, width: 28, channels: 1, featureDim: 2, classes: 10, widthFactor: 1 / 32 };
 * const network = networkOf("lenetpp", sizes, kaimingNormal(new Random(1, "weights")));
 * const set = drawDigits({ count: 3, seed: 1, split: "test" });
 * const { features, logits } = await outputsOf(network, set);
 * assertEquals(logits, await network.logitsOf(tensor(features, { shape: [3, 2] })).read());
 * ```
 */
export async function outputsOf(
  network: Network,
  set: ImageSet,
  normalization?: Normalization,
): Promise<Outputs> {
  const parts: Record<keyof Outputs, Float32Array[]> = { features: [], logits: [] };
  const all = ofBatches(set, { normalization }, ({ images }) => {
    const made: unknown = network.forward(images, { training: false });
    const { features, logits } = Object(made) as Partial<Output>;
    if (!features || !logits) {
      throw new TypeError(
        `Cannot take the outputs of the network: its forward() gives ${
          described(made)
        }, and must give { features, logits }; evaluate() takes a network of logits alone`,
      );
    }
    return [features, logits];
  });
  for await (const read of all) {
    parts.features.push(read[0] as Float32Array);
    parts.logits.push(read[1] as Float32Array);
  }
  return { features: joined(parts.features), logits: joined(parts.logits) };
}

function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}
