/** Shapes and settings that ops refuse. */
import * as ops from "../../src/ops/mod.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { integers } from "../on_gpu.ts";
import { each, testRefusals } from "../refusal.ts";

const t = (...shape: number[]) => ops.ones(shape);
const labels = (count: number) => integers(Array(count).fill(0));
const state = (channels: number, other: number) => ({
  weight: t(channels),
  bias: t(channels),
  runningMean: t(other),
  runningVar: t(other),
});

testRefusals(
  TypeError,
  {
    "Cannot multiply [128, 64] by [32, 10]: inner dimensions are 64 and 32": () =>
      ops.matmul(t(128, 64), t(32, 10)),
    "Cannot multiply [5, 3]ᵀ by [7, 3]ᵀ: inner dimensions are 5 and 3": () =>
      ops.matmul(t(5, 3), t(7, 3), { transposeA: true, transposeB: true }),
    "Cannot multiply [3] by [3, 2]: matmul takes matrices, [..., rows, columns]; reshape() a vector":
      () => ops.matmul(t(3), t(3, 2)),
    "Cannot multiply [2, 3, 5] by [2, 4, 3]: inner dimensions are 5 and 4": () =>
      ops.matmul(t(2, 3, 5), t(2, 4, 3)),
    "Cannot multiply matrices along the batch axes [2] and [3]": () =>
      ops.matmul(t(2, 3, 5), t(3, 5, 3)),
    "Cannot take where(): condition is i32 [3], and it must be f32": () =>
      ops.where(labels(3), t(3), t(3)),
    "Cannot take where() of i32 and f32": () => ops.where(t(3), labels(3), t(3)),
    "Cannot choose between [3] and [4]": () => ops.where(t(3), t(3), t(4)),
    "Cannot take oneHot(): labels is f32 [3], and it must be i32": () => ops.oneHot(t(3), 10),
    "Cannot take dropout(): draws is undefined, and it must be a tensor": () =>
      ops.dropout(t(3), undefined as never),
    "min must be a number": () => ops.clamp(t(3), { min: null as never }),
    "Cannot take sum(): there is no option axis, but axes, keepDims": () =>
      ops.sum(t(2, 3), { axis: 1 } as never),
    "Cannot take mean(): options is 1, and it must be an object of axes, keepDims": () =>
      ops.mean(t(2, 3), 1 as never),
    "Cannot take max(): there is no option dim": () => ops.max(t(2, 3), { dim: 1 } as never),
    "Cannot take min(): there is no option 0": () => ops.min(t(2, 3), [1] as never),
    "Cannot take norm(): there is no option axis": () => ops.norm(t(2, 3), { axis: 1 } as never),
    "Cannot take normalize(): there is no option axes, but axis, eps": () =>
      ops.normalize(t(2, 3), { axes: 0 } as never),
    "Cannot take softmax(): there is no option axes, but axis": () =>
      ops.softmax(t(2, 3), { axes: 0 } as never),
    "Cannot take logSoftmax(): options is 0": () => ops.logSoftmax(t(2, 3), 0 as never),
    "Cannot take logSumExp(): there is no option axes": () =>
      ops.logSumExp(t(2, 3), { axes: 0 } as never),
    "Cannot take leakyRelu(): options is 0.2, and it must be an object of slope": () =>
      ops.leakyRelu(t(3), 0.2 as never),
    "Cannot take clamp(): options is 0, and it must be an object of min, max": () =>
      ops.clamp(t(3), 0 as never),
    "Cannot take maxPool2d(): options is 3": () => ops.maxPool2d(t(1, 8, 8, 1), 3 as never),
    "Cannot make a tensor: there is no option requires_grad, but shape, dtype, requiresGrad": () =>
      tensor([1], { requires_grad: true } as never),
    "Cannot take batchNorm(): weight is undefined, and it must be a tensor": () =>
      ops.batchNorm(t(2, 3), undefined as never, undefined as never),
    "Cannot take layerNorm of [2, 0]: its rows are empty": () => ops.layerNorm(t(2, 0)),
    "Cannot take layerNorm of [2, 3]: weight is [2]; it must be [3]": () =>
      ops.layerNorm(t(2, 3), { weight: t(2) }),
    "Cannot stack no tensors": () => ops.stack([]),
    "Cannot stack [2] and [3]: all shapes must be equal": () => ops.stack([t(2), t(3)]),
    "Cannot take dropout() with draws [2]: they are [1]": () =>
      ops.dropout(t(3), { p: 0.5, seed: 1, draws: labels(2) }),
    "Cannot multiply [2, 3] by [5, 7]": () => ops.linear(t(2, 3), t(5, 7)),
    "Cannot add a bias to [2, 7]: the bias is [5]; it must be [7]": () =>
      ops.linear(t(2, 3), t(3, 7), t(5)),
    "Cannot convolve [9, 9, 3] with [3, 3, 3, 4] ... images are [batch, height, width, channels]":
      () => ops.conv2d(t(9, 9, 3), t(3, 3, 3, 4)),
    "Cannot convolve [1, 9, 9, 3] with [3, 3] ... kernels [height, width, in, out]": () =>
      ops.conv2d(t(1, 9, 9, 3), t(3, 3)),
    "Cannot convolve [1, 9, 9, 3] with [3, 3, 4, 5] ... the images have 3 channels, the kernels take 4":
      () => ops.conv2d(t(1, 9, 9, 3), t(3, 3, 4, 5)),
    "Cannot convolve [1, 9, 9, 3] with [3, 3, 3, 5]: the bias is [4]; it must be [5]": () =>
      ops.conv2d(t(1, 9, 9, 3), t(3, 3, 3, 5), t(4)),
    "Cannot convolve [1, 2, 9, 3] with [5, 5, 3, 5]: with padding 1 the kernel is larger": () =>
      ops.conv2d(t(1, 2, 9, 3), t(5, 5, 3, 5), undefined, { padding: 1 }),
    "Cannot normalize [2, 3]: weight is [4]; it must be [3]": () =>
      ops.batchNorm(t(2, 3), state(4, 3), { training: true }),
    "Cannot normalize [2, 3]: runningMean is [5]; it must be [3]": () =>
      ops.batchNorm(t(2, 3), state(3, 5), { training: false }),
    "Cannot normalize [2, 3]: runningVar shares its memory with a running statistic": () => {
      const given = state(3, 3);
      ops.batchNorm(t(2, 3), { ...given, runningVar: given.runningMean }, { training: true });
    },
    "Cannot normalize [2, 3]: weight shares its memory with a running statistic": () => {
      const given = state(3, 3);
      ops.batchNorm(t(2, 3), { ...given, weight: given.runningVar }, { training: true });
    },
    "Cannot pool [8, 8] by windows of 2 ... images are [batch, height, width, channels]": () =>
      ops.maxPool2d(t(8, 8)),
    "Cannot pool [1, 2, 8, 1] by windows of 3: the window is larger than the image": () =>
      ops.maxPool2d(t(1, 2, 8, 1), { kernel: 3 }),
    "Cannot average [2, 3] over its image": () => ops.globalAvgPool2d(t(2, 3)),
    "Cannot apply PReLU to [2, 3]: the slope is [2]; it must be [1] or [3]": () =>
      ops.prelu(t(2, 3), t(2)),
    "Cannot reshape [2, 3] to [4, 2]: the sizes must be equal, 6": () =>
      ops.reshape(t(2, 3), [4, 2]),
    "Cannot reshape [2, 3] to [-1, -1] ... at most one axis -1": () =>
      ops.reshape(t(2, 3), [-1, -1]),
    "Cannot reshape [0, 3] to [0, -1]: beside an axis of length 0, -1 may be any length": () =>
      ops.reshape(t(0, 3), [0, -1]),
    "Cannot reshape [2, 3] to [0, -1]: the sizes must be equal, 6": () =>
      ops.reshape(t(2, 3), [0, -1]),
    "Cannot reshape [2, 3] to [-1, 4]": () => ops.reshape(t(2, 3), [-1, 4]),
    "Cannot concat no tensors": () => ops.concat([]),
    "Cannot concat [2, 3], [2, 5] along axis 0: all other axes must be equal": () =>
      ops.concat([t(2, 3), t(2, 5)], 0),
    "Cannot concat [2, 3], [2] along axis 0": () => ops.concat([t(2, 3), t(2)], 0),
    "Cannot gather rows of [5, 3] by f32 [2]: the numbers must be i32 [count]": () =>
      ops.gather(t(5, 3), t(2)),
    "Cannot gather rows of [5, 3] by i32 [2, 2]": () =>
      ops.gather(t(5, 3), labels(4).alias([2, 2])),
    "Cannot gather rows of [] by i32 [2]": () => ops.gather(t(), labels(2)),
    "Cannot take distances between the rows of [2, 3] and [5, 4]": () =>
      ops.squaredDistances(t(2, 3), t(5, 4)),
    "Cannot take distances between the rows of [3] and [5, 3]": () =>
      ops.squaredDistances(t(3), t(5, 3)),
    "Cannot take argmax of [2, 0]: its rows are empty": () => ops.argmax(t(2, 0)),
    "Cannot take argmin of []": () => ops.argmin(t()),
    "Cannot compare i32 [2] with i32 [3]": () => ops.equalCount(labels(2), labels(3)),
    "Cannot compare i32 [2] with f32 [2]": () => ops.equalCount(labels(2), t(2)),
  },
  each(
    ["add", "sub", "mul", "div", "pow", "maximum", "minimum", "greater", "equal"] as const,
    (name) => [
      `Cannot ${name} [2, 3] and [4] ... lengths 3 and 4`,
      () => ops[name](t(2, 3), t(4)),
    ],
  ),
  each(["exp", "relu", "leakyRelu", "square", "neg"] as const, (name) => [
    `Cannot take ${name}(): x is i32 [3], and it must be f32; cast(x, "f32") converts it`,
    () => ops[name](labels(3)),
  ]),
  each(
    ["max", "min", "softmax", "logSoftmax", "logSumExp", "norm", "layerNorm"] as const,
    (name) => [
      `Cannot take ${name}(): x is i32 [3], and it must be f32`,
      () => ops[name](labels(3)),
    ],
  ),
  each(["max", "min"] as const, (name) => [
    `Cannot take the ${name} of [2, 0] over axes [1]: there is no element to take`,
    () => ops[name](t(2, 0), { axes: 1 }),
  ]),
  each(["min", "max"] as const, (bound) => [
    `${bound} must be a number ... not "0"`,
    () => ops.clamp(t(3), { [bound]: "0" }),
  ]),
  each([
    () => ops.leakyRelu(t(3), { slope: "a" as never }),
    () => ops.normalize(t(3), { eps: "1" as never }),
    () => ops.layerNorm(t(3), { eps: "1" as never }),
    () => ops.dropout(t(3), { p: "0.5" as never, seed: 1, draws: labels(1) }),
  ], (call) => ["and a number, not ", call]),
  each(["argmax", "argmin", "layerNorm"] as const, (name) => [
    `Cannot take ${name} of []: a scalar has no rows`,
    () => ops[name](t()),
  ]),
  each(
    [
      ["slice", () => ops.slice(t(3), [1], undefined as never), "end is undefined"],
      ["slice", () => ops.slice(t(3), 1 as never, [2]), "begin is 1"],
      ["reshape", () => ops.reshape(t(3), undefined as never), "the shape is undefined"],
      ["reshape", () => ops.reshape(t(3), 3 as never), "the shape is 3"],
      ["transpose", () => ops.transpose(t(3), 0 as never), "the order is 0"],
      ["split", () => ops.split(t(3), undefined as never)[0], "the list of sizes is undefined"],
      ["sum axes of", () => ops.sum(t(3), { axes: {} as never }), "what names them is [object"],
    ] as const,
    ([name, f, words]) => [`Cannot ${name} [3]: ${words} ... give a list of numbers`, f],
  ),
  each(["add", "mul", "maximum", "less", "notEqual"] as const, (name) => [
    `Cannot take ${name}(): a is i32 [3], and it must be f32; cast(a, "f32") converts it`,
    () => ops[name](labels(3), t(3)),
  ]),
  each(["add", "mul", "maximum", "less", "notEqual"] as const, (name) => [
    `Cannot take ${name}(): b is i32 [3], and it must be f32`,
    () => ops[name](2, labels(3)),
  ]),
);

