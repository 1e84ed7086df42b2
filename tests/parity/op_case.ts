/** One op of a file, computed here and compared. */
import {
  backward,
  batchNorm,
  centerLoss,
  centerRepulsion,
  conv2d,
  globalAvgPool2d,
  greater,
  interClassSeparation,
  leakyRelu,
  linear,
  matmul,
  maxPool2d,
  mul,
  oneHot,
  ones,
  ops,
  prelu,
  relu,
  scope,
  softmaxCrossEntropy,
  standaloneLoss,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
  zeros,
} from "../../mod.ts";
import { BARS, type Comparison, computed, relativeError, type Result } from "./compare.ts";
import type { OpCase, StoredTensor } from "./format.ts";
import { scheduleComparisons, sgdComparisons } from "./optim_case.ts";

type Inputs = Record<string, Tensor>;

const channelsLast = (x: Tensor) => transpose(x, [0, 2, 3, 1]);
const channelsFirst = (x: Tensor) => transpose(x, [0, 3, 1, 2]);

/** Puts a stored tensor on the GPU as it is. */
export function upload({ shape, dtype, data }: StoredTensor, requiresGrad = false): Tensor {
  return tensor(data, { shape, dtype, requiresGrad: requiresGrad && dtype === "f32" });
}

/** Functions of one tensor without a setting. */
const UNARY = [
  "abs",
  "acos",
  "cos",
  "exp",
  "log",
  "sigmoid",
  "sin",
  "sqrt",
  "square",
  "tanh",
] as const;

/** The ops of the format. Layouts are changed by ops with gradients, so gradients come out in the file's layout too. */
const OPS: Record<string, (inputs: Inputs, attrs: OpCase["attrs"], extra: Inputs) => Tensor> = {
  matmul: ({ a, b }) => matmul(a, b),
  linear: ({ x, weight, bias }) => linear(x, transpose(weight), bias),
  conv2d: ({ x, weight, bias }, { stride, padding }) =>
    channelsFirst(
      conv2d(channelsLast(x), transpose(weight, [2, 3, 1, 0]), bias, { stride, padding }),
    ),
  "batchNorm2d.train": ({ x, weight, bias }, { eps, momentum }, { runningMean, runningVar }) =>
    channelsFirst(
      batchNorm(channelsLast(x), { weight, bias, runningMean, runningVar }, {
        training: true,
        eps,
        momentum,
      }),
    ),
  "batchNorm2d.eval": ({ x, weight, bias }, { eps }, { runningMean, runningVar }) =>
    channelsFirst(
      batchNorm(channelsLast(x), { weight, bias, runningMean, runningVar }, {
        training: false,
        eps,
      }),
    ),
  relu: ({ x }) => relu(x),
  leakyRelu: ({ x }, { slope }) => leakyRelu(x, { slope }),
  prelu: ({ x, weight }) =>
    x.shape.length === 4 ? channelsFirst(prelu(channelsLast(x), weight)) : prelu(x, weight),
  maxPool2d: ({ x }, { kernel, stride, padding }) =>
    channelsFirst(maxPool2d(channelsLast(x), { kernel, stride, padding })),
  globalAvgPool2d: ({ x }) => globalAvgPool2d(channelsLast(x)),
  softmaxCrossEntropy: ({ logits, labels }) => softmaxCrossEntropy(logits, labels),
  centerLoss: ({ features, centers, labels }, { rule }) =>
    centerLoss(features, centers, labels, { rule }),
  "standalone.inter": ({ features, labels }) => interClassSeparation(features, labels),
  standalone: ({ features, centers, labels }, { weightIntra, weightInter }) =>
    standaloneLoss(features, centers, labels, { weightIntra, weightInter }),
  centerRepulsion: ({ features, centers, labels }, { alpha, weightIntra, weightInter }) =>
    centerRepulsion(features, centers, labels, { alpha, weightIntra, weightInter }),
  ...Object.fromEntries(UNARY.map((name) => [name, ({ x }: Inputs) => ops[name](x)])),
  clamp: ({ x }, { min, max }) => ops.clamp(x, { min, max }),
  minimum: ({ a, b }) => ops.minimum(a, b),
  pow: ({ a, b }) => ops.pow(a, b),
  greater: ({ a, b }) => greater(a, b),
  where: ({ condition, a, b }) => ops.where(condition, a, b),
  oneHot: ({ labels }, { classes }) => oneHot(labels, classes),
  softmax: ({ x }, { axis }) => ops.softmax(x, { axis }),
  logSoftmax: ({ x }, { axis }) => ops.logSoftmax(x, { axis }),
  logSumExp: ({ x }, { axis }) => ops.logSumExp(x, { axis }),
  max: ({ x }, { axes }) => ops.max(x, { axes }),
  min: ({ x }, { axes }) => ops.min(x, { axes }),
  norm: ({ x }, { axes }) => ops.norm(x, { axes }),
  normalize: ({ x }, { axis }) => ops.normalize(x, { axis }),
  layerNorm: ({ x, weight, bias }, { eps }) => ops.layerNorm(x, { weight, bias, eps }),
  stack: ({ a, b, c }, { axis }) => ops.stack([a, b, c], axis),
  split: ({ x }, { sizes, axis, piece }) => ops.split(x, sizes, axis)[piece],
};

