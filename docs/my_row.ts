/**
 * A row of one's own: center loss with the contrastive-center loss in its place (docs/custom_loss.md). Copy it to any
 * folder, change it, and
 *
 * ```sh
 * deno task exp path/to/my_row.ts --preset quick
 * ```
 */
import {
  add,
  div,
  mean,
  mul,
  oneHot,
  softmaxCrossEntropy,
  squaredDistances,
  sub,
  sum,
} from "centerlab";
import type { OwnRow } from "centerlab/row";

export default {
  summary: "cross-entropy + 1 x contrastive-center loss, MNIST, 2-D",
  like: "cent-mnist-2",
  weights: { cross_entropy: 1, contrastive: 1 },
  loss({ features, logits, labels, centers }) {
    const distances = squaredDistances(features, centers); // [rows, classes]
    const own = sum(mul(distances, oneHot(labels, centers.shape[0])), { axes: 1 });
    const others = sub(sum(distances, { axes: 1 }), own);
    return {
      cross_entropy: softmaxCrossEntropy(logits, labels),
      contrastive: mul(0.5, mean(div(own, add(others, 1)))),
    };
  },
} satisfies OwnRow;
