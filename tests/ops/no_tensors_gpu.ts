/** What is no tensor is refused by the op's name and the argument's, and not by JavaScript. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  adaCosScale,
  anchorLogits,
  angularMargin,
  arcFace,
  contrastiveCenterLoss,
  cosFace,
  cosineSoftmax,
  gitSeparation,
  islandSeparation,
  largeMarginSoftmax,
  proxyAnchorLoss,
  rangeTerms,
  ringLoss,
  softTripleTerms,
  sphereFace,
  supConLoss,
  tripletCenterLoss,
} from "../../mod.ts";
import { centerLoss } from "../../src/losses/center_loss.ts";
import { centerRepulsion } from "../../src/losses/center_repulsion.ts";
import { centerSoftmax } from "../../src/losses/center_softmax.ts";
import { softmaxCrossEntropy } from "../../src/losses/cross_entropy.ts";
import { interClassSeparation } from "../../src/losses/inter_class_separation.ts";
import { BINARY, UNARY } from "../../src/ops/elementwise.ts";
import * as ops from "../../src/ops/mod.ts";
import { scope } from "../../src/tensor/scope.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { integers } from "../on_gpu.ts";

const t = (...shape: number[]) => ops.ones(shape);
const labels = () => integers([0, 0]);
const ONE = { margin: 1 };
const state = (changes: object = {}) => ({
  ...{ weight: t(2), bias: t(2), runningMean: t(2), runningVar: t(2) },
  ...changes,
});
/** Ops by the names of their arguments, each call with one argument that is not what it must be. */
const calls: [op: string, argument: string, call: (wrong: Tensor) => unknown][] = [
  ...([
    ...UNARY.filter((op) => op !== "clamp"),
    ...["argmax", "argmin", "detach", "globalAvgPool2d", "layerNorm", "logSoftmax", "logSumExp"],
    ...["max", "maxPool2d", "mean", "min", "norm", "softmax", "sum", "transpose"],
  ] as "abs"[]).map((op) =>
    [op, "x", (x: Tensor) => ops[op](x)] as [string, string, () => unknown]
  ),
  ...(Object.keys(BINARY) as "add"[]).flatMap((
    op,
  ): [string, string, (wrong: Tensor) => unknown][] => [
    [op, "a", (a) => ops[op](a, t(2))],
    [op, "b", (b) => ops[op](t(2), b)],
  ]),
  ["matmul", "a", (a) => ops.matmul(a, t(2, 2))],
  ["matmul", "b", (b) => ops.matmul(t(2, 2), b)],
  ["equalCount", "a", (a) => ops.equalCount(a, labels())],
  ["equalCount", "b", (b) => ops.equalCount(labels(), b)],
  ["cast", "x", (x) => ops.cast(x, "f32")],
  ["clamp", "x", (x) => ops.clamp(x, { min: 0 })],
  ["reshape", "x", (x) => ops.reshape(x, [2])],
  ["slice", "x", (x) => ops.slice(x, [0], [1])],
  ["split", "x", (x) => ops.split(x, 1)],
  ["concat", "tensors[1]", (x) => ops.concat([t(2), x])],
  ["stack", "tensors[0]", (x) => ops.stack([x, t(2)])],
  ["gather", "x", (x) => ops.gather(x, labels())],
  ["gather", "rows", (rows) => ops.gather(t(2, 2), rows)],
  ["oneHot", "labels", (labels) => ops.oneHot(labels, 2)],
  ["where", "condition", (condition) => ops.where(condition, t(2), t(2))],
  ["where", "a", (a) => ops.where(t(2), a, t(2))],
  ["where", "b", (b) => ops.where(t(2), t(2), b)],
  ["prelu", "x", (x) => ops.prelu(x, t(1))],
  ["prelu", "weight", (weight) => ops.prelu(t(2), weight)],
  ["squaredDistances", "y", (y) => ops.squaredDistances(t(2, 2), y)],
  ["linear", "weight", (weight) => ops.linear(t(2, 2), weight)],
  ["conv2d", "x", (x) => ops.conv2d(x, t(1, 1, 1, 1))],
  ["conv2d", "weight", (weight) => ops.conv2d(t(1, 2, 2, 1), weight)],
  ["dropout", "draws", (draws) => ops.dropout(t(2), { p: 0.5, seed: 1, draws })],
  ["batchNorm", "x", (x) => ops.batchNorm(x, state(), { training: true })],
  [
    "batchNorm",
    "runningVar",
    (runningVar) => ops.batchNorm(t(3, 2), state({ runningVar }), { training: true }),
  ],
  ["backward", "loss", (loss) => ops.backward(loss)],
  ["softmaxCrossEntropy", "logits", (logits) => softmaxCrossEntropy(logits, labels())],
  ["the cross-entropy", "labels", (labels) => softmaxCrossEntropy(t(2, 2), labels)],
  ["centerLoss", "centers", (c) => centerLoss(t(2, 2), c, labels(), { rule: "autograd" })],
  ["the center loss", "labels", (l) => centerLoss(t(2, 2), t(1, 2), l, { rule: "autograd" })],
  [
    "centerRepulsion",
    "features",
    (features) =>
      centerRepulsion(features, t(1, 2), labels(), { alpha: 1, weightIntra: 1, weightInter: 1 }),
  ],
  ["centerSoftmax", "weight", (weight) => centerSoftmax(t(2, 2), weight, t(2))],
  ["angularMargin", "cosines", (x) => angularMargin(x, labels(), { form: "cosine", margin: 0 })],
  ["the angular margin", "labels", (l) => angularMargin(t(2, 2), l, { form: "angle", margin: 0 })],
  ["arcFace", "weight", (w) => arcFace(t(2, 2), w, labels(), { scale: 1, margin: 0 })],
  ["cosFace", "features", (x) => cosFace(x, t(2, 2), labels(), { scale: 1, margin: 0 })],
  ["cosineSoftmax", "weight", (w) => cosineSoftmax(t(2, 2), w, labels(), { scale: 1 })],
  ["largeMarginSoftmax", "features", (x) => largeMarginSoftmax(x, t(2, 2), labels(), ONE)],
  ["sphereFace", "weight", (w) => sphereFace(t(2, 2), w, labels(), ONE)],
  ["adaCosScale", "cosines", (x) => adaCosScale(x, labels(), { scale: 1 })],
  ["ringLoss", "radius", (radius) => ringLoss(t(2, 2), radius)],
  ["contrastiveCenterLoss", "centers", (c) => contrastiveCenterLoss(t(2, 2), c, labels())],
  ["tripletCenterLoss", "features", (x) => tripletCenterLoss(x, t(2, 2), labels())],
  ["islandSeparation", "centers", (c) => islandSeparation(c)],
  ["gitSeparation", "centers", (c) => gitSeparation(t(2, 2), c, labels())],
  ["rangeTerms", "features", (x) => rangeTerms(x, labels(), { classes: 2, margin: 1 })],
  ["anchorLogits", "scores", (z) => anchorLogits(z)],
  ["supConLoss", "features", (x) => supConLoss(x, labels())],
  ["proxyAnchorLoss", "proxies", (p) => proxyAnchorLoss(t(2, 2), p, labels())],
  ["softTripleTerms", "weight", (w) => softTripleTerms(t(2, 2), w, labels())],
  ["interClassSeparation", "features", (features) => interClassSeparation(features, labels())],
];

