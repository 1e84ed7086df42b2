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
  linear,
  maxPool2d,
  mul,
  oneHot,
  ones,
  ops,
  prelu,
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
import type { OpName } from "../../src/ops/mod.ts";
import { BARS, type Check, compared, type Comparison, computed, type Result } from "./compare.ts";
import type { OpCase, StoredTensor } from "./format.ts";
import { descentComparisons } from "./descent_case.ts";
import { LOSS_OPS } from "./loss_ops.ts";
import { optimizerComparisons, scheduleComparisons } from "./optim_case.ts";

type Inputs = Record<string, Tensor>;

const channelsLast = (x: Tensor) => transpose(x, [0, 2, 3, 1]);
const channelsFirst = (x: Tensor) => transpose(x, [0, 3, 1, 2]);

/** Puts a stored tensor on the GPU as it is. */
export function upload({ shape, dtype, data }: StoredTensor, requiresGrad = false): Tensor {
  return tensor(data, { shape, dtype, requiresGrad: requiresGrad && dtype === "f32" });
}

/** Functions of one tensor, whose attributes are our options. */
const UNARY = [
  ...["abs", "acos", "clamp", "cos", "exp", "leakyRelu", "log", "logSoftmax", "logSumExp", "max"],
  ...["min", "norm", "normalize", "relu", "sigmoid", "sin", "softmax", "sqrt", "square", "tanh"],
] as OpName[];

/** Functions of two tensors. */
const BINARY = ["matmul", "minimum", "pow"] as OpName[];

type Plain = (...inputs: unknown[]) => Tensor;

/** The ops of the format. Layouts are changed by ops with gradients, so gradients come out in the file's layout too. */
const OPS: Record<string, (inputs: Inputs, attrs: OpCase["attrs"], extra: Inputs) => Tensor> = {
  linear: ({ x, weight, bias }) => linear(x, transpose(weight), bias),
  conv2d: ({ x, weight, bias }, { stride, padding }) =>
    channelsFirst(
      conv2d(channelsLast(x), transpose(weight, [2, 3, 1, 0]), bias, { stride, padding }),
    ),
  "batchNorm2d.train": (inputs, { eps, momentum }, running) =>
    normalized({ ...inputs, ...running }, { training: true, eps, momentum }),
  "batchNorm2d.eval": (inputs, { eps }, running) =>
    normalized({ ...inputs, ...running }, { training: false, eps }),
  prelu: ({ x, weight }) =>
    x.shape.length === 4 && weight.shape.length === 1
      ? channelsFirst(prelu(channelsLast(x), weight))
      : prelu(x, weight),
  maxPool2d: ({ x }, { kernel, stride, padding }) =>
    channelsFirst(maxPool2d(channelsLast(x), { kernel, stride, padding })),
  globalAvgPool2d: ({ x }) => globalAvgPool2d(channelsLast(x)),
  softmaxCrossEntropy: ({ logits, labels }) => softmaxCrossEntropy(logits, labels),
  centerLoss: ({ features, centers, labels }, { rule }) =>
    centerLoss(features, centers, labels, { rule }),
  // Files of others write their formula where a form stands here.
  "standalone.inter": ({ features, labels }, { kind, margin }) =>
    interClassSeparation(features, labels, { form: kind, margin }),
  standalone: ({ features, centers, labels }, { weightIntra, weightInter }) =>
    standaloneLoss(features, centers, labels, { weightIntra, weightInter }),
  centerRepulsion: ({ features, centers, labels }, { alpha, weightIntra, weightInter }) =>
    centerRepulsion(features, centers, labels, { alpha, weightIntra, weightInter }),
  ...Object.fromEntries(
    UNARY.map((name) => [name, ({ x }: Inputs, attrs) => (ops[name] as Plain)(x, attrs)]),
  ),
  ...Object.fromEntries(
    BINARY.map((name) => [name, ({ a, b }: Inputs) => (ops[name] as Plain)(a, b)]),
  ),
  ...LOSS_OPS,
  greater: ({ a, b }) => greater(a, b),
  where: ({ condition, a, b }) => ops.where(condition, a, b),
  oneHot: ({ labels }, { classes }) => oneHot(labels, classes),
  layerNorm: ({ x, weight, bias }, { eps }) => ops.layerNorm(x, { weight, bias, eps }),
  stack: ({ a, b, c }, { axis }) => ops.stack([a, b, c], axis),
  split: ({ x }, { sizes, axis, piece }) => ops.split(x, sizes, axis)[piece],
};

function normalized(
  { x, weight, bias, runningMean, runningVar }: Inputs,
  options: { training: boolean; eps: number; momentum?: number },
): Tensor {
  const state = { weight, bias, runningMean, runningVar };
  return channelsFirst(batchNorm(channelsLast(x), state, options));
}

/** Compares one case. */
export async function compareOp(c: OpCase): Promise<Result> {
  return await computed(`${c.op} ${describe(c)}`, () => comparisonsOf(c));
}

async function comparisonsOf(c: OpCase): Promise<Comparison[]> {
  if (c.op === "descent") return await descentComparisons(c);
  if (c.op === "sgd" || c.op === "adam") return await optimizerComparisons(c);
  if (c.op === "reduceLROnPlateau" || c.op === "stepLR") return scheduleComparisons(c);
  const op = Object.hasOwn(OPS, c.op) ? OPS[c.op] : undefined;
  if (!op) throw new TypeError("parity knows no such op");
  using _ = scope();
  const inputs = Object.fromEntries(
    Object.entries(c.inputs).map(([key, stored]) => [key, upload(stored, true)]),
  );
  const extra = runningStatistics(c);
  const output = op(inputs, c.attrs, extra);
  const checks: Check[] = [], missing: Comparison[] = [];
  const check = (what: string, found: Tensor, wanted: StoredTensor, bar: number) =>
    checks.push({ what, found, wanted: wanted.data, bar });
  check("output", output, c.output, BARS.output);
  if (c.op === "batchNorm2d.train") {
    for (const key of ["runningMean", "runningVar"]) check(key, extra[key], c[key], BARS.output);
  }
  if (output.requiresGrad) backward(sum(mul(output, upload(c.cotangent))));
  for (const [key, stored] of Object.entries(c.grads)) {
    const grad = inputs[key]?.grad;
    if (grad) check(`d${key}`, grad, stored, BARS.gradient);
    else missing.push({ what: `d${key}`, error: NaN, bar: BARS.gradient });
  }
  if (c.centersAfterStep) {
    const { alpha, centers } = c.centersAfterStep;
    const moved = sub(inputs.centers, mul(inputs.centers.grad!, alpha));
    check("centers after a step", moved, centers, BARS.output);
  }
  return [...await compared(checks), ...missing];
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
  ).map(([key, value]) => `${key}=${(value as { kind?: string })?.kind ?? value}`).join(" ");
  return [shapes, attrs].filter((s) => s).join(" ");
}
