/** Cross-entropy of the class centers. */
import { centerSoftmax } from "../../src/losses/center_softmax.ts";
import { backward, sum } from "../../src/ops/mod.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { download, rounded, upload } from "../on_gpu.ts";
import { testOp } from "../ops/op_case.ts";
import { scalar } from "../../src/reference/array64.ts";
import { assertClose } from "../reference/assert_close.ts";
import * as twin from "../../src/reference/center_softmax.ts";
import { uniform } from "../../src/reference/uniform.ts";

for (const [classes, dim] of [[10, 2], [1, 3], [7, 1], [5, 128], [67, 3]]) {
  testOp("centerSoftmax", {
    name: `takes ${classes} centers of ${dim} numbers`,
    inputs: [
      uniform([classes, dim]),
      uniform([dim, classes], { seed: 2 }),
      uniform([classes], { seed: 3 }),
    ],
    gpu: centerSoftmax,
    twin: twin.centerSoftmax,
    backward: (g, centers, weight, bias) =>
      Object.values(twin.centerSoftmaxBackward(g, centers, weight, bias)),
  });
}

testOp("centerSoftmax", {
  name: "needs no bias",
  inputs: [uniform([6, 3]), uniform([3, 6], { seed: 2 })],
  gpu: (centers, weight) => centerSoftmax(centers, weight),
  twin: (centers, weight) => twin.centerSoftmax(centers, weight),
  backward: (g, centers, weight) =>
    Object.values(twin.centerSoftmaxBackward(g, centers, weight)).slice(0, 2),
});

Deno.test("centerSoftmax() keeps its labels when a recorded step replays it", async () => {
  using _ = scope();
  const [c, weight, bias] = [
    upload(uniform([6, 2]), true),
    upload(uniform([2, 6]), true),
    upload(uniform([6]), true),
  ];
  const x = upload(uniform([4096]));
  const step = recorded(() => {
    sum(x).dispose(); // its parts are freed here, and must not be where the labels are uploaded
    const loss = centerSoftmax(c, weight, bias);
    backward(loss);
    const total = sum(x); // nor may the labels be freed before the step's end
    const gradients = { c: c.grad!, weight: weight.grad!, bias: bias.grad! };
    c.grad = weight.grad = bias.grad = undefined;
    return { loss, ...gradients, total };
  });
  for (const seed of [1, 2, 3]) {
    const inputs = [[6, 2], [2, 6], [6]].map((shape, i) =>
      rounded(uniform(shape, { seed: 3 * seed + i }))
    );
    [c, weight, bias].forEach((t, i) => t.write(inputs[i].data));
    const [loss, ...gradients] = await download(Object.values(step()));
    const [a, b, d] = inputs;
    assertClose(loss, twin.centerSoftmax(a, b, d), 1e-5, "loss");
    Object.entries(twin.centerSoftmaxBackward(scalar(1), a, b, d)).forEach(([name, expected], i) =>
      assertClose(gradients[i], expected, 1e-4, `gradient of the ${name}`)
    );
  }
  step.dispose();
});