const wrongs: [unknown, string][] = [
  [undefined, "undefined"],
  [null, "null"],
  [[1, 2], "an Array"],
  ["a", '"a"'],
  [new Float32Array(2), "a Float32Array"],
];

for (const [op, argument, call] of calls) {
  Deno.test(`${op} refuses ${argument} that is no tensor`, () => {
    using _ = scope();
    const act = op.startsWith("the ") ? op : `${op}()`;
    for (const [wrong, described] of wrongs) {
      assertEquals(
        assertThrows(() => call(wrong as Tensor), TypeError).message,
        `Cannot take ${act}: ${argument} is ${described}, and it must be a tensor`,
      );
    }
  });
}

Deno.test("concat() refuses what is no array of tensors", () => {
  for (const op of ["concat", "stack"] as const) {
    const { message } = assertThrows(() => ops[op](t(2) as unknown as Tensor[]), TypeError);
    assertEquals(
      message,
      `Cannot take ${op}(): tensors is a Tensor, and it must be an array of tensors`,
    );
  }
});

Deno.test("every op with a gradient is asked for what it does with something else", () => {
  const asked = new Set(calls.map(([op]) => op));
  const left = Object.keys(ops.ops).filter((op) => !asked.has(op) && op !== "normalize");
  assertEquals(left, [], "`calls` of this file lacks these"); // normalize() is norm() and more
  assert(asked.has("norm"));
});
