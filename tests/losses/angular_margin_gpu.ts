/** A margin on the own class's angle. */
import { assert, assertEquals } from "@std/assert";
import { angularMargin, type MarginForm } from "../../src/losses/angular_margin.ts";
import { backward, sum } from "../../src/ops/mod.ts";
import { array64 } from "../../src/reference/array64.ts";
import * as twin from "../../src/reference/angular_margin.ts";
import { uniform } from "../../src/reference/uniform.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { integers } from "../on_gpu.ts";
import { testOp } from "../ops/op_case.ts";

const SIZES = [[1, 1], [7, 3], [65, 10], [3, 67]] as const;

for (
  const [form, m] of [
    ...[["cosine", 0.2], ["angle", 0], ["angle", 0.5], ["angle", 1.5]] as const,
    ...[["multiple", 1], ["multiple", 2], ["multiple", 3], ["multiple", 4], [
      "multiple",
      8,
    ]] as const,
  ]
) {
  const [rows, classes] = SIZES[Math.round(7 * m) % SIZES.length];
  const labels = Array.from({ length: rows }, (_, i) => (5 * i + 1) % classes);
  testOp("angularMargin", {
    name: `takes the form ${form} with m ${m} of ${rows} rows and ${classes} classes`,
    inputs: [uniform([rows, classes], { low: -0.99, high: 0.99, seed: 3 })],
    gpu: (cosines) => angularMargin(cosines, integers(labels), { form, margin: m }),
    twin: (cosines) => twin.angularMargin(cosines, labels, form, m),
    backward: (g, cosines) => [twin.angularMarginBackward(g, cosines, labels, form, m)],
  });
}

testOp("angularMargin", {
  name: "takes a margin that lies on the GPU",
  inputs: [uniform([6, 4], { low: -0.9, high: 0.9 })],
  gpu: (cosines) => {
    const margin = tensor([0.5], { shape: [] });
    return angularMargin(cosines, integers([0, 1, 2, 3, 0, 1]), { form: "angle", margin });
  },
  twin: (cosines) => twin.angularMargin(cosines, [0, 1, 2, 3, 0, 1], "angle", 0.5),
  backward: (g, cosines) => [
    twin.angularMarginBackward(g, cosines, [0, 1, 2, 3, 0, 1], "angle", 0.5),
  ],
});

/** What the functions are at cosines of 1 and -1, and just beyond, as roundings give them. */
const ENDS: [form: MarginForm, margin: number, atOne: number, atMinusOne: number][] = [
  ["cosine", 0.2, 0.8, -1.2],
  ["angle", 0.5, Math.cos(0.5), -1 - 0.5 * Math.sin(0.5)],
  ["multiple", 4, 1, -7],
  ["multiple", 3, 1, -5],
];
for (const [form, margin, atOne, atMinusOne] of ENDS) {
  Deno.test(`angularMargin() has finite values and slopes at both ends, form ${form} by ${margin}`, async () => {
    using _ = scope();
    const ends = array64([4, 1], [1, 1.0000001, -1, -1.0000001].map(Math.fround));
    const x = tensor(ends.data, { shape: [4, 1], requiresGrad: true });
    const y = angularMargin(x, integers([0, 0, 0, 0]), { form, margin });
    backward(sum(y));
    const expected = [atOne, atOne, atMinusOne, atMinusOne];
    (await y.read()).forEach((v, i) =>
      assert(Math.abs(v - expected[i]) < 1e-5, `${v} at ${ends.data[i]}`)
    );
    const slopes = await x.grad!.read();
    assert(slopes.every((g) => Number.isFinite(g) && g > 0), `${slopes}`);
    if (form === "multiple") assert(slopes.every((g) => Math.abs(g - margin ** 2) < 1e-3));
  });

  Deno.test(`angularMargin() lets a NaN through, form ${form} by ${margin}`, async () => {
    using _ = scope();
    const x = tensor([[NaN, 0.5], [0.5, NaN]], { requiresGrad: true });
    const y = angularMargin(x, integers([0, 0]), { form, margin });
    backward(sum(y));
    assertEquals([...await y.read()].map(Number.isNaN), [true, false, false, true]);
    assertEquals([...await x.grad!.read()].map(Number.isNaN), [true, false, false, false]);
  });
}
