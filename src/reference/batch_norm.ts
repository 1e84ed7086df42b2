import { type Array64, array64, zeros } from "./array64.ts";

/** Running statistics, or those of one batch: `[channels]` each. */
export interface Moments {
  mean: Array64;
  variance: Array64;
}

/** Mean and biased variance of each channel (last axis) over all other axes. */
function channelMoments(x: Array64): Moments {
  const { channels, count } = sizes(x);
  const mean = zeros([channels]);
  const variance = zeros([channels]);
  x.data.forEach((value, at) => mean.data[at % channels] += value / count);
  x.data.forEach((value, at) => {
    variance.data[at % channels] += (value - mean.data[at % channels]) ** 2 / count;
  });
  return { mean, variance };
}

/** `(x - mean) / sqrt(variance + eps)`, as x. */
function normalized(x: Array64, { mean, variance }: Moments, eps: number): Array64 {
  const { channels } = sizes(x);
  const scale = variance.data.map((value) => 1 / Math.sqrt(value + eps));
  const of = (value: number, c: number) => (value - mean.data[c]) * scale[c];
  return array64(x.shape, x.data.map((value, at) => of(value, at % channels)));
}

/**
 * Evaluation: x `[..., channels]`, weight, bias and running moments `[channels]`, y as x.
 *
 *     y = weight (x - mean) / sqrt(variance + eps) + bias
 */
export function batchNormEval(
  x: Array64,
  weight: Array64,
  bias: Array64,
  moments: Moments,
  { eps = 1e-5 } = {},
): Array64 {
  const { channels } = sizes(x), n = normalized(x, moments, eps);
  const of = (value: number, c: number) => weight.data[c] * value + bias.data[c];
  return array64(x.shape, n.data.map((value, at) => of(value, at % channels)));
}

/** Training: the same with the batch's own mean and biased variance (Ioffe and Szegedy 2015, Alg. 1). */
export function batchNormTrain(
  x: Array64,
  weight: Array64,
  bias: Array64,
  { eps = 1e-5 } = {},
): Array64 {
  return batchNormEval(x, weight, bias, channelMoments(x), { eps });
}

/**
 * Running moments after training on x, two values a channel at least, with the unbiased variance `biased count / (count - 1)`:
 *
 *     running <- (1 - momentum) running + momentum batch
 */
export function batchNormRunning(
  x: Array64,
  running: Moments,
  { momentum = 0.1 } = {},
): Moments {
  const { channels, count } = sizes(x);
  const batch = channelMoments(x);
  const next = { mean: zeros([channels]), variance: zeros([channels]) };
  for (let c = 0; c < channels; c++) {
    const unbiased = batch.variance.data[c] * count / (count - 1);
    next.mean.data[c] = (1 - momentum) * running.mean.data[c] + momentum * batch.mean.data[c];
    next.variance.data[c] = (1 - momentum) * running.variance.data[c] + momentum * unbiased;
  }
  return next;
}

/** Gradients of a batch normalisation: x as x, weight and bias `[channels]`. */
export interface BatchNormGradients {
  x: Array64;
  weight: Array64;
  bias: Array64;
}

/**
 * Gradients in evaluation, where the moments are constants; n = (x - mean) / sqrt(variance + eps):
 *
 *     dx = grad weight / sqrt(variance + eps)     dweight = sum grad n     dbias = sum grad
 */
export function batchNormEvalBackward(
  grad: Array64,
  x: Array64,
  weight: Array64,
  moments: Moments,
  { eps = 1e-5 } = {},
): BatchNormGradients {
  const { channels } = sizes(x), n = normalized(x, moments, eps);
  const gradients = { x: zeros(x.shape), weight: zeros([channels]), bias: zeros([channels]) };
  grad.data.forEach((g, at) => {
    const c = at % channels;
    gradients.x.data[at] = g * weight.data[c] / Math.sqrt(moments.variance.data[c] + eps);
    gradients.weight.data[c] += g * n.data[at];
    gradients.bias.data[c] += g;
  });
  return gradients;
}

/**
 * Gradients in training, where x also moves the batch's mean and variance. With m values a channel:
 *
 *     dx = weight / sqrt(variance + eps) (grad - dbias / m - n dweight / m)
 */
export function batchNormTrainBackward(
  grad: Array64,
  x: Array64,
  weight: Array64,
  { eps = 1e-5 } = {},
): BatchNormGradients {
  const { channels, count } = sizes(x), moments = channelMoments(x);
  const gradients = batchNormEvalBackward(grad, x, weight, moments, { eps });
  normalized(x, moments, eps).data.forEach((n, at) => {
    const c = at % channels;
    const through = gradients.bias.data[c] / count + n * gradients.weight.data[c] / count;
    gradients.x.data[at] -= through * weight.data[c] / Math.sqrt(moments.variance.data[c] + eps);
  });
  return gradients;
}

function sizes(x: Array64) {
  const channels = x.shape[x.shape.length - 1];
  return { channels, count: x.data.length / channels };
}
