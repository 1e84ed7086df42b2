/** The last layer over two features. */
import type { Network } from "../model/network.ts";
import { noGrad } from "../tensor/tape.ts";
import { tensor } from "../tensor/make_tensor.ts";

/**
 * `[classes, 3]`: the weights of both features and the bias of each class. Logits of 0 and of both axes' units say all of a
 * linear layer.
 */
export async function planeClassifier(network: Network): Promise<Float32Array> {
  const places = tensor([0, 0, 1, 0, 0, 1], { shape: [3, 2] });
  const logits = await noGrad(() => network.logitsOf(places)).read() as Float32Array;
  const classes = logits.length / 3;
  return Float32Array.from({ length: logits.length }, (_, i) => {
    const k = Math.floor(i / 3), bias = logits[k], axis = i % 3;
    return axis === 2 ? bias : logits[(axis + 1) * classes + k] - bias;
  });
}
