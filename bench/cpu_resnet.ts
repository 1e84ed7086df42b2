/** The loss of a training step in float64 on the CPU: the network once more, from the tests' twins. */
import { type Array64, array64, zeros } from "../tests/reference/array64.ts";
import { batchNormTrain } from "../tests/reference/batch_norm.ts";
import { centerLoss } from "../tests/reference/center_loss.ts";
import { globalAvgPool } from "../tests/reference/global_avg_pool.ts";
import { linear } from "../tests/reference/linear.ts";
import { softmaxCrossEntropy } from "../tests/reference/softmax_cross_entropy.ts";

/** Parameters by name, `centers` among them. */
export type Parameters64 = ReadonlyMap<string, Array64>;

/** Cross-entropy plus center loss (rule `autograd`) of the ResNet in training mode. */
export function resnetLoss(
  parameters: Parameters64,
  x: Array64,
  labels: readonly number[],
): number {
  const parameter = (name: string): Array64 => {
    const found = parameters.get(name);
    if (!found) throw new TypeError(`No parameter ${name}`);
    return found;
  };
  const pair = (name: string) => [parameter(`${name}.weight`), parameter(`${name}.bias`)] as const;
  const conv = (x: Array64, name: string, stride: number, padding: number) =>
    convolve(x, ...pair(name), stride, padding);
  const normRelu = (x: Array64, name: string) => relu(batchNormTrain(x, ...pair(name)));

  let y = conv(x, "conv1", 1, 0);
  for (const [i, stride] of [1, 2, 1, 2, 1].entries()) {
    const block = `group${i + 1}.0`;
    const o = normRelu(y, `${block}.bn1`);
    const z = normRelu(conv(o, `${block}.conv1`, stride, 1), `${block}.bn2`);
    const skip = parameters.has(`${block}.skip_conv.weight`)
      ? conv(o, `${block}.skip_conv`, stride, 0)
      : y;
    y = conv(z, `${block}.conv2`, 1, 1);
    y.data.forEach((_, at) => y.data[at] += skip.data[at]);
  }
  const features = linear(globalAvgPool(normRelu(y, "bn")), ...pair("fc1"));
  const crossEntropy = softmaxCrossEntropy(linear(features, ...pair("fc2")), labels);
  return crossEntropy.data[0] +
    centerLoss(features, parameter("centers"), labels, "autograd").data[0];
}

function relu({ shape, data }: Array64): Array64 {
  return array64(shape, data.map((value) => Math.max(value, 0)));
}

/** The twin of conv2d is written to be read; this one has its loops in the order that runs fast. */
function convolve(
  x: Array64,
  weight: Array64,
  bias: Array64,
  stride: number,
  padding: number,
): Array64 {
  const [batch, height, width, inputs] = x.shape, [kernel, , , outputs] = weight.shape;
  const outSize = (size: number) => Math.floor((size + 2 * padding - kernel) / stride) + 1;
  const outHeight = outSize(height), outWidth = outSize(width);
  const y = zeros([batch, outHeight, outWidth, outputs]);
  for (let pixel = 0; pixel < batch * outHeight * outWidth; pixel++) {
    const out = y.data.subarray(pixel * outputs, (pixel + 1) * outputs);
    out.set(bias.data);
    const n = Math.floor(pixel / (outHeight * outWidth));
    const i = Math.floor(pixel / outWidth) % outHeight, j = pixel % outWidth;
    for (let u = 0; u < kernel; u++) {
      for (let v = 0; v < kernel; v++) {
        const row = i * stride + u - padding, column = j * stride + v - padding;
        if (row < 0 || row >= height || column < 0 || column >= width) continue;
        const from = ((n * height + row) * width + column) * inputs;
        for (let c = 0; c < inputs; c++) {
          const value = x.data[from + c];
          const at = ((u * kernel + v) * inputs + c) * outputs;
          for (let o = 0; o < outputs; o++) out[o] += value * weight.data[at + o];
        }
      }
    }
  }
  return y;
}
