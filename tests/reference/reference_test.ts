/** The float64 twins against PyTorch's numbers, and against plain values where PyTorch's are silent. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { centralDifference } from "./central_difference.ts";
import { adam, type AdamOptions, adamState } from "../../src/reference/adam.ts";
import { argmax, argmin } from "../../src/reference/argmax.ts";
import {
  type Array64,
  array64,
  fromNested,
  scalar,
  size,
  strides,
  zeros,
} from "../../src/reference/array64.ts";
import { assertClose } from "./assert_close.ts";
import { augment } from "../../src/reference/augment.ts";
import * as norm from "../../src/reference/batch_norm.ts";
import { binary, binaryBackward, broadcastShape } from "../../src/reference/binary.ts";
import { centerLoss, centerLossBackward } from "../../src/reference/center_loss.ts";
import { centerRepulsion, centerRepulsionBackward } from "../../src/reference/center_repulsion.ts";
import { concat } from "../../src/reference/concat.ts";
import * as conv from "../../src/reference/conv2d.ts";
import { gather } from "../../src/reference/gather.ts";
import { globalAvgPool, globalAvgPoolBackward } from "../../src/reference/global_avg_pool.ts";
import {
  interClassSeparation,
  interClassSeparationBackward,
} from "../../src/reference/inter_class_separation.ts";
import { linear, linearBackward } from "../../src/reference/linear.ts";
import { matmul, matmulBackward } from "../../src/reference/matmul.ts";
import { maxPool2d, maxPool2dBackward } from "../../src/reference/max_pool2d.ts";
import { prelu, preluBackward } from "../../src/reference/prelu.ts";
import type { OpCase, StoredTensor } from "../parity/format.ts";
import { cases, given, paths, stored } from "./pytorch.ts";
import * as reduce from "../../src/reference/reduce.ts";
import { relativeError } from "../../src/reference/relative_error.ts";
import { rotate } from "../../src/reference/rotate.ts";
import { sgd, type SgdOptions } from "../../src/reference/sgd.ts";
import { slice } from "../../src/reference/slice.ts";
import { softmax } from "../../src/reference/softmax.ts";
import {
  softmaxCrossEntropy,
  softmaxCrossEntropyBackward,
} from "../../src/reference/softmax_cross_entropy.ts";
import { squaredDistances } from "../../src/reference/squared_distances.ts";
import { standaloneLoss, standaloneLossBackward } from "../../src/reference/standalone.ts";
import { transpose } from "../../src/reference/transpose.ts";
import { unary, unaryBackward } from "../../src/reference/unary.ts";
import { uniform } from "../../src/reference/uniform.ts";

type Inputs = Record<string, Array64>;
interface Result {
  output: Array64;
  grads: Inputs;
}

/** Each case through its twin; `g` is the cotangent. */
const twins: Record<string, (inputs: Inputs, g: Array64, test: OpCase) => Result> = {
  matmul: ({ a, b }, g) => ({ output: matmul(a, b), grads: matmulBackward(g, a, b) }),
  linear: ({ x, weight, bias }, g) => ({
    output: linear(x, weight, bias),
    grads: { ...linearBackward(g, x, weight) },
  }),
  conv2d: ({ x, weight, bias }, g, { attrs }) => ({
    output: conv.conv2d(x, weight, bias, attrs),
    grads: {
      x: conv.conv2dInputGradient(g, weight, x.shape, attrs),
      weight: conv.conv2dWeightGradient(g, x, weight.shape, attrs),
      bias: conv.conv2dBiasGradient(g),
    },
  }),
  "batchNorm2d.train": ({ x, weight, bias }, g, test) => {
    const start = { mean: zeros(weight.shape), variance: unary("exp", zeros(weight.shape)) };
    const { mean, variance } = norm.batchNormRunning(x, start);
    assertClose(mean, stored("mean", test.runningMean), 1e-7, "running mean");
    assertClose(variance, stored("variance", test.runningVar), 1e-7, "running variance");
    return {
      output: norm.batchNormTrain(x, weight, bias),
      grads: { ...norm.batchNormTrainBackward(g, x, weight) },
    };
  },
  "batchNorm2d.eval": ({ x, weight, bias }, g, { attrs, runningMean, runningVar }) => {
    const running = { mean: stored("mean", runningMean), variance: stored("variance", runningVar) };
    return {
      output: norm.batchNormEval(x, weight, bias, running, attrs),
      grads: { ...norm.batchNormEvalBackward(g, x, weight, running, attrs) },
    };
  },
  relu: ({ x }, g) => ({ output: unary("relu", x), grads: { x: unaryBackward("relu", g, x) } }),
  leakyRelu: ({ x }, g, { attrs }) => ({
    output: unary("leakyRelu", x, attrs),
    grads: { x: unaryBackward("leakyRelu", g, x, attrs) },
  }),
  prelu: ({ x, weight }, g) => ({
    output: prelu(x, weight),
    grads: preluBackward(g, x, weight),
  }),
  maxPool2d: ({ x }, g, { attrs }) => ({
    output: maxPool2d(x, attrs),
    grads: { x: maxPool2dBackward(g, x, attrs) },
  }),
  globalAvgPool2d: ({ x }, g) => ({
    output: globalAvgPool(x),
    grads: { x: globalAvgPoolBackward(g, x.shape) },
  }),
  softmaxCrossEntropy: ({ logits, labels }, g) => ({
    output: softmaxCrossEntropy(logits, labels.data),
    grads: { logits: softmaxCrossEntropyBackward(g, logits, labels.data) },
  }),
  centerLoss: ({ features, centers, labels }, g, { attrs, centersAfterStep }) => {
    const grads = centerLossBackward(g, features, centers, labels.data, attrs.rule);
    if (centersAfterStep) {
      const after = sgd(centers, grads.centers, undefined, { lr: centersAfterStep.alpha });
      assertClose(after.parameter, stored("centers", centersAfterStep.centers), 1e-7, "step");
    }
    return { output: centerLoss(features, centers, labels.data, attrs.rule), grads };
  },
  "standalone.inter": ({ features, labels }, g) => ({
    output: interClassSeparation(features, labels.data, "log1p"),
    grads: { features: interClassSeparationBackward(g, features, labels.data, "log1p") },
  }),
  standalone: ({ features, centers, labels }, g, { attrs }) => ({
    output: standaloneLoss(features, centers, labels.data, attrs),
    grads: { ...standaloneLossBackward(g, features, centers, labels.data, attrs) },
  }),
  centerRepulsion: ({ features, centers, labels }, g, { attrs }) => ({
    output: centerRepulsion(features, centers, labels.data, attrs),
    grads: { ...centerRepulsionBackward(g, features, centers, labels.data, attrs) },
  }),
};

