/** What `using` frees, and what is refused before anything is recorded or kept. */
import { assertEquals, assertThrows } from "@std/assert";
import { ImageBatches } from "../../src/dataset/image_batches.ts";
import { gpu } from "../../src/gpu/device.ts";
import { MaxPool } from "../../src/model/plain_layers.ts";
import { add, ones, relu } from "../../src/ops/mod.ts";
import { Adam } from "../../src/optim/adam.ts";
import { Grouped } from "../../src/optim/grouped.ts";
import { Sgd } from "../../src/optim/sgd.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { keep, scope } from "../../src/tensor/scope.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { noise } from "../image_set.ts";
import { testRefusals } from "../refusal.ts";

/** One of each kind, and a tensor that was made by the step. */
function oneOfEach(): Tensor {
  using x = tensor([1, 2]);
  using step = recorded(() => add(x, 1));
  using batches = new ImageBatches(noise({ count: 4, height: 2, width: 2 }), {
    ...{ batchSize: 2, shuffle: true, dropLast: true, seed: 1 },
  });
  batches.startEpoch(1);
  using p = tensor([1], { requiresGrad: true });
  using q = tensor([1], { requiresGrad: true });
  using _adam = new Adam(new Map([["p", p]]));
  using _grouped = new Grouped([{ optimizer: new Sgd(new Map([["q", q]]), { lr: 1 }) }], 1);
  return step();
}

Deno.test("using frees tensors, recorded steps, batches and optimizers", () => {
  const live = () => {
    gpu().pool.trim();
    return gpu().pool.liveBytes;
  };
  assertEquals(oneOfEach().disposed, true);
  const before = live(); // what the GPU keeps from the first on is there
  oneOfEach();
  assertEquals(live(), before);
});

testRefusals(TypeError, {
  "Cannot record 1: give a function without any": () => recorded(1 as never),
  "Cannot record a function of arguments: give a function without any": () =>
    recorded(relu as never),
  "Cannot keep an Array: give what has a dispose()": () => keep([tensor([1])] as never),
  "Cannot keep undefined": () => keep(undefined as never),
});

Deno.test("lists that were given may change afterwards", () => {
  using _ = scope();
  const shape = [2, 2], view = ones([4]).alias(shape);
  shape[0] = 9;
  assertEquals(view.shape, [2, 2]);
  const options = { kernel: 2 }, pool = new MaxPool(options);
  options.kernel = 9;
  assertEquals(pool.forward(ones([1, 2, 2, 1])).shape, [1, 1, 1, 1]);
  assertThrows(() => view.alias([9, 2]), TypeError);
});