testRefusals(
  RangeError,
  {
    "Cannot walk [2, 2, 2, 2, 2, 2, 2, 2, 2] ... more than 8 axes": () =>
      ops.mul(t(2, 1, 2, 1, 2, 1, 2, 1, 2), t(1, 2, 1, 2, 1, 2, 1, 2, 1)),
    "Cannot take the one-hot rows: the label of row 1 is 3, and there are 3 classes, 0 to 2": () =>
      ops.oneHot(integers([0, 3]), 3),
    "Cannot normalize along axis 5 of [3]: axes go from -1 to 0": () =>
      ops.normalize(t(3), { axis: 5 }),
    "Cannot normalize [3] with eps 0: it must be positive": () => ops.normalize(t(3), { eps: 0 }),
    "with eps -1: it must be 0 or more": () => ops.layerNorm(t(2, 3), { eps: -1 }),
    "Cannot stack along axis 2 of [2, 1]": () => ops.stack([t(2), t(2)], 2),
    "Cannot drop elements with seed 0.5": () =>
      ops.dropout(t(3), { p: 0.5, seed: 0.5, draws: labels(1) }),
    "Cannot sum axis 2 of [2, 3]: axes go from -2 to 1": () => ops.sum(t(2, 3), { axes: 2 }),
    "Cannot sum axis 0.5 of [2, 3]": () => ops.sum(t(2, 3), { axes: 0.5 }),
    "Cannot take the mean over axes [1, -1] of [2, 3]: an axis is named twice": () =>
      ops.mean(t(2, 3), { axes: [1, -1] }),
    "Cannot transpose [2, 3] by [1]: every axis must be named once": () =>
      ops.transpose(t(2, 3), [1]),
    "Cannot transpose axes [0, 0] of [2, 3]: an axis is named twice": () =>
      ops.transpose(t(2, 3), [0, 0]),
    "Cannot transpose axis 2 of [2, 3]": () => ops.transpose(t(2, 3), [0, 2]),
    "Cannot concat along axis 2 of [2, 3]": () => ops.concat([t(2, 3)], 2),
  },
  each([{ min: 2, max: 1 }, { min: NaN }, { max: NaN }] as const, (bounds) => [
    "Cannot clamp [3] to  ... min must be a number up to max",
    () => ops.clamp(t(3), bounds),
  ]),
  each([0, 1.5, -1], (classes) => [
    `Cannot make one-hot rows of [3] with ${classes} classes: it must be a whole number from 1`,
    () => ops.oneHot(labels(3), classes),
  ]),
  each(["softmax", "logSoftmax", "logSumExp"] as const, (name) => [
    `Cannot take ${name} along axis 2 of [2, 3]`,
    () => ops[name](t(2, 3), { axis: 2 }),
  ]),
  each([1e39, NaN, Infinity] as const, (slope) => [
    `Cannot take leakyRelu() with slope ${slope}: it must be finite`,
    () => ops.leakyRelu(t(3), { slope }),
  ]),
  each([{ min: 1e39 }, { max: -1e39, min: -1e40 }] as const, (bounds) => [
    "Cannot clamp [3] to  ... float32 holds numbers up to 3.4e38",
    () => ops.clamp(t(3), bounds),
  ]),
  each([1e-50, 1e-39, 1e39, NaN] as const, (eps) => [
    `Cannot normalize [3] with eps ${eps}: it must be positive`,
    () => ops.normalize(t(3), { eps }),
  ]),
  each(
    [[{ eps: -1 }, "eps -1: it must be 0 or more"], [{ eps: 1e39 }, "eps 1e+39: it must be 0"], [
      { momentum: NaN },
      "momentum NaN: it must be from 0 to 1",
    ]] as const,
    ([settings, words]) => [`Cannot normalize [2, 3] with ${words}`, () => {
      const state = { weight: t(3), bias: t(3), runningMean: t(3), runningVar: t(3) };
      return ops.batchNorm(t(2, 3), state, { training: true, ...settings });
    }],
  ),
  each(["max", "min", "norm"] as const, (name) => [
    `Cannot take the ${name} over axis 5 of [2, 3]: axes go from -2 to 1`,
    () => ops[name](t(2, 3), { axes: 5 }),
  ]),
  each(["softmax", "logSoftmax", "logSumExp"] as const, (name) => [
    `Cannot take ${name} along axis -1 of []: a scalar has no axes`,
    () => ops[name](t()),
  ]),
  each([1e9, 2 ** 40, 2.5, -1], (parts) => [
    `Cannot split axis 0 of [5] into ${parts} parts: `,
    () => ops.split(t(5), parts)[0],
  ]),
  each(
    [[2, "2 parts"], [[1, 3], "[1, 3]"], [[0, 5], "[0, 5]"], [0, "0 parts"]] as const,
    ([sizes, words]) => [
      `Cannot split axis 0 of [5] into ${words}: they must be whole numbers from 1 that sum to 5`,
      () => ops.split(t(5), sizes)[0],
    ],
  ),
  each([-0.1, 1, NaN], (p) => [
    `Cannot drop elements with probability ${p}: it is from 0 to below 1`,
    () => ops.dropout(t(3), { p, seed: 1, draws: labels(1) }),
  ]),
  each([0, 1.5, -1, NaN], (stride) => [
    `Cannot convolve [1, 9, 9, 3] with [3, 3, 3, 5] ... stride ${stride}`,
    () => ops.conv2d(t(1, 9, 9, 3), t(3, 3, 3, 5), undefined, { stride }),
  ]),
  each([-1, 0.5], (padding) => [
    `Cannot convolve [1, 9, 9, 3] with [3, 3, 3, 5] ... padding ${padding}`,
    () => ops.conv2d(t(1, 9, 9, 3), t(3, 3, 3, 5), undefined, { padding }),
  ]),
  each(
    [{ kernel: 0 }, { kernel: 1.5 }, { kernel: 2, stride: 0 }, { kernel: 2, padding: 2 }, {
      kernel: 2,
      padding: -1,
    }],
    (
      options,
    ) => [
      "Cannot pool [1, 8, 8, 1] by windows of ... padding less than the kernel",
      () => ops.maxPool2d(t(1, 8, 8, 1), options),
    ],
  ),
  each(
    [[[0, 0], [2, 4]], [[0, 2], [2, 2]], [[-3, 0], [2, 3]], [[0, 0.5], [2, 3]]] as const,
    ([begin, end]) => [
      `Cannot slice [2, 3] from [${begin.join(", ")}] to [${
        end.join(", ")
      }] ... the part must not be empty`,
      () => ops.slice(t(2, 3), begin, end),
    ],
  ),
);