for (const test of cases.filter(({ op }) => op in twins)) {
  const shapes = Object.values(test.inputs).map(({ shape }) => `[${shape}]`).join(" ");
  const rule = test.attrs.rule ? ` by rule ${test.attrs.rule}` : "";
  Deno.test(`${test.op}() agrees with PyTorch on ${shapes}${rule}`, () => {
    const inputs = Object.fromEntries(
      Object.entries(test.inputs).map(([name, tensor]) => [name, given(name, tensor)]),
    );
    const { output, grads } = twins[test.op](inputs, given("cotangent", test.cotangent), test);
    assertClose(output, stored("output", test.output), 1e-7, "output");
    for (const [name, expected] of Object.entries(test.grads)) {
      assertClose(grads[name], stored(name, expected), 1e-7, `gradient of ${name}`);
    }
  });
}

Deno.test("ops.json has no case that is left out by mistake", () => {
  const elsewhere = ["sgd", "stepLR", "reduceLROnPlateau"]; // checked below, and in tests/optim
  const known = new Set([...Object.keys(twins), ...elsewhere]);
  assertEquals(cases.filter(({ op }) => !known.has(op)).map(({ op }) => op), []);
});

for (const { op, attrs, initial, gradients, trajectory } of paths) {
  Deno.test(`${op}() follows PyTorch's trajectory with ${JSON.stringify(attrs)}`, () => {
    let parameter = given("initial", initial), state = adamState(parameter.shape);
    let velocity: Array64 | undefined;
    gradients.forEach((stored64: StoredTensor, step: number) => {
      const gradient = given("gradient", stored64);
      if (op === "adam") {
        ({ parameter, state } = adam(parameter, gradient, state, attrs as AdamOptions));
      } else ({ parameter, velocity } = sgd(parameter, gradient, velocity, attrs as SgdOptions));
      assertClose(parameter, stored("parameter", trajectory[step]), 1e-7, `step ${step}`);
    });
  });
}

// --- What neither says ---------------------------------------------------------------------------

Deno.test("centralDifference() is exact for a quadratic and leaves its inputs alone", () => {
  const x = fromNested([1, -2, 3]);
  const gradient = centralDifference(([{ data }]) => data[0] ** 2 + data[1] * data[2], [x], 0);
  assert(relativeError(gradient, [2, 3, -2]) < 1e-9);
  assertEquals(x, fromNested([1, -2, 3]));
});

Deno.test("relativeError() fails on other lengths and on NaN", () => {
  assertEquals(relativeError([3, 4], [3, 4]), 0);
  assertEquals(relativeError([3], [3, 4]), Infinity);
  assertEquals(relativeError([NaN, 4], [3, 4]) < 1, false);
});

