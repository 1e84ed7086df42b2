/** What a trained network gets right: for a program of one's own. */
import { checkMethods } from "../../base/choice.ts";
import { checkIsSet } from "../../dataset/check_set.ts";
import type { ImageSet } from "../../dataset/image_set.ts";
import { crossEntropyOfRows } from "../../losses/cross_entropy.ts";
import { accuracy } from "../../metrics/classification.ts";
import type { Layer } from "../../model/layer.ts";
import type { Network } from "../../model/network.ts";
import { argmax } from "../../ops/argmax.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { show } from "../../tensor/shape.ts";
import { type EvaluateOptions, ofBatches } from "./of_batches.ts";

export type { EvaluateOptions } from "./of_batches.ts";

/** What {@linkcode evaluate} found, in the order of the set. */
export interface Evaluation {
  /** Share of images whose largest logit is that of their class. */
  accuracy: number;
  /** Mean cross-entropy of the softmax, in nats. */
  loss: number;
  /** Classes of the largest logits, `[count]`; the first among equals. */
  predictions: Int32Array<ArrayBuffer>;
  /** `[count, classes]`, row by row. */
  logits: Float32Array<ArrayBuffer>;
}

/**
 * Runs a network over a set of images in evaluation mode, batch by batch, and compares its logits with the labels.
 *
 * @param net A layer that gives logits `[batch, classes]` for images `[batch, height, width, channels]` of 0 to 1, such as a
 * {@linkcode Sequential}; or a {@linkcode Network}, whose logits are taken.
 * @throws {RangeError} When the set is empty or has a label that is none of the network's classes.
 * @throws {TypeError} When the network does not give logits.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { drawDigits, evaluate, Flatten, kaimingNormal, Linear, openGpu, Random, Sequential } from "../../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const set = drawDigits({ count: 20, seed: 1, split: "test" });
 * const net = new Sequential(new Flatten(), new Linear({ in: 784, out: 10 }, kaimingNormal(new Random(1, "weights"))));
 * const { accuracy, predictions, logits } = await evaluate(net, set, { batchSize: 8 });
 * assertEquals([predictions.length, logits.length], [20, 200]);
 * assertEquals(accuracy, predictions.filter((k, i) => k === set.labels[i]).length / 20);
 * ```
 */
export async function evaluate(
  net: Layer | Network,
  set: ImageSet,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  checkMethods("evaluate the network", "net", net, ["forward"], "a layer or a network");
  checkIsSet(set);
  const predictions = new Int32Array(set.count);
  let logits: Float32Array<ArrayBuffer> | undefined;
  let loss = 0, first = 0;
  const all = ofBatches(set, options, ({ images, labels }) => {
    const y = logitsOf(net.forward(images, { training: false }), images);
    return [y, argmax(y), crossEntropyOfRows(y, labels)];
  });
  for await (const [rows, places, losses] of all) {
    const classes = rows.length / places.length;
    logits ??= new Float32Array(set.count * classes);
    logits.set(rows, first * classes);
    predictions.set(places, first);
    for (const l of losses) loss += l;
    first += places.length;
  }
  return {
    accuracy: accuracy(predictions, set.labels),
    loss: loss / set.count,
    predictions,
    logits: logits!,
  };
}

function logitsOf(output: Tensor | { logits: Tensor }, images: Tensor): Tensor {
  const logits = output instanceof Tensor ? output : output.logits;
  if (logits.shape.length !== 2 || logits.shape[0] !== images.shape[0]) {
    throw new TypeError(
      `Cannot evaluate the network: of images ${show(images.shape)} it makes ${
        show(logits.shape)
      }; logits are [${images.shape[0]}, classes]`,
    );
  }
  return logits;
}