/** Compares one case. */
export async function compareOp(c: OpCase): Promise<Result> {
  return await computed(`${c.op} ${describe(c)}`, () => comparisonsOf(c));
}

async function comparisonsOf(c: OpCase): Promise<Comparison[]> {
  if (c.op === "sgd") return await sgdComparisons(c);
  if (c.op === "reduceLROnPlateau" || c.op === "stepLR") return scheduleComparisons(c);
  const op = Object.hasOwn(OPS, c.op) ? OPS[c.op] : undefined;
  if (!op) throw new TypeError("parity knows no such op");
  using _ = scope();
  const inputs = Object.fromEntries(
    Object.entries(c.inputs).map(([key, stored]) => [key, upload(stored, true)]),
  );
  const extra = runningStatistics(c);
  const output = op(inputs, c.attrs, extra);
  const comparisons: Comparison[] = [
    { what: "output", error: relativeError(await output.read(), c.output.data), bar: BARS.output },
  ];
  if (c.op === "batchNorm2d.train") {
    for (const key of ["runningMean", "runningVar"]) {
      const error = relativeError(await extra[key].read(), c[key].data);
      comparisons.push({ what: key, error, bar: BARS.output });
    }
  }
  if (output.requiresGrad) backward(sum(mul(output, upload(c.cotangent))));
  for (const [key, stored] of Object.entries(c.grads)) {
    const grad = inputs[key]?.grad;
    const error = grad ? relativeError(await grad.read(), stored.data) : NaN;
    comparisons.push({ what: `d${key}`, error, bar: BARS.gradient });
  }
  if (c.centersAfterStep) {
    const { alpha, centers } = c.centersAfterStep;
    const moved = sub(inputs.centers, mul(inputs.centers.grad!, alpha));
    const error = relativeError(await moved.read(), centers.data);
    comparisons.push({ what: "centers after a step", error, bar: BARS.output });
  }
  return comparisons;
}

/** Running statistics before the call: in training 0 and 1, in evaluation those of the case. */
function runningStatistics(c: OpCase): Inputs {
  if (!c.op.startsWith("batchNorm2d")) return {};
  const training = c.op.endsWith("train");
  const channels = c.inputs.weight.shape;
  return {
    runningMean: training ? zeros(channels) : upload(c.runningMean),
    runningVar: training ? ones(channels) : upload(c.runningVar),
  };
}

function describe(c: OpCase): string {
  const shapes = Object.values(c.inputs ?? {}).map((t) => `[${t.shape}]`).join(" ");
  const attrs = Object.entries(c.attrs ?? {}).filter(([key]) =>
    !["note", "form", "scale"].includes(key)
  ).map(([key, value]) => `${key}=${value}`).join(" ");
  return [shapes, attrs].filter((s) => s).join(" ");
}
