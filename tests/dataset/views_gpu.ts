/** The views of an image that a loss of two views is given. */
import { assert, assertEquals } from "@std/assert";
import { ImageBatches } from "../../src/dataset/image_batches.ts";
import { readAll } from "../../src/tensor/tensor.ts";
import { scope } from "../../src/tensor/scope.ts";
import { noise } from "../image_set.ts";

Deno.test("next() draws another augmentation for another view, and the same for the same", async () => {
  using _ = scope();
  const augmentation = { flip: 0.5, rotation: 40, padding: 2 };
  const batches = new ImageBatches(noise({ count: 6, height: 7, width: 7 }), {
    ...{ batchSize: 6, shuffle: false, dropLast: false, seed: 1, augmentation },
  });
  batches.startEpoch(1);
  const views = await readAll([0, 1, 0, 1].map((view) => batches.next(6, view).images));
  assertEquals([views[0], views[1]], [views[2], views[3]]);
  for (let i = 0; i < 6; i++) {
    const of = (v: ArrayLike<number>) => Array.from(v).slice(49 * i, 49 * i + 49).join();
    assert(of(views[0]) !== of(views[1]), `image ${i}`);
  }
  batches.dispose();
});
