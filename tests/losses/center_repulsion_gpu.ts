/** Center repulsion: its gradients, its clamped exponents, and centers that coincide. */
import { assert, assertEquals } from "@std/assert";
import { centerRepulsion, centerRepulsionTerms } from "../../src/losses/center_repulsion.ts";
import { add, backward } from "../../src/ops/mod.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { download, integers, rounded, upload } from "../on_gpu.ts";
import { testOp } from "../ops/op_case.ts";
import { scalar } from "../../src/reference/array64.ts";
import { assertClose } from "../reference/assert_close.ts";
import * as twin from "../../src/reference/center_repulsion.ts";
import { uniform } from "../../src/reference/uniform.ts";

/** Classes 1 and 3 are absent from a batch of seven. */
const LABELS = [0, 2, 2, 4, 0, 2, 5];
const OURS = { alpha: 0.05, weightIntra: 1, weightInter: 0.1 };
const BATCHES: [string, number[], number, number][] = [
  ["absent classes", LABELS, 2, 6],
  ["features of one number", LABELS, 1, 6],
  ["features of 128 numbers", LABELS, 128, 6],
  ["a batch of one", [3], 2, 6],
  ["a single class", [0, 0, 0], 3, 1],
  ["a long batch", Array.from({ length: 131 }, (_, i) => i * i % 6), 2, 6],
  ["67 classes", Array.from({ length: 65 }, (_, i) => i * i % 67), 3, 67],
];

for (const [name, labels, dim, classes] of BATCHES) {
  testOp("centerRepulsion", {
    name: `takes ${name}`,
    inputs: [uniform([labels.length, dim]), uniform([classes, dim], { seed: 2 })],
    gpu: (x, centers) => centerRepulsion(x, centers, integers(labels), OURS),
    twin: (x, centers) => twin.centerRepulsion(x, centers, labels, OURS),
    backward: (g, x, centers) =>
      Object.values(twin.centerRepulsionBackward(g, x, centers, labels, OURS)),
  });
}

for (const [weightIntra, weightInter] of [[1, 0], [0, 1], [0.25, 2]]) {
  const options = { alpha: 0.3, weightIntra, weightInter };
  testOp("centerRepulsion", {
    name: `weighs its terms ${weightIntra} and ${weightInter}`,
    inputs: [uniform([7, 3]), uniform([6, 3], { seed: 2 })],
    gpu: (x, centers) => centerRepulsion(x, centers, integers(LABELS), options),
    twin: (x, centers) => twin.centerRepulsion(x, centers, LABELS, options),
    backward: (g, x, centers) =>
      Object.values(twin.centerRepulsionBackward(g, x, centers, LABELS, options)),
  });
}

testOp("centerRepulsion", {
  name: "needs no gradient for the centers",
  inputs: [uniform([7, 3]), uniform([6, 3], { seed: 2 })],
  wrt: [0],
  gpu: (x, centers) => centerRepulsion(x, centers, integers(LABELS), OURS),
  twin: (x, centers) => twin.centerRepulsion(x, centers, LABELS, OURS),
  backward: (g, x, centers) =>
    Object.values(twin.centerRepulsionBackward(g, x, centers, LABELS, OURS)),
});

for (const maxExponent of [0.25, 5, 80]) {
  // The mean of |x - c|^2 is 8 here: some exponents lie above the bound, some below.
  const options = { ...OURS, alpha: maxExponent / 8, maxExponent };
  testOp("centerRepulsion", {
    name: `clamps exponents at ${maxExponent}`,
    inputs: [uniform([7, 3]), uniform([6, 3], { seed: 2 })],
    gpu: (x, centers) => centerRepulsion(x, centers, integers(LABELS), options),
    twin: (x, centers) => twin.centerRepulsion(x, centers, LABELS, options),
    backward: (g, x, centers) =>
      Object.values(twin.centerRepulsionBackward(g, x, centers, LABELS, options)),
    // exp() turns the rounding of its argument, 4e-6 near 80, into as much of the result.
    outputTolerance: maxExponent === 80 ? 4e-5 : undefined,
    differences: [], // a clamped sample has the gradient of the bound, not the 0 of the constant
  });

  Deno.test(`centerRepulsionTerms() counts what it clamps at ${maxExponent}`, async () => {
    using _ = scope();
    const x = rounded(uniform([7, 3])), c = rounded(uniform([6, 3], { seed: 2 }));
    const { clamped } = centerRepulsionTerms(upload(x), upload(c), integers(LABELS), options);
    const expected = twin.clampedCount(x, c, LABELS, options);
    assert(expected > 0 && expected < 7, `${expected} of 7`);
    assertEquals(await clamped.item(), expected);
  });
}

