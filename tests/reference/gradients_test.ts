/** The backward half of every twin against central differences of its forward half. */
import { assertEquals } from "@std/assert";
import { centralDifference } from "./central_difference.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { assertClose } from "./assert_close.ts";
import * as norm from "../../src/reference/batch_norm.ts";
import { batchMatmul, batchMatmulBackward } from "../../src/reference/batch_matmul.ts";
import { binary, binaryBackward, type BinaryName } from "../../src/reference/binary.ts";
import {
  centerLoss,
  centerLossBackward,
  type CenterRule,
} from "../../src/reference/center_loss.ts";
import { centerRepulsion, centerRepulsionBackward } from "../../src/reference/center_repulsion.ts";
import { centerSoftmax, centerSoftmaxBackward } from "../../src/reference/center_softmax.ts";
import { concat, concatBackward } from "../../src/reference/concat.ts";
import * as conv from "../../src/reference/conv2d.ts";
import { extremum, extremumBackward } from "../../src/reference/extremum.ts";
import { gather, gatherBackward } from "../../src/reference/gather.ts";
import { globalAvgPool, globalAvgPoolBackward } from "../../src/reference/global_avg_pool.ts";
import {
  interClassSeparation,
  interClassSeparationBackward,
  type SeparationForm,
} from "../../src/reference/inter_class_separation.ts";
import { layerNorm, layerNormBackward } from "../../src/reference/layer_norm.ts";
import { linear, linearBackward } from "../../src/reference/linear.ts";
import { matmul, matmulBackward } from "../../src/reference/matmul.ts";
import { maxPool2d, maxPool2dBackward } from "../../src/reference/max_pool2d.ts";
import {
  norm as vectorNorm,
  normalize,
  normalizeBackward,
  normBackward as vectorNormBackward,
} from "../../src/reference/norm.ts";
import { prelu, preluBackward } from "../../src/reference/prelu.ts";
import * as reduce from "../../src/reference/reduce.ts";
import { slice, sliceBackward } from "../../src/reference/slice.ts";
import * as soft from "../../src/reference/softmax.ts";
import {
  softmaxCrossEntropy,
  softmaxCrossEntropyBackward,
} from "../../src/reference/softmax_cross_entropy.ts";
import {
  squaredDistances,
  squaredDistancesBackward,
} from "../../src/reference/squared_distances.ts";
import { standaloneLoss, standaloneLossBackward } from "../../src/reference/standalone.ts";
import { transpose, transposeBackward } from "../../src/reference/transpose.ts";
import { unary, unaryBackward, type UnaryName } from "../../src/reference/unary.ts";
import { uniform } from "../../src/reference/uniform.ts";
import { where, whereBackward } from "../../src/reference/where.ts";

/** Checks `backward(grad, ...inputs)`, one gradient an input, on sum(forward * cotangent). */
function testGradients(
  name: string,
  inputs: Array64[],
  forward: (...inputs: Array64[]) => Array64,
  backward: (grad: Array64, ...inputs: Array64[]) => Array64[],
) {
  Deno.test(`${name} has the gradients of its central differences`, () => {
    const cotangent = uniform(forward(...inputs).shape, { seed: 99 });
    const loss = (values: Array64[]) =>
      forward(...values).data.reduce((sum, y, i) => sum + y * cotangent.data[i], 0);
    const gradients = backward(cotangent, ...inputs);
    assertEquals(gradients.length, inputs.length);
    gradients.forEach((gradient, index) => {
      const numeric = array64(inputs[index].shape, centralDifference(loss, inputs, index));
      assertClose(gradient, numeric, 1e-6, `gradient of input ${index}`);
    });
  });
}

for (const transposeA of [false, true]) {
  for (const transposeB of [false, true]) {
    const options = { transposeA, transposeB };
    testGradients(
      `matmul(${JSON.stringify(options)})`,
      [uniform(transposeA ? [5, 3] : [3, 5]), uniform(transposeB ? [7, 5] : [5, 7], { seed: 2 })],
      (a, b) => matmul(a, b, options),
      (g, a, b) => Object.values(matmulBackward(g, a, b, options)),
    );
  }
}

testGradients(
  "linear()",
  [uniform([3, 5]), uniform([5, 2], { seed: 2 }), uniform([2], { seed: 3 })],
  linear,
  (g, x, weight) => Object.values(linearBackward(g, x, weight)),
);

for (const options of [{}, { padding: 1 }, { stride: 2, padding: 1 }, { stride: 3, padding: 2 }]) {
  testGradients(
    `conv2d(${JSON.stringify(options)})`,
    [uniform([2, 5, 7, 3]), uniform([3, 2, 3, 5], { seed: 2 }), uniform([5], { seed: 3 })],
    (x, weight, bias) => conv.conv2d(x, weight, bias, options),
    (g, x, weight) => [
      conv.conv2dInputGradient(g, weight, x.shape, options),
      conv.conv2dWeightGradient(g, x, weight.shape, options),
      conv.conv2dBiasGradient(g),
    ],
  );
}

