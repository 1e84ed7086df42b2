/** Batch normalization. */
import { onlyOptions } from "../base/choice.ts";
import inputGradSource from "../../kernels/batch_norm_input_grad.wgsl" with { type: "text" };
import mergeSource from "../../kernels/batch_norm_merge.wgsl" with { type: "text" };
import statsSource from "../../kernels/batch_norm_stats.wgsl" with { type: "text" };
import sumsSource from "../../kernels/batch_norm_sums.wgsl" with { type: "text" };
import source from "../../kernels/batch_norm.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { checkDType, checkLength } from "../tensor/operands.ts";
import { checkSetting } from "../tensor/setting.ts";
import { show, sizeOf } from "../tensor/shape.ts";
import { withGradient } from "../tensor/tape.ts";
import { overlap } from "../tensor/overlap.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";
import { elementOf, elementsAThread, launch, partsOf } from "./launch.ts";
import { sumMiddle } from "./reduce.ts";

const normalize = new Kernel("batch_norm", source);
const stats = new Kernel("batch_norm_stats", statsSource);
const merge = new Kernel("batch_norm_merge", mergeSource);
const sumsKernel = new Kernel("batch_norm_sums", sumsSource);
const inputGrad = new Kernel("batch_norm_input_grad", inputGradSource);

/** The learned and the running numbers of a batch norm, each `[channels]`. */
export interface BatchNormState {
  /** The scale. */
  weight: Tensor;
  /** The shift. */
  bias: Tensor;
  /** Mean that evaluation uses. */
  runningMean: Tensor;
  /** Unbiased variance that evaluation uses. */
  runningVar: Tensor;
}

/** Options of {@linkcode batchNorm}. */
export interface BatchNormOptions {
  /** Use the batch's own statistics and move the running ones; else use the running ones. */
  training: boolean;
  /** Share of the new batch in the running statistics. Default: 0.1. */
  momentum?: number;
  /** Added to the variance. Default: 1e-5. */
  eps?: number;
  /** Apply a ReLU in the same kernel. Default: false. */
  relu?: boolean;
}

const isShare = (held: number) => held >= 0 && held <= 1;

/**
 * Normalizes each channel (the last axis) over all other axes, then scales and shifts it (Ioffe and Szegedy 2015).
 * The running variance is the unbiased one, as in PyTorch.
 *
 * @param x `[..., channels]`.
 * @throws {TypeError} When a tensor is no `f32`, or a state's length is not the number of channels; in training, when a channel
 * has fewer than two values, whose variance is unknown, or another tensor shares its memory with a running statistic.
 * @throws {RangeError} When `momentum` is not from 0 to 1, or `eps` is negative.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { batchNorm, ones, openGpu, tensor, zeros } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const state = { weight: ones([1]), bias: zeros([1]), runningMean: zeros([1]), runningVar: ones([1]) };
 * const y = batchNorm(tensor([[1], [3]]), state, { training: true, momentum: 1 }); // mean 2, variance 1
 * assertAlmostEquals((await y.read())[1], 1, 1e-4);
 * assertAlmostEquals(await state.runningVar.item(), 2, 1e-5); // unbiased: 2 / (2 - 1)
 * ```
 */