Deno.test("centerRepulsion() stays finite, and draws in, far beyond the bound", async () => {
  using _ = scope();
  const features = tensor([[3e4, 4e4], [1, 0]], { requiresGrad: true });
  const centers = tensor([[0, 0], [1, 1]], { requiresGrad: true });
  const labels = integers([0, 1]);
  const { intra, inter, clamped } = centerRepulsionTerms(features, centers, labels, OURS);
  backward(add(intra, inter));
  const found = [intra, clamped, features.grad!, centers.grad!];
  const [value, count, gradFeatures, gradCenters] = await download(found);
  assert(Math.abs(value.data[0] / (Math.exp(80) / 2) - 1) < 1e-4);
  assertEquals([...count.data], [1]);
  // As at the bound, 40 from the center: 2 alpha exp(80) 40 / m, on the way there.
  const pull = 0.05 * Math.exp(80) * 40;
  assert(Math.abs(gradFeatures.data[0] / (0.6 * pull) - 1) < 1e-4);
  assert(Math.abs(gradFeatures.data[1] / (0.8 * pull) - 1) < 1e-4);
  assert([...gradFeatures.data, ...gradCenters.data].every(Number.isFinite));
});

Deno.test("centerRepulsion() is NaN for a feature that is NaN, which is not counted as clamped", async () => {
  using _ = scope();
  const features = tensor([[1, NaN], [2, 3]]), centers = tensor([[0, 0], [1, 1]]);
  const terms = centerRepulsionTerms(features, centers, integers([0, 1]), OURS);
  const [intra, clamped] = await download([terms.intra, terms.clamped]);
  assert(Number.isNaN(intra.data[0]));
  assertEquals([...clamped.data], [0]);
});

Deno.test("centerRepulsion() of centers that coincide is Infinity, with gradient NaN for them alone", async () => {
  using _ = scope();
  const features = tensor([[0, 1], [2, 0]], { requiresGrad: true });
  const centers = tensor([[1, 2], [1, 2], [0, 0]], { requiresGrad: true });
  const loss = centerRepulsion(features, centers, integers([0, 2]), OURS);
  backward(loss);
  const found = await download([loss, features.grad!, centers.grad!]);
  const [value, gradFeatures, gradCenters] = found.map(({ data }) => [...data]);
  assertEquals(value, [Infinity]);
  assert(gradFeatures.every(Number.isFinite));
  assertEquals(gradCenters.map(Number.isNaN), [true, true, true, true, false, false]);
});

Deno.test("centerRepulsion() replays: its class numbers stay, its count and gradients follow", async () => {
  using _ = scope();
  const labels = integers(LABELS);
  const options = { ...OURS, alpha: 0.5, maxExponent: 5 };
  const [x, c] = [upload(uniform([7, 3]), true), upload(uniform([6, 3]), true)];
  const step = recorded(() => {
    const { intra, inter, clamped } = centerRepulsionTerms(x, c, labels, options);
    const loss = add(intra, inter);
    backward(loss);
    const gradients = { x: x.grad!, c: c.grad! };
    x.grad = c.grad = undefined;
    return { loss, clamped, ...gradients };
  });
  for (const seed of [1, 2, 3]) {
    const [a, b] = [uniform([7, 3], { seed }), uniform([6, 3], { seed: seed + 9 })].map(rounded);
    x.write(a.data);
    c.write(b.data);
    const weights = { ...options, weightIntra: 1, weightInter: 1 };
    const [loss, clamped, ...gradients] = await download(Object.values(step()));
    const expected = twin.centerRepulsionBackward(scalar(1), a, b, LABELS, weights);
    assertClose(loss, twin.centerRepulsion(a, b, LABELS, weights), 1e-5, "loss");
    assertEquals([...clamped.data], [twin.clampedCount(a, b, LABELS, weights)]);
    assertClose(gradients[0], expected.features, 1e-4, "gradient of the features");
    assertClose(gradients[1], expected.centers, 1e-4, "gradient of the centers");
  }
  step.dispose();
});