const normInputs = [uniform([3, 2, 5, 3]), uniform([3], { seed: 2 }), uniform([3], { seed: 3 })];
testGradients(
  "batchNormTrain()",
  normInputs,
  (x, weight, bias) => norm.batchNormTrain(x, weight, bias),
  (g, x, weight) => Object.values(norm.batchNormTrainBackward(g, x, weight)),
);

const running = { mean: uniform([3]), variance: uniform([3], { low: 0.5 }) };
testGradients(
  "batchNormEval()",
  normInputs,
  (x, weight, bias) => norm.batchNormEval(x, weight, bias, running),
  (g, x, weight) => Object.values(norm.batchNormEvalBackward(g, x, weight, running)),
);

const everywhere: UnaryName[] = [
  "neg",
  "exp",
  "abs",
  "square",
  "sigmoid",
  "tanh",
  "relu",
  "leakyRelu",
  "sin",
  "cos",
  "clamp",
];
const LOWEST: Partial<Record<UnaryName, number>> = { log: 0.1, sqrt: 0.1, acos: -0.9 };
for (const name of [...everywhere, "log", "sqrt", "acos"] as UnaryName[]) {
  testGradients(
    `unary("${name}")`,
    [uniform([3, 7], { low: LOWEST[name] ?? -2, high: name === "acos" ? 0.9 : 2 })],
    (x) => unary(name, x, { slope: 0.2 }),
    (g, x) => [unaryBackward(name, g, x, { slope: 0.2 })],
  );
}

for (const name of ["add", "sub", "mul", "div", "pow", "maximum", "minimum"] as BinaryName[]) {
  for (const [left, right] of [[[2, 3, 5], [3, 1]], [[5], [2, 1, 5]], [[3, 5], []]]) {
    testGradients(
      `binary("${name}") of [${left}] and [${right}]`,
      [uniform(left, { low: 0.5 }), uniform(right, { low: 0.5, seed: 2 })],
      (a, b) => binary(name, a, b),
      (g, a, b) => Object.values(binaryBackward(name, g, a, b)),
    );
  }
}

for (const slopes of [1, 5]) {
  testGradients(
    `prelu() with ${slopes} slopes`,
    [uniform([3, 2, 5]), uniform([slopes], { seed: 2 })],
    prelu,
    (g, x, weight) => Object.values(preluBackward(g, x, weight)),
  );
}

for (const options of [{ kernel: 2 }, { kernel: 3, stride: 2, padding: 1 }]) {
  testGradients(
    `maxPool2d(${JSON.stringify(options)})`,
    [uniform([2, 7, 5, 3])],
    (x) => maxPool2d(x, options),
    (g, x) => [maxPool2dBackward(g, x, options)],
  );
}

testGradients(
  "globalAvgPool()",
  [uniform([2, 3, 5, 7])],
  globalAvgPool,
  (g, x) => [globalAvgPoolBackward(g, x.shape)],
);

for (const keepDims of [false, true]) {
  for (const axes of [[0], [-1], [0, 2], [0, 1, 2]]) {
    const what = `over [${axes}], ${keepDims ? "kept" : "dropped"},`;
    testGradients(
      `reduceSum() ${what}`,
      [uniform([2, 3, 5])],
      (x) => reduce.reduceSum(x, axes, { keepDims }),
      (g, x) => [reduce.reduceSumBackward(g, x, axes)],
    );
    testGradients(
      `reduceMean() ${what}`,
      [uniform([2, 3, 5])],
      (x) => reduce.reduceMean(x, axes, { keepDims }),
      (g, x) => [reduce.reduceMeanBackward(g, x, axes)],
    );
  }
}

testGradients(
  "softmaxCrossEntropy()",
  [uniform([5, 3])],
  (logits) => softmaxCrossEntropy(logits, [0, 2, 2, 1, 0]),
  (g, logits) => [softmaxCrossEntropyBackward(g, logits, [0, 2, 2, 1, 0])],
);

const labels = [0, 2, 2, 4, 0, 2, 3];
for (const rule of ["autograd", "balanced"] as CenterRule[]) {
  testGradients(
    `centerLoss("${rule}")`,
    [uniform([7, 3]), uniform([5, 3], { seed: 2 })],
    (features, centers) => centerLoss(features, centers, labels, rule),
    (g, features, centers) => Object.values(centerLossBackward(g, features, centers, labels, rule)),
  );
}
for (const rule of ["paper", "paper/batch"] as CenterRule[]) {
  const centers = uniform([5, 3], { seed: 2 });
  testGradients(
    `centerLoss("${rule}") for features`,
    [uniform([7, 3])],
    (features) => centerLoss(features, centers, labels, rule),
    (g, features) => [centerLossBackward(g, features, centers, labels, rule).features],
  );
}

