/** Softmax cross-entropy. */
import { assert } from "@std/assert";
import { softmaxCrossEntropy } from "../../src/losses/cross_entropy.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { integers } from "../on_gpu.ts";
import { testOp } from "../ops/op_case.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import * as twin from "../../src/reference/softmax_cross_entropy.ts";
import { uniform } from "../../src/reference/uniform.ts";

function check(name: string, logits: Array64, labels: number[]) {
  testOp("softmaxCrossEntropy", {
    name,
    inputs: [logits],
    gpu: (logits) => softmaxCrossEntropy(logits, integers(labels)),
    twin: (logits) => twin.softmaxCrossEntropy(logits, labels),
    backward: (g, logits) => [twin.softmaxCrossEntropyBackward(g, logits, labels)],
  });
}

check("takes a batch", uniform([7, 10]), [0, 9, 3, 3, 7, 0, 1]);
check("takes a batch of one", uniform([1, 10]), [4]);
check("takes one class", uniform([3, 1]), [0, 0, 0]);
check("takes a long batch", uniform([131, 5]), Array.from({ length: 131 }, (_, i) => i * i % 5));
check("takes logits of ±300", uniform([5, 3], { low: -300, high: 300 }), [0, 1, 2, 1, 0]);
check("takes logits of 1e4", array64([3, 2], [1e4, -1e4, 1e4, 1e4, -1e4, -1e4]), [1, 0, 0]);
check("is 0 where it is certain", array64([2, 2], [1e4, -1e4, -300, 300]), [0, 1]);

Deno.test("softmaxCrossEntropy() is NaN for a logit that is NaN", async () => {
  using _ = scope();
  for (const logits of [[NaN, 0, 1], [0, 1, NaN]]) {
    const loss = await softmaxCrossEntropy(tensor([logits]), integers([1])).item();
    assert(Number.isNaN(loss), `${loss} for [${logits}]`);
  }
});