export function batchNorm(x: Tensor, state: BatchNormState, options: BatchNormOptions): Tensor {
  const known = ["training", "momentum", "eps", "relu"] as const;
  const settings = onlyOptions("take batchNorm()", options, known);
  const { training, momentum = 0.1, eps = 1e-5, relu = false } = settings;
  const { weight, bias, runningMean, runningVar } = state ?? {} as BatchNormState;
  checkDType("batchNorm", "f32", { x, weight, bias, runningMean, runningVar });
  const channels = x.shape.at(-1) ?? 0, rows = sizeOf(x.shape.slice(0, -1));
  if (x.shape.length === 0 || training && rows < 2) {
    throw new TypeError(
      `Cannot normalize ${show(x.shape)}: it is [..., channels]${
        training ? ", and training takes statistics of at least two values a channel" : ""
      }`,
    );
  }
  const what = `Cannot normalize ${show(x.shape)}`;
  checkSetting(`${what} with eps ${eps}:`, eps, "it must be 0 or more", (held) => held >= 0);
  const wanted = "it must be from 0 to 1";
  checkSetting(`${what} with momentum ${momentum}:`, momentum, wanted, isShare);
  for (const [name, t] of Object.entries(state)) checkLength(what, name, t, channels);
  if (training) {
    for (const [name, t] of Object.entries({ x, weight, bias, runningVar })) {
      if (overlap(t, runningMean) || name !== "runningVar" && overlap(t, runningVar)) {
        throw new TypeError(
          `${what}: ${name} shares its memory with a running statistic, which training moves`,
        );
      }
    }
  }
  const [mean, invStdOrVar] = training
    ? batchStatistics(x, state, rows, channels, eps, momentum)
    : [state.runningMean.alias(), state.runningVar.alias()];
  const { Element, width } = elementOf(channels);
  const columns = channels / width, partRows = elementsAThread(rows * columns);
  const constants = { Element, RELU: relu, TRAINING: training };
  const given = { x, weight, bias, mean, inv_std_or_var: invStdOrVar };
  const y = empty(x.shape);
  const threads = columns * Math.ceil(rows / partRows);
  launch(normalize, {
    constants,
    params: { rows, columns, part_rows: partRows, eps },
    tensors: { ...given, y },
    threads,
  });
  const result = withGradient("batchNorm", [x, weight, bias], y, (gradY) => {
    const { parts, partLength } = partsOf(rows, channels);
    const stride = Math.ceil(channels / 64) * 64;
    const partial = empty([parts, 2, stride]);
    launch(sumsKernel, {
      constants,
      params: { rows, columns, parts, part_rows: partLength, stride: stride / width, eps },
      tensors: { ...given, grad_y: gradY, sums: partial },
      threads: parts * columns,
    });
    const sums = parts === 1 ? partial.alias() : sumMiddle(partial, 1, parts, 2 * stride);
    partial.dispose();
    const gradX = x.requiresGrad ? empty(x.shape) : undefined;
    if (gradX) {
      launch(inputGrad, {
        constants,
        params: { rows, columns, part_rows: partRows, stride: stride / width, eps },
        tensors: { ...given, grad_y: gradY, sums, grad_x: gradX },
        threads,
      });
    }
    const gradBias = sums.alias([channels]), gradWeight = sums.alias([channels], stride);
    for (const t of [sums, mean, invStdOrVar]) t.dispose();
    return [gradX, gradWeight, gradBias];
  }, training ? [] : [runningMean, runningVar]);
  if (!result.requiresGrad) [mean, invStdOrVar].forEach((t) => t.dispose());
  return result;
}

function batchStatistics(
  x: Tensor,
  { runningMean, runningVar }: BatchNormState,
  rows: number,
  channels: number,
  eps: number,
  momentum: number,
): [Tensor, Tensor] {
  const { parts, partLength } = partsOf(rows, channels);
  const { Element, width } = elementOf(channels);
  const columns = channels / width;
  const means = empty([parts, channels]), deviations = empty([parts, channels]);
  launch(stats, {
    constants: { Element },
    params: { rows, columns, parts, part_rows: partLength },
    tensors: { x, means, deviations },
    threads: parts * columns,
  });
  const mean = empty([channels]), invStd = empty([channels]);
  launch(merge, {
    params: { rows, channels, parts, part_rows: partLength, eps, momentum },
    tensors: {
      means,
      deviations,
      running_mean: runningMean,
      running_var: runningVar,
      mean,
      inv_std: invStd,
    },
    threads: channels,
  });
  means.dispose();
  deviations.dispose();
  return [mean, invStd];
}
