/** Ops and losses on the GPU against PyTorch's numbers (tests/fixtures/ops.json). */
import { assertEquals } from "@std/assert";
import { centerLoss } from "../../src/losses/center_loss.ts";
import { centerRepulsion } from "../../src/losses/center_repulsion.ts";
import { softmaxCrossEntropy } from "../../src/losses/cross_entropy.ts";
import { interClassSeparation } from "../../src/losses/inter_class_separation.ts";
import { standaloneLoss } from "../../src/losses/standalone.ts";
import { full, ops } from "../../src/ops/mod.ts";
import { scope } from "../../src/tensor/scope.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { download, evaluate, integers, upload } from "../on_gpu.ts";
import { assertClose } from "../reference/assert_close.ts";
import { type Case, cases, given, stored } from "../reference/pytorch.ts";

const numbers = (test: Case) => integers(test.inputs.labels.data);
const newState = (weight: Tensor, bias: Tensor) => ({
  weight,
  bias,
  runningMean: full(weight.shape, 0),
  runningVar: full(weight.shape, 1),
});

/** How each is called; inputs come in the fixture's order, without labels. */
const calls: Record<string, (test: Case, inputs: Tensor[]) => Tensor> = {
  matmul: (_, [a, b]) => ops.matmul(a, b),
  linear: (_, [x, weight, bias]) => ops.linear(x, weight, bias),
  conv2d: ({ attrs }, [x, weight, bias]) => ops.conv2d(x, weight, bias, attrs),
  "batchNorm2d.train": ({ attrs }, [x, weight, bias]) =>
    ops.batchNorm(x, newState(weight, bias), { training: true, ...attrs }),
  "batchNorm2d.eval": (test, [x, weight, bias]) => {
    const runningMean = upload(stored("mean", test.runningMean));
    const runningVar = upload(stored("variance", test.runningVar));
    const state = { weight, bias, runningMean, runningVar };
    return ops.batchNorm(x, state, { training: false, ...test.attrs });
  },
  relu: (_, [x]) => ops.relu(x),
  leakyRelu: ({ attrs }, [x]) => ops.leakyRelu(x, attrs),
  prelu: (_, [x, weight]) => ops.prelu(x, weight),
  maxPool2d: ({ attrs }, [x]) => ops.maxPool2d(x, attrs),
  globalAvgPool2d: (_, [x]) => ops.globalAvgPool2d(x),
  softmaxCrossEntropy: (test, [logits]) => softmaxCrossEntropy(logits, numbers(test)),
  centerLoss: (test, [features, centers]) =>
    centerLoss(features, centers, numbers(test), { rule: test.attrs.rule }),
  "standalone.inter": (test, [features]) => interClassSeparation(features, numbers(test)),
  standalone: (test, [features, centers]) =>
    standaloneLoss(features, centers, numbers(test), test.attrs),
  centerRepulsion: (test, [features, centers]) =>
    centerRepulsion(features, centers, numbers(test), test.attrs),
};

for (const test of cases.filter(({ op }) => op in calls)) {
  const arguments_ = Object.entries(test.inputs).filter(([name]) => name !== "labels");
  const shapes = arguments_.map(([, { shape }]) => `[${shape}]`).join(" ");
  const rule = test.attrs.rule ? ` by rule ${test.attrs.rule}` : "";
  Deno.test(`${test.op}() agrees with PyTorch on ${shapes}${rule}`, async () => {
    const inputs = arguments_.map(([name, tensor]) => given(name, tensor));
    const { output, gradients } = await evaluate(
      (...tensors) => calls[test.op](test, tensors),
      inputs,
      given("cotangent", test.cotangent),
    );
    assertClose(output, stored("output", test.output), 1e-5, "output");
    arguments_.forEach(([name], i) => {
      if (!test.grads[name]) return;
      assertClose(gradients[i]!, stored(name, test.grads[name]), 1e-4, `gradient of ${name}`);
    });
  });
}

for (const test of cases.filter(({ op }) => op === "batchNorm2d.train")) {
  Deno.test(`batchNorm() has PyTorch's running statistics on [${test.inputs.x.shape}]`, async () => {
    using _ = scope();
    const [x, weight, bias] = ["x", "weight", "bias"].map((n) => upload(given(n, test.inputs[n])));
    const state = newState(weight, bias);
    ops.batchNorm(x, state, { training: true, ...test.attrs });
    const [mean, variance] = await download([state.runningMean, state.runningVar]);
    assertClose(mean, stored("mean", test.runningMean), 1e-5, "running mean");
    assertClose(variance, stored("variance", test.runningVar), 1e-5, "running variance");
  });
}

Deno.test("ops.json has no case that the GPU leaves out by mistake", () => {
  const elsewhere = ["sgd", "stepLR", "reduceLROnPlateau"]; // tests/optim
  const known = new Set([...Object.keys(calls), ...elsewhere]);
  assertEquals(cases.filter(({ op }) => !known.has(op)).map(({ op }) => op), []);
});