for (const form of ["log1p", "log"] as SeparationForm[]) {
  testGradients(
    `interClassSeparation("${form}")`,
    [uniform([7, 3])],
    (features) => interClassSeparation(features, labels, form),
    (g, features) => [interClassSeparationBackward(g, features, labels, form)],
  );
  const options = { weightIntra: 0.5, weightInter: 0.25, form };
  testGradients(
    `standaloneLoss("${form}")`,
    [uniform([7, 3]), uniform([5, 3], { seed: 2 })],
    (features, centers) => standaloneLoss(features, centers, labels, options),
    (g, features, centers) =>
      Object.values(standaloneLossBackward(g, features, centers, labels, options)),
  );
}

const repulsion = { alpha: 0.3, weightIntra: 0.5, weightInter: 0.25 };
testGradients(
  "centerRepulsion()",
  [uniform([7, 3]), uniform([5, 3], { seed: 2 })],
  (features, centers) => centerRepulsion(features, centers, labels, repulsion),
  (g, features, centers) =>
    Object.values(centerRepulsionBackward(g, features, centers, labels, repulsion)),
);

testGradients(
  "centerSoftmax()",
  [uniform([5, 3]), uniform([3, 5], { seed: 2 }), uniform([5], { seed: 3 })],
  centerSoftmax,
  (g, centers, weight, bias) => Object.values(centerSoftmaxBackward(g, centers, weight, bias)),
);

testGradients(
  "squaredDistances()",
  [uniform([5, 3]), uniform([4, 3], { seed: 2 })],
  squaredDistances,
  (g, x, c) => Object.values(squaredDistancesBackward(g, x, c)),
);

testGradients(
  "transpose()",
  [uniform([2, 3, 5])],
  (x) => transpose(x, [1, 2, 0]),
  (g) => [transposeBackward(g, [1, 2, 0])],
);

testGradients(
  "slice()",
  [uniform([3, 5])],
  (x) => slice(x, [1, 0], [3, 4]),
  (g, x) => [sliceBackward(g, x.shape, [1, 0])],
);

testGradients(
  "concat()",
  [uniform([2, 3, 2]), uniform([2, 1, 2], { seed: 2 }), uniform([2, 5, 2], { seed: 3 })],
  (...parts) => concat(parts, 1),
  (g, ...parts) => concatBackward(g, parts.map(({ shape }) => shape), 1),
);

for (const axis of [0, 1, -1]) {
  const x = [uniform([2, 3, 5])];
  testGradients(
    `softmax() along ${axis}`,
    x,
    (x) => soft.softmax(x, axis),
    (g, x) => [soft.softmaxBackward(g, x, axis)],
  );
  testGradients(
    `logSoftmax() along ${axis}`,
    x,
    (x) => soft.logSoftmax(x, axis),
    (g, x) => [soft.logSoftmaxBackward(g, x, axis)],
  );
  testGradients(
    `logSumExp() along ${axis}`,
    x,
    (x) => soft.logSumExp(x, axis),
    (g, x) => [soft.logSumExpBackward(g, x, axis)],
  );
  testGradients(
    `normalize() along ${axis}`,
    x,
    (x) => normalize(x, axis),
    (g, x) => [normalizeBackward(g, x, axis)],
  );
  for (const sign of [1, -1] as const) {
    testGradients(
      `extremum(${sign}) over [${axis}]`,
      x,
      (x) => extremum(x, [axis], sign),
      (g, x) => [extremumBackward(g, x, [axis], sign)],
    );
  }
}

testGradients(
  "norm()",
  [uniform([2, 3, 5])],
  (x) => vectorNorm(x, [0, 2]),
  (g, x) => [vectorNormBackward(g, x, [0, 2])],
);

testGradients(
  "layerNorm()",
  [uniform([2, 3, 5]), uniform([5], { seed: 2 }), uniform([5], { seed: 3 })],
  (x, weight, bias) => layerNorm(x, weight, bias),
  (g, x, weight) => Object.values(layerNormBackward(g, x, weight)),
);

testGradients(
  "where()",
  [uniform([5]), uniform([3, 1], { seed: 2 })],
  (a, b) => where(array64([3, 5], Array.from({ length: 15 }, (_, i) => i % 4)), a, b),
  (g, a, b) => whereBackward(g, array64([3, 5], Array.from({ length: 15 }, (_, i) => i % 4)), a, b),
);

for (const transposeA of [false, true]) {
  testGradients(
    `batchMatmul({ transposeA: ${transposeA}, transposeB: true })`,
    [uniform(transposeA ? [2, 1, 5, 3] : [2, 1, 3, 5]), uniform([3, 7, 5], { seed: 2 })],
    (a, b) => batchMatmul(a, b, { transposeA, transposeB: true }),
    (g, a, b) => Object.values(batchMatmulBackward(g, a, b, { transposeA, transposeB: true })),
  );
}

testGradients(
  "gather()",
  [uniform([5, 3, 2])],
  (x) => gather(x, [4, 0, 4, 1]),
  (g, x) => [gatherBackward(g, x.shape, [4, 0, 4, 1])],
);
