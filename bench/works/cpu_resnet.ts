/** The loss of a training step in float64 on the CPU: the network once more, from the tests' twins. */
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { batchNormTrain } from "../../src/reference/batch_norm.ts";
import { centerLoss } from "../../src/reference/center_loss.ts";
import { globalAvgPool } from "../../src/reference/global_avg_pool.ts";
import { linear } from "../../src/reference/linear.ts";
import { softmaxCrossEntropy } from "../../src/reference/softmax_cross_entropy.ts";
import { convolve } from "./cpu_convolve.ts";
import { parameterOf, type Parameters64 } from "./cpu_parameters.ts";

/** Cross-entropy plus center loss (rule `autograd`) of the ResNet in training mode. */
export function resnetLoss(
  parameters: Parameters64,
  x: Array64,
  labels: readonly number[],
): number {
  const parameter = (name: string) => parameterOf(parameters, name);
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