Deno.test("array64() copies, counts and refuses", () => {
  const data = [1, 2, 3, 4];
  const x = array64([2, 2], data);
  data[0] = 9;
  assertEquals(x, fromNested([[1, 2], [3, 4]]));
  assertEquals(strides([2, 3, 4]), [12, 4, 1]);
  assertEquals(size([]), 1);
  assertThrows(() => array64([2, 2], [1]), TypeError, "it holds 4");
});

Deno.test("matmul() refuses inner dimensions that differ", () => {
  assertThrows(
    () => matmul(uniform([2, 3]), uniform([2, 3])),
    TypeError,
    "inner dimensions are 3 and 2",
  );
});

Deno.test("matmul() reads an operand as its transpose when asked", () => {
  const [a, b] = [uniform([3, 5]), uniform([5, 7], { seed: 2 })];
  const [aT, bT] = [transpose(a, [1, 0]), transpose(b, [1, 0])];
  assertEquals(matmul(aT, b, { transposeA: true }), matmul(a, b));
  assertEquals(matmul(a, bT, { transposeB: true }), matmul(a, b));
  assertEquals(matmul(aT, bT, { transposeA: true, transposeB: true }), matmul(a, b));
});

Deno.test("squaredDistances() and binary() compute what their names say", () => {
  const x = fromNested([[0, 0], [1, 2]]);
  assertEquals(squaredDistances(x, fromNested([[3, 4], [1, 0]])), fromNested([[25, 1], [8, 4]]));
  const column = fromNested([[2], [3]]);
  assertEquals(binary("sub", x, column), fromNested([[-2, -2], [-2, -1]]));
  assertEquals(binary("div", fromNested([6, 12]), column), fromNested([[3, 6], [2, 4]]));
  assertEquals(binary("pow", column, fromNested([2, 3])), fromNested([[4, 8], [9, 27]]));
  assertEquals(binary("maximum", scalar(1), x), fromNested([[1, 1], [1, 2]]));
});

Deno.test("unary() computes what its names say", () => {
  const x = fromNested([0.25, 4]);
  assertEquals(unary("sqrt", x), fromNested([0.5, 2]));
  assertEquals(unary("square", x), fromNested([0.0625, 16]));
  assertEquals(unary("sigmoid", fromNested([-1000, 0, 1000])), fromNested([0, 0.5, 1]));
  assertEquals(unary("abs", fromNested([-3, 3])), fromNested([3, 3]));
  assertClose(unary("exp", unary("log", x)), x, 1e-15);
});

Deno.test("broadcastShape() follows numpy", () => {
  assertEquals(broadcastShape([4, 1], [3]), [4, 3]);
  assertEquals(broadcastShape([], [2, 0]), [2, 0]);
  assertThrows(() => broadcastShape([4, 2], [3]), TypeError, "2 and 3 differ");
});

Deno.test('binaryBackward("maximum") gives a tie to the first argument', () => {
  const { a, b } = binaryBackward("maximum", scalar(5), scalar(2), scalar(2));
  assertEquals([a.data[0], b.data[0]], [5, 0]);
});

Deno.test('binaryBackward("pow") stays finite at exponent 0 and base 0', () => {
  const { a, b } = binaryBackward(
    "pow",
    fromNested([1, 1]),
    fromNested([0, 0]),
    fromNested([0, 2]),
  );
  assertEquals([...a.data, ...b.data], [0, 0, 0, 0]);
});

Deno.test("maxPool2dBackward() gives a tie to the first of the window, never to the padding", () => {
  const x = array64([1, 2, 2, 1], [-1, -1, -1, -1]);
  const grad = array64([1, 1, 1, 1], [3]);
  assertEquals([...maxPool2d(x, { kernel: 2 }).data], [-1]);
  assertEquals([...maxPool2dBackward(grad, x, { kernel: 2 }).data], [3, 0, 0, 0]);
  assertEquals([...maxPool2d(x, { kernel: 2, padding: 1 }).data], [-1, -1, -1, -1]);
});

Deno.test("argmax() and argmin() give the first among equals", () => {
  const x = fromNested([[1, 3, 3], [2, 2, 0], [-1, -5, -5]]);
  assertEquals(argmax(x), fromNested([1, 0, 0]));
  assertEquals(argmin(x), fromNested([0, 2, 1]));
});

Deno.test("softmax() has rows that sum to 1, however large the logits", () => {
  const p = softmax(fromNested([[1e4, -1e4, 1e4], [-1e4, -1e4, -1e4]]), 1);
  assert(relativeError(p.data, [1 / 2, 0, 1 / 2, 1 / 3, 1 / 3, 1 / 3]) < 1e-9);
});

