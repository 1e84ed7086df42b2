/** What a step counts as hits, where it takes more than logits or centers. */
import { argmin } from "../ops/argmax.ts";
import { gather } from "../ops/gather.ts";
import { slice } from "../ops/layout.ts";
import { oneHot } from "../ops/one_hot.ts";
import { squaredDistances } from "../ops/squared_distances.ts";
import { where } from "../ops/where.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { noGrad } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The first view of each image. */
export function firstRows(t: Tensor, rows: number): Tensor {
  return noGrad(() => slice(t, [0, 0], [rows, t.shape[1]]));
}

/**
 * The label of the nearest other sample of the batch: all that there is to go by without logits and centers. -1 where there is
 * no other.
 */
export function byNeighbour(features: Tensor, labels: Tensor): Tensor {
  const [rows] = features.shape;
  if (rows === 1) return tensor([-1], { dtype: "i32" });
  return noGrad(() => {
    const own = oneHot(
      tensor(Int32Array.from({ length: rows }, (_, i) => i), { dtype: "i32" }),
      rows,
    );
    return gather(labels, argmin(where(own, Infinity, squaredDistances(features, features))));
  });
}
