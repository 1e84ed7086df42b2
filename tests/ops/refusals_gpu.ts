/** Shapes and settings that ops refuse. */
import * as ops from "../../src/ops/mod.ts";
import { integers } from "../on_gpu.ts";
import { type Refusal, testRefusals } from "../refusal.ts";

const t = (...shape: number[]) => ops.ones(shape);
const labels = (count: number) => integers(Array(count).fill(0));
const state = (channels: number, other: number) => ({
  weight: t(channels),
  bias: t(channels),
  runningMean: t(other),
  runningVar: t(other),
});

const refusals: Refusal[] = [
  ...(["add", "sub", "mul", "div", "pow", "maximum", "minimum", "greater", "equal"] as const).map((
    name,
  ): Refusal => [
    `${name}() of shapes that do not broadcast`,
    () => ops[name](t(2, 3), t(4)),
    TypeError,
    `Cannot ${name} [2, 3] and [4]`,
    "lengths 3 and 4",
  ]),
  ...(["add", "mul", "maximum", "less", "notEqual"] as const).flatMap((name): Refusal[] => [
    [
      `${name}() of whole numbers on the left`,
      () => ops[name](labels(3), t(3)),
      TypeError,
      `Cannot take ${name}(): a is i32 [3], and it must be f32; cast(a, "f32") converts it`,
    ],
    [
      `${name}() of whole numbers on the right`,
      () => ops[name](2, labels(3)),
      TypeError,
      `Cannot take ${name}(): b is i32 [3], and it must be f32`,
    ],
  ]),
  ...(["exp", "relu", "leakyRelu", "square", "neg"] as const).map((name): Refusal => [
    `${name}() of whole numbers`,
    () => ops[name](labels(3)),
    TypeError,
    `Cannot take ${name}(): x is i32 [3], and it must be f32; cast(x, "f32") converts it`,
  ]),
  ...([{ min: 2, max: 1 }, { min: NaN }, { max: NaN }] as const).map((bounds): Refusal => [
    `clamp() to ${JSON.stringify(bounds)}`,
    () => ops.clamp(t(3), bounds),
    RangeError,
    "Cannot clamp [3] to ",
    "min must be a number up to max",
  ]),
  [
    "mul() with more than 8 axes of their own strides",
    () => ops.mul(t(2, 1, 2, 1, 2, 1, 2, 1, 2), t(1, 2, 1, 2, 1, 2, 1, 2, 1)),
    RangeError,
    "Cannot walk [2, 2, 2, 2, 2, 2, 2, 2, 2]",
    "more than 8 axes",
  ],
  [
    "matmul() of inner dimensions that differ",
    () => ops.matmul(t(128, 64), t(32, 10)),
    TypeError,
    "Cannot multiply [128, 64] by [32, 10]: inner dimensions are 64 and 32",
  ],
  [
    "matmul() of transposed inner dimensions that differ",
    () => ops.matmul(t(5, 3), t(7, 3), { transposeA: true, transposeB: true }),
    TypeError,
    "Cannot multiply [5, 3]ᵀ by [7, 3]ᵀ: inner dimensions are 5 and 3",
  ],
  [
    "matmul() of a vector",
    () => ops.matmul(t(3), t(3, 2)),
    TypeError,
    "Cannot multiply [3] by [3, 2]: matmul takes matrices, [..., rows, columns]; reshape() a vector",
  ],
  [
    "matmul() of batches whose inner dimensions differ",
    () => ops.matmul(t(2, 3, 5), t(2, 4, 3)),
    TypeError,
    "Cannot multiply [2, 3, 5] by [2, 4, 3]: inner dimensions are 5 and 4",
  ],
  [
    "matmul() of batches that do not broadcast",
    () => ops.matmul(t(2, 3, 5), t(3, 5, 3)),
    TypeError,
    "Cannot multiply matrices along the batch axes [2] and [3]",
  ],
  [
    "where() by whole numbers",
    () => ops.where(labels(3), t(3), t(3)),
    TypeError,
    "Cannot take where(): condition is i32 [3], and it must be f32",
  ],
  [
    "where() of two types",
    () => ops.where(t(3), labels(3), t(3)),
    TypeError,
    "Cannot take where() of i32 and f32",
  ],
  [
    "where() of shapes that do not broadcast",
    () => ops.where(t(3), t(3), t(4)),
    TypeError,
    "Cannot choose between [3] and [4]",
  ],
  [
    "oneHot() of numbers that are not whole",
    () => ops.oneHot(t(3), 10),
    TypeError,
    "Cannot take oneHot(): labels is f32 [3], and it must be i32",
  ],
  ...[0, 1.5, -1].map((classes): Refusal => [
    `oneHot() with ${classes} classes`,
    () => ops.oneHot(labels(3), classes),
    RangeError,
    `Cannot make one-hot rows of [3] with ${classes} classes: it must be a whole number from 1`,
  ]),
  [
    "oneHot() of a label that is no class",
    () => ops.oneHot(integers([0, 3]), 3),
    RangeError,
    "Cannot take the one-hot rows: the label of row 1 is 3, and there are 3 classes, 0 to 2",
  ],
  ...(["max", "min", "softmax", "logSoftmax", "logSumExp", "norm", "layerNorm"] as const).map((
    name,
  ): Refusal => [
    `${name}() of whole numbers`,
    () => ops[name](labels(3)),
    TypeError,
    `Cannot take ${name}(): x is i32 [3], and it must be f32`,
  ]),
  ...(["max", "min"] as const).map((name): Refusal => [
    `${name}() over an empty axis`,
    () => ops[name](t(2, 0), { axes: 1 }),
    TypeError,
    `Cannot take the ${name} of [2, 0] over axes [1]: there is no element to take`,
  ]),
  ...(["softmax", "logSoftmax", "logSumExp"] as const).map((name): Refusal => [
    `${name}() along an axis that is not there`,
    () => ops[name](t(2, 3), { axis: 2 }),
    RangeError,
    `Cannot take ${name} along axis 2 of [2, 3]`,
  ]),
  [
    "normalize() with eps 0",
    () => ops.normalize(t(3), { eps: 0 }),
    RangeError,
    "Cannot normalize [3] with eps 0: it must be positive",
  ],
  ...([1e39, NaN, Infinity] as const).map((slope): Refusal => [
    `leakyRelu() with slope ${slope}`,
    () => ops.leakyRelu(t(3), { slope }),
    RangeError,
    `Cannot take leakyRelu() with slope ${slope}: it must be finite`,
  ]),
  ...([{ min: 1e39 }, { max: -1e39, min: -1e40 }] as const).map((bounds): Refusal => [
    `clamp() to ${JSON.stringify(bounds)}, which float32 does not hold,`,
    () => ops.clamp(t(3), bounds),
    RangeError,
    "Cannot clamp [3] to ",
    "float32 holds numbers up to 3.4e38",
  ]),
  ...([1e-50, 1e-39, 1e39, NaN] as const).map((eps): Refusal => [
    `normalize() with eps ${eps}`,
    () => ops.normalize(t(3), { eps }),
    RangeError,
    `Cannot normalize [3] with eps ${eps}: it must be positive`,
  ]),
  ...(["min", "max"] as const).map((bound): Refusal => [
    `clamp() with a ${bound} that is text`,
    () => ops.clamp(t(3), { [bound]: "0" }),
    TypeError,
    `${bound} must be a number`,
    `not "0"`,
  ]),
  ...([
    ["leakyRelu", () => ops.leakyRelu(t(3), { slope: "a" as never })],
    ["normalize", () => ops.normalize(t(3), { eps: "1" as never })],
    ["layerNorm", () => ops.layerNorm(t(3), { eps: "1" as never })],
    ["dropout", () => ops.dropout(t(3), { p: "0.5" as never, seed: 1, draws: labels(1) })],
  ] as const).map(([name, f]): Refusal => [
    `${name}() with a setting that is text`,
    f,
    TypeError,
    "and a number, not ",
  ]),
  ...([[{ eps: -1 }, "eps -1: it must be 0 or more"], [{ eps: 1e39 }, "eps 1e+39: it must be 0"], [
    { momentum: NaN },
    "momentum NaN: it must be from 0 to 1",
  ]] as const).map(([settings, words]): Refusal => [
    `batchNorm() with ${words}`,
    () => {
      const state = { weight: t(3), bias: t(3), runningMean: t(3), runningVar: t(3) };
      return ops.batchNorm(t(2, 3), state, { training: true, ...settings });
    },
    RangeError,
    `Cannot normalize [2, 3] with ${words}`,
  ]),
  ...(["max", "min", "norm"] as const).map((name): Refusal => [
    `${name}() over an axis that is not there`,
    () => ops[name](t(2, 3), { axes: 5 }),
    RangeError,
    `Cannot take the ${name} over axis 5 of [2, 3]: axes go from -2 to 1`,
  ]),
  ...(["softmax", "logSoftmax", "logSumExp"] as const).map((name): Refusal => [
    `${name}() of a scalar`,
    () => ops[name](t()),
    RangeError,
    `Cannot take ${name} along axis -1 of []: a scalar has no axes`,
  ]),
  ...(["argmax", "argmin", "layerNorm"] as const).map((name): Refusal => [
    `${name}() of a scalar`,
    () => ops[name](t()),
    TypeError,
    `Cannot take ${name} of []: a scalar has no rows`,
  ]),
  ...[1e9, 2 ** 40, 2.5, -1].map((parts): Refusal => [
    `split() into ${parts} parts`,
    () => ops.split(t(5), parts)[0],
    RangeError,
    `Cannot split axis 0 of [5] into ${parts} parts: `,
  ]),
  ...([
    ["slice", () => ops.slice(t(3), [1], undefined as never), "end is undefined"],
    ["slice", () => ops.slice(t(3), 1 as never, [2]), "begin is 1"],
    ["reshape", () => ops.reshape(t(3), undefined as never), "the shape is undefined"],
    ["reshape", () => ops.reshape(t(3), 3 as never), "the shape is 3"],
    ["transpose", () => ops.transpose(t(3), 0 as never), "the order is 0"],
    ["split", () => ops.split(t(3), undefined as never)[0], "the list of sizes is undefined"],
    ["sum axes of", () => ops.sum(t(3), { axes: {} as never }), "what names them is [object"],
  ] as const).map(([name, f, words]): Refusal => [
    `${name} [3] where ${words}`,
    f,
    TypeError,
    `Cannot ${name} [3]: ${words}`,
    "give a list of numbers",
  ]),
  [
    "dropout() without options",
    () => ops.dropout(t(3), undefined as never),
    TypeError,
    "Cannot take dropout(): draws is undefined, and it must be a tensor",
  ],
  [
    "clamp() to null",
    () => ops.clamp(t(3), { min: null as never }),
    TypeError,
    "min must be a number",
  ],
  [
    "batchNorm() without a state",
    () => ops.batchNorm(t(2, 3), undefined as never, undefined as never),
    TypeError,
    "Cannot take batchNorm(): weight is undefined, and it must be a tensor",
  ],
  [
    "layerNorm() of empty rows",
    () => ops.layerNorm(t(2, 0)),
    TypeError,
    "Cannot take layerNorm of [2, 0]: its rows are empty",
  ],
  [
    "layerNorm() with a weight of another length",
    () => ops.layerNorm(t(2, 3), { weight: t(2) }),
    TypeError,
    "Cannot take layerNorm of [2, 3]: weight is [2]; it must be [3]",
  ],
  [
    "layerNorm() with a negative eps",
    () => ops.layerNorm(t(2, 3), { eps: -1 }),
    RangeError,
    "with eps -1: it must be 0 or more",
  ],
  ["stack() of nothing", () => ops.stack([]), TypeError, "Cannot stack no tensors"],
  [
    "stack() of shapes that differ",
    () => ops.stack([t(2), t(3)]),
    TypeError,
    "Cannot stack [2] and [3]: all shapes must be equal",
  ],
  [
    "stack() along an axis that is not there",
    () => ops.stack([t(2), t(2)], 2),
    RangeError,
    "Cannot stack along axis 2 of [2, 1]",
  ],
  ...([[2, "2 parts"], [[1, 3], "[1, 3]"], [[0, 5], "[0, 5]"], [0, "0 parts"]] as const).map((
    [sizes, words],
  ): Refusal => [
    `split() into ${words}`,
    () => ops.split(t(5), sizes)[0],
    RangeError,
    `Cannot split axis 0 of [5] into ${words}: they must be whole numbers from 1 that sum to 5`,
  ]),
  ...[-0.1, 1, NaN].map((p): Refusal => [
    `dropout() with probability ${p}`,
    () => ops.dropout(t(3), { p, seed: 1, draws: labels(1) }),
    RangeError,
    `Cannot drop elements with probability ${p}: it is from 0 to below 1`,
  ]),
  [
    "dropout() with a seed that is not whole",
    () => ops.dropout(t(3), { p: 0.5, seed: 0.5, draws: labels(1) }),
    RangeError,
    "Cannot drop elements with seed 0.5",
  ],
  [
    "dropout() with more than one count",
    () => ops.dropout(t(3), { p: 0.5, seed: 1, draws: labels(2) }),
    TypeError,
    "Cannot take dropout() with draws [2]: they are [1]",
  ],
  [
    "linear() with inputs of another length",
    () => ops.linear(t(2, 3), t(5, 7)),
    TypeError,
    "Cannot multiply [2, 3] by [5, 7]",
  ],
  [
    "linear() with a bias of another length",
    () => ops.linear(t(2, 3), t(3, 7), t(5)),
    TypeError,
    "Cannot add a bias to [2, 7]: the bias is [5]; it must be [7]",
  ],
  [
    "conv2d() of anything but images",
    () => ops.conv2d(t(9, 9, 3), t(3, 3, 3, 4)),
    TypeError,
    "Cannot convolve [9, 9, 3] with [3, 3, 3, 4]",
    "images are [batch, height, width, channels]",
  ],
  [
    "conv2d() by anything but kernels",
    () => ops.conv2d(t(1, 9, 9, 3), t(3, 3)),
    TypeError,
    "Cannot convolve [1, 9, 9, 3] with [3, 3]",
    "kernels [height, width, in, out]",
  ],
  [
    "conv2d() of other channels",
    () => ops.conv2d(t(1, 9, 9, 3), t(3, 3, 4, 5)),
    TypeError,
    "Cannot convolve [1, 9, 9, 3] with [3, 3, 4, 5]",
    "the images have 3 channels, the kernels take 4",
  ],
  [
    "conv2d() with a bias of another length",
    () => ops.conv2d(t(1, 9, 9, 3), t(3, 3, 3, 5), t(4)),
    TypeError,
    "Cannot convolve [1, 9, 9, 3] with [3, 3, 3, 5]: the bias is [4]; it must be [5]",
  ],
  [
    "conv2d() by a kernel larger than the padded image",
    () => ops.conv2d(t(1, 2, 9, 3), t(5, 5, 3, 5), undefined, { padding: 1 }),
    TypeError,
    "Cannot convolve [1, 2, 9, 3] with [5, 5, 3, 5]: with padding 1 the kernel is larger",
  ],
  ...[0, 1.5, -1, NaN].map((stride): Refusal => [
    `conv2d() with stride ${stride}`,
    () => ops.conv2d(t(1, 9, 9, 3), t(3, 3, 3, 5), undefined, { stride }),
    RangeError,
    "Cannot convolve [1, 9, 9, 3] with [3, 3, 3, 5]",
    `stride ${stride}`,
  ]),
  ...[-1, 0.5].map((padding): Refusal => [
    `conv2d() with padding ${padding}`,
    () => ops.conv2d(t(1, 9, 9, 3), t(3, 3, 3, 5), undefined, { padding }),
    RangeError,
    "Cannot convolve [1, 9, 9, 3] with [3, 3, 3, 5]",
    `padding ${padding}`,
  ]),
  [
    "batchNorm() with a weight of another length",
    () => ops.batchNorm(t(2, 3), state(4, 3), { training: true }),
    TypeError,
    "Cannot normalize [2, 3]: weight is [4]; it must be [3]",
  ],
  [
    "batchNorm() with running statistics of another length",
    () => ops.batchNorm(t(2, 3), state(3, 5), { training: false }),
    TypeError,
    "Cannot normalize [2, 3]: runningMean is [5]; it must be [3]",
  ],
  [
    "batchNorm() with one tensor as both running statistics",
    () => {
      const given = state(3, 3);
      ops.batchNorm(t(2, 3), { ...given, runningVar: given.runningMean }, { training: true });
    },
    TypeError,
    "Cannot normalize [2, 3]: runningVar shares its memory with a running statistic",
  ],
  [
    "batchNorm() with a running statistic as its scale",
    () => {
      const given = state(3, 3);
      ops.batchNorm(t(2, 3), { ...given, weight: given.runningVar }, { training: true });
    },
    TypeError,
    "Cannot normalize [2, 3]: weight shares its memory with a running statistic",
  ],
  [
    "maxPool2d() of anything but images",
    () => ops.maxPool2d(t(8, 8)),
    TypeError,
    "Cannot pool [8, 8] by windows of 2",
    "images are [batch, height, width, channels]",
  ],
  [
    "maxPool2d() with a window larger than the image",
    () => ops.maxPool2d(t(1, 2, 8, 1), { kernel: 3 }),
    TypeError,
    "Cannot pool [1, 2, 8, 1] by windows of 3: the window is larger than the image",
  ],
  ...[{ kernel: 0 }, { kernel: 1.5 }, { kernel: 2, stride: 0 }, { kernel: 2, padding: 2 }, {
    kernel: 2,
    padding: -1,
  }].map((options): Refusal => [
    `maxPool2d() with ${JSON.stringify(options)}`,
    () => ops.maxPool2d(t(1, 8, 8, 1), options),
    RangeError,
    "Cannot pool [1, 8, 8, 1] by windows of",
    "padding less than the kernel",
  ]),
  [
    "globalAvgPool2d() of anything but images",
    () => ops.globalAvgPool2d(t(2, 3)),
    TypeError,
    "Cannot average [2, 3] over its image",
  ],
  [
    "prelu() with slopes of another length",
    () => ops.prelu(t(2, 3), t(2)),
    TypeError,
    "Cannot apply PReLU to [2, 3]: the slope is [2]; it must be [1] or [3]",
  ],
  [
    "sum() over an axis that is not there",
    () => ops.sum(t(2, 3), { axes: 2 }),
    RangeError,
    "Cannot sum axis 2 of [2, 3]: axes go from -2 to 1",
  ],
  [
    "sum() over half an axis",
    () => ops.sum(t(2, 3), { axes: 0.5 }),
    RangeError,
    "Cannot sum axis 0.5 of [2, 3]",
  ],
  [
    "mean() over an axis named twice",
    () => ops.mean(t(2, 3), { axes: [1, -1] }),
    RangeError,
    "Cannot take the mean over axes [1, -1] of [2, 3]: an axis is named twice",
  ],
  [
    "reshape() to another size",
    () => ops.reshape(t(2, 3), [4, 2]),
    TypeError,
    "Cannot reshape [2, 3] to [4, 2]: the sizes must be equal, 6",
  ],
  [
    "reshape() with two free axes",
    () => ops.reshape(t(2, 3), [-1, -1]),
    TypeError,
    "Cannot reshape [2, 3] to [-1, -1]",
    "at most one axis -1",
  ],
  [
    "reshape() where nothing whole is left",
    () => ops.reshape(t(2, 3), [-1, 4]),
    TypeError,
    "Cannot reshape [2, 3] to [-1, 4]",
  ],
  [
    "transpose() that leaves an axis out",
    () => ops.transpose(t(2, 3), [1]),
    RangeError,
    "Cannot transpose [2, 3] by [1]: every axis must be named once",
  ],
  [
    "transpose() that names an axis twice",
    () => ops.transpose(t(2, 3), [0, 0]),
    RangeError,
    "Cannot transpose axes [0, 0] of [2, 3]: an axis is named twice",
  ],
  [
    "transpose() by an axis that is not there",
    () => ops.transpose(t(2, 3), [0, 2]),
    RangeError,
    "Cannot transpose axis 2 of [2, 3]",
  ],
  ...([[[0, 0], [2, 4]], [[0, 2], [2, 2]], [[-3, 0], [2, 3]], [[0, 0.5], [2, 3]]] as const).map((
    [begin, end],
  ): Refusal => [
    `slice() from [${begin}] to [${end}]`,
    () => ops.slice(t(2, 3), begin, end),
    RangeError,
    `Cannot slice [2, 3] from [${begin.join(", ")}] to [${end.join(", ")}]`,
    "the part must not be empty",
  ]),
  ["concat() of nothing", () => ops.concat([]), TypeError, "Cannot concat no tensors"],
  [
    "concat() of shapes that differ elsewhere",
    () => ops.concat([t(2, 3), t(2, 5)], 0),
    TypeError,
    "Cannot concat [2, 3], [2, 5] along axis 0: all other axes must be equal",
  ],
  [
    "concat() of ranks that differ",
    () => ops.concat([t(2, 3), t(2)], 0),
    TypeError,
    "Cannot concat [2, 3], [2] along axis 0",
  ],
  [
    "concat() along an axis that is not there",
    () => ops.concat([t(2, 3)], 2),
    RangeError,
    "Cannot concat along axis 2 of [2, 3]",
  ],
  [
    "gather() by numbers that are not whole",
    () => ops.gather(t(5, 3), t(2)),
    TypeError,
    "Cannot gather rows of [5, 3] by f32 [2]: the numbers must be i32 [count]",
  ],
  [
    "gather() by a matrix",
    () => ops.gather(t(5, 3), labels(4).alias([2, 2])),
    TypeError,
    "Cannot gather rows of [5, 3] by i32 [2, 2]",
  ],
  [
    "gather() from a scalar",
    () => ops.gather(t(), labels(2)),
    TypeError,
    "Cannot gather rows of [] by i32 [2]",
  ],
  [
    "squaredDistances() of rows that differ in length",
    () => ops.squaredDistances(t(2, 3), t(5, 4)),
    TypeError,
    "Cannot take distances between the rows of [2, 3] and [5, 4]",
  ],
  [
    "squaredDistances() of anything but matrices",
    () => ops.squaredDistances(t(3), t(5, 3)),
    TypeError,
    "Cannot take distances between the rows of [3] and [5, 3]",
  ],
  [
    "argmax() of empty rows",
    () => ops.argmax(t(2, 0)),
    TypeError,
    "Cannot take argmax of [2, 0]: its rows are empty",
  ],
  [
    "argmin() of a scalar",
    () => ops.argmin(t()),
    TypeError,
    "Cannot take argmin of []",
  ],
  [
    "equalCount() of shapes that differ",
    () => ops.equalCount(labels(2), labels(3)),
    TypeError,
    "Cannot compare i32 [2] with i32 [3]",
  ],
  [
    "equalCount() of numbers that are not whole",
    () => ops.equalCount(labels(2), t(2)),
    TypeError,
    "Cannot compare i32 [2] with f32 [2]",
  ],
];

testRefusals(refusals);