Deno.test('centerLossBackward("paper") does not scale the centre gradient', () => {
  const [features, centers] = [fromNested([[1], [3], [5]]), fromNested([[0], [0], [7]])];
  const paper = centerLossBackward(scalar(0.25), features, centers, [0, 0, 1], "paper");
  assertEquals([...paper.centers.data], [-4 / 3, -5 / 2, 0]);
  const batch = centerLossBackward(scalar(0.25), features, centers, [0, 0, 1], "paper/batch");
  assert(relativeError(batch.centers.data, [-4 / 9, -5 / 6, 0]) < 1e-15);
});

Deno.test("transpose(), slice(), concat() and gather() put elements where they belong", () => {
  const x = fromNested([[1, 2, 3], [4, 5, 6]]);
  assertEquals(transpose(x, [1, 0]), fromNested([[1, 4], [2, 5], [3, 6]]));
  assertEquals(slice(x, [0, 1], [2, 3]), fromNested([[2, 3], [5, 6]]));
  assertEquals(concat([x, fromNested([[7], [8]])], 1), fromNested([[1, 2, 3, 7], [4, 5, 6, 8]]));
  assertEquals(gather(x, [1, 1, 0]), fromNested([[4, 5, 6], [4, 5, 6], [1, 2, 3]]));
});

Deno.test("reduceMean() keeps reduced axes only when asked", () => {
  const x = fromNested([[1, 2, 3], [4, 5, 9]]);
  assertEquals(reduce.reduceMean(x, [-1]), fromNested([2, 6]));
  assertEquals(reduce.reduceSum(x, [0], { keepDims: true }), fromNested([[5, 7, 12]]));
});

Deno.test("adam() moves by lr g / (|g| + eps) at every step of a constant gradient", () => {
  const gradient = fromNested([0.5, -2]);
  let [parameter, state] = [fromNested([1, 1]), adamState([2])];
  for (let step = 1; step <= 5; step++) {
    ({ parameter, state } = adam(parameter, gradient, state, { lr: 0.1, eps: 0.25 }));
    const moved = [1 - step * 0.1 * 0.5 / 0.75, 1 + step * 0.1 * 2 / 2.25];
    assert(relativeError(parameter.data, moved) < 1e-12);
  }
  assertEquals(state.step, 5);
});

Deno.test("adam() adds weight decay to the gradient", () => {
  const options = { lr: 0.1, eps: 0.25 };
  const [p, g] = [fromNested([2, -1]), fromNested([0.5, 0.5])];
  const decayed = adam(p, g, adamState([2]), { ...options, weightDecay: 0.1 });
  const added = adam(p, fromNested([0.7, 0.4]), adamState([2]), options);
  assertClose(decayed.parameter, added.parameter, 1e-12);
});

Deno.test("rotate() turns a quarter counter-clockwise about the centre", () => {
  const x = array64([1, 3, 3, 1], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const quarter = array64([1, 3, 3, 1], [3, 6, 9, 2, 5, 8, 1, 4, 7]);
  assertClose(rotate(x, [Math.PI / 2]), quarter, 1e-12);
  assertEquals(rotate(x, [0]), x);
});

Deno.test("rotate() weighs four neighbours and takes zeros from outside", () => {
  const ones = array64([1, 2, 2, 1], [1, 1, 1, 1]);
  const reach = Math.SQRT1_2 - 0.5; // how far a corner turned by 45 degrees lies beyond the pixel row
  const turned = rotate(ones, [Math.PI / 4]);
  assert(relativeError(turned.data, Array(4).fill(1 - reach)) < 1e-12);
  const each = rotate(array64([2, 1, 2, 1], [1, 0, 1, 0]), [0, Math.PI]);
  assert(relativeError(each.data, [1, 0, 0, 1]) < 1e-12);
});

Deno.test("augment() flips, then rotates, then crops the padded image", () => {
  const x = array64([1, 2, 2, 1], [1, 2, 3, 4]);
  const still = { flip: false, angle: 0, dx: 1, dy: 1 };
  const one = (draw: object, padding = 1) => [...augment(x, [{ ...still, ...draw }], padding).data];
  assertEquals(one({}), [1, 2, 3, 4]);
  assertEquals(one({ flip: true }), [2, 1, 4, 3]);
  assertEquals(one({ dx: 0 }), [0, 1, 0, 3]);
  assertEquals(one({ dy: 2 }), [3, 4, 0, 0]);
  assertEquals(one({ flip: true, dx: 2, dy: 0 }), [0, 0, 1, 0]);
  const turned = one({ flip: true, angle: Math.PI / 2 }); // of [2, 1, 4, 3]
  assert(relativeError(turned, [1, 3, 2, 4]) < 1e-12);
  const cropped = one({ flip: true, angle: Math.PI / 2, dx: 2 });
  assert(relativeError(cropped, [3, 0, 4, 0]) < 1e-12);
});
