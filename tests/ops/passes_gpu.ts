/** Loops that Mesa's software driver would end before they are done: refused there, and right everywhere else. */
import { assertEquals, assertThrows } from "@std/assert";
import { centerLoss } from "../../src/losses/center_loss.ts";
import { softmaxCrossEntropy } from "../../src/losses/cross_entropy.ts";
import { logOdds } from "../../src/metrics/certainty.ts";
import { gpu } from "../../src/gpu/device.ts";
import { argmax, argmin } from "../../src/ops/argmax.ts";
import {
  conv2d,
  equalCount,
  maxPool2d,
  neg,
  ones,
  softmax,
  squaredDistances,
  sum,
  zeros,
} from "../../src/ops/mod.ts";
import { scope } from "../../src/tensor/scope.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";

const LONG = 70_000;
/** Columns of a row that a workgroup shares, each thread every 64th. */
const MILLIONS = 64 * LONG;
/** Zeros, and a 1 at the end. */
const peaked = () =>
  tensor(Float32Array.from({ length: MILLIONS }, (_, i) => i === MILLIONS - 1 ? 1 : 0), {
    shape: [1, MILLIONS],
  });
const whole = (n: number) => tensor(new Int32Array(n), { dtype: "i32" });

const cases: Record<string, [f: () => Tensor, value: number]> = {
  "squaredDistances() of long rows": [
    () => squaredDistances(ones([1, LONG]), zeros([1, LONG])),
    LONG,
  ],
  "centerLoss() of long features": [
    () => centerLoss(ones([1, LONG]), zeros([1, LONG]), whole(1), { rule: "autograd" }),
    LONG,
  ],
  "centerLoss(), balanced, of many samples": [
    () => centerLoss(ones([LONG, 2]), zeros([1, 2]), whole(LONG), { rule: "balanced" }),
    1 / LONG,
  ],
  "conv2d() over many channels": [
    () => conv2d(ones([1, 1, 1, 4 * LONG]), ones([1, 1, 4 * LONG, 1])),
    4 * LONG,
  ],
  "argmax() of a row": [() => argmax(peaked()), MILLIONS - 1],
  "argmin() of a row": [() => argmin(neg(peaked())), MILLIONS - 1],
  "softmaxCrossEntropy() over many classes": [
    () => softmaxCrossEntropy(zeros([1, MILLIONS]), whole(1)),
    Math.log(MILLIONS),
  ],
  "logOdds() over many classes": [() => logOdds(zeros([1, MILLIONS])), -Math.log(MILLIONS - 1)],
  "softmax() over many classes": [
    () => sum(softmax(zeros([1, MILLIONS]))),
    1,
  ],
  "maxPool2d() by large windows": [() => maxPool2d(ones([1, 300, 300, 1]), { kernel: 300 }), 1],
  "equalCount() of many": [() => equalCount(whole(64 * LONG), whole(64 * LONG)), 64 * LONG],
};

for (const [name, [f, value]] of Object.entries(cases)) {
  Deno.test(`${name} is refused by a driver that ends loops, else right`, async () => {
    using _ = scope();
    if (gpu().adapter.description.includes("llvmpipe")) {
      assertThrows(f, RangeError, "and this software adapter ends them after 65535");
    } else {
      const found = await f().item();
      assertEquals(Math.abs(found / value - 1) < 1e-3, true, `${found}, not ${value}`);
    }
  });
}
