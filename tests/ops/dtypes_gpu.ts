/** Which op takes which type: whole numbers where measurements are wanted are refused by name, and layout ops take both. */
import { assertEquals, assertThrows } from "@std/assert";
import * as ops from "../../src/ops/mod.ts";
import { scope } from "../../src/tensor/scope.ts";
import { show } from "../../src/tensor/shape.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { integers } from "../on_gpu.ts";
import { each, testRefusals } from "../refusal.ts";

const t = (...shape: number[]) => ops.ones(shape);
const whole = (...shape: number[]) =>
  integers(Array(shape.reduce((a, b) => a * b, 1)).fill(1)).alias(shape);
const state = { weight: t, bias: t, runningMean: t, runningVar: t };
const stateOf = (changes: object = {}) => ({
  ...Object.fromEntries(Object.entries(state).map(([name, make]) => [name, make(2)])) as Record<
    keyof typeof state,
    Tensor
  >,
  ...changes,
});

const refused: [op: string, operand: string, shape: number[], f: () => unknown][] = [
  ["sum", "x", [3], () => ops.sum(whole(3))],
  ["mean", "x", [3], () => ops.mean(whole(3))],
  ["argmax", "x", [3], () => ops.argmax(whole(3))],
  ["argmin", "x", [3], () => ops.argmin(whole(3))],
  ["matmul", "a", [2, 3], () => ops.matmul(whole(2, 3), t(3, 2))],
  ["matmul", "b", [3, 2], () => ops.matmul(t(2, 3), whole(3, 2))],
  ["linear", "bias", [2], () => ops.linear(t(2, 3), t(3, 2), whole(2))],
  ["conv2d", "x", [1, 3, 3, 1], () => ops.conv2d(whole(1, 3, 3, 1), t(2, 2, 1, 4))],
  ["conv2d", "weight", [2, 2, 1, 4], () => ops.conv2d(t(1, 3, 3, 1), whole(2, 2, 1, 4))],
  ["conv2d", "bias", [4], () => ops.conv2d(t(1, 3, 3, 1), t(2, 2, 1, 4), whole(4))],
  [
    "conv2d",
    "prelu",
    [1],
    () => ops.conv2d(t(1, 3, 3, 1), t(2, 2, 1, 4), undefined, { prelu: whole(1) }),
  ],
  [
    "conv2d",
    "residual",
    [1, 2, 2, 4],
    () => ops.conv2d(t(1, 3, 3, 1), t(2, 2, 1, 4), undefined, { residual: whole(1, 2, 2, 4) }),
  ],
  ["batchNorm", "x", [3, 2], () => ops.batchNorm(whole(3, 2), stateOf(), { training: true })],
  [
    "batchNorm",
    "runningVar",
    [2],
    () => ops.batchNorm(t(3, 2), stateOf({ runningVar: whole(2) }), { training: true }),
  ],
  ["maxPool2d", "x", [1, 2, 2, 1], () => ops.maxPool2d(whole(1, 2, 2, 1))],
  ["globalAvgPool2d", "x", [1, 2, 2, 1], () => ops.globalAvgPool2d(whole(1, 2, 2, 1))],
  ["prelu", "weight", [1], () => ops.prelu(t(3), whole(1))],
  ["squaredDistances", "y", [2, 3], () => ops.squaredDistances(t(2, 3), whole(2, 3))],
];

testRefusals(
  TypeError,
  each(refused, ([op, name, shape, call]) => [
    `Cannot take ${op}(): ${name} is i32 ${
      show(shape)
    }, and it must be f32; cast(${name}, "f32") converts it`,
    call,
  ]),
  {
    "Cannot take concat() of f32 and i32: all must be of one type; cast() converts": () =>
      ops.concat([t(2), whole(2)]),
  },
);

/** Numbers whose bits, read as floats, are no numbers, or too small for one. */
const LARGE = [1, -1, 16777217, 2 ** 31 - 1, -(2 ** 31), 0, 7, 2143289344];

const moved: Record<string, [f: (x: Tensor) => Tensor, shape: number[], values: number[]]> = {
  "reshape()": [(x) => ops.reshape(x, [4, 2]), [4, 2], LARGE],
  "transpose()": [(x) => ops.transpose(x), [4, 2], [0, 4, 1, 5, 2, 6, 3, 7].map((i) => LARGE[i])],
  "slice() of fours": [(x) => ops.slice(x, [1, 0], [2, 4]), [1, 4], LARGE.slice(4)],
  "slice() of one": [(x) => ops.slice(x, [0, 3], [2, 4]), [2, 1], [LARGE[3], LARGE[7]]],
  "concat()": [(x) => ops.concat([x, x]), [4, 4], [...LARGE, ...LARGE]],
  "gather()": [(x) => ops.gather(x, integers([1, 0])), [2, 4], [
    ...LARGE.slice(4),
    ...LARGE.slice(0, 4),
  ]],
};

for (const [name, [f, shape, values]] of Object.entries(moved)) {
  Deno.test(`${name} moves whole numbers bit for bit`, async () => {
    using _ = scope();
    const y = f(integers(LARGE).alias([2, 4]));
    assertEquals([y.dtype, y.shape], ["i32", shape]);
    assertEquals([...await y.read()], values);
  });
}

Deno.test("requiresGrad is refused for whole numbers", () => {
  using _ = scope();
  const message = "Cannot require a gradient of i32 [2]: only f32 has one";
  assertThrows(
    () => tensor([1, 2], { dtype: "i32", requiresGrad: true }),
    TypeError,
    message,
  );
  const x = integers([1, 2]);
  assertThrows(() => x.requiresGrad = true, TypeError, message);
  assertEquals(x.requiresGrad, false);
});
