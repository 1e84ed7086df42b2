/** The last layer over two features. */
import type { Network } from "../model/network.ts";
import { noGrad } from "../tensor/tape.ts";
import { tensor } from "../tensor/make_tensor.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** `[3, classes]`: logits of 0 and of both axes' units, which say all of a linear layer. */
export function planeLogits(network: Network): Tensor {
  const places = tensor([0, 0, 1, 0, 0, 1], { shape: [3, 2] });
  return noGrad(() => network.logitsOf(places));
}

/** `[classes, 3]`, of those logits: the weights of both features and the bias of each class. */
export function planeClassifier(logits: Float32Array): Float32Array<ArrayBuffer> {
  const classes = logits.length / 3;
  return Float32Array.from({ length: logits.length }, (_, i) => {
    const k = Math.floor(i / 3), bias = logits[k], axis = i % 3;
    return axis === 2 ? bias : logits[(axis + 1) * classes + k] - bias;
  });
}
