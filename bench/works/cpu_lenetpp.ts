/** The loss of a training step of LeNet++ in float64 on the CPU, from the tests' twins. */
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { centerLoss } from "../../src/reference/center_loss.ts";
import { linear } from "../../src/reference/linear.ts";
import { maxPool2d } from "../../src/reference/max_pool2d.ts";
import { prelu } from "../../src/reference/prelu.ts";
import { softmaxCrossEntropy } from "../../src/reference/softmax_cross_entropy.ts";
import { convolve } from "./cpu_convolve.ts";
import { parameterOf, type Parameters64 } from "./cpu_parameters.ts";

/** Cross-entropy plus center loss (rule `autograd`) of LeNet++. */
export function lenetppLoss(
  parameters: Parameters64,
  x: Array64,
  labels: readonly number[],
): number {
  const parameter = (name: string) => parameterOf(parameters, name);
  const pair = (name: string) => [parameter(`${name}.weight`), parameter(`${name}.bias`)] as const;
  let y = x;
  for (const part of [1, 2, 3]) {
    for (const half of [1, 2]) {
      const name = `${part}_${half}`;
      y = prelu(convolve(y, ...pair(`conv${name}`), 1, 2), parameter(`prelu${name}.weight`));
    }
    y = maxPool2d(y, { kernel: 2 });
  }
  const flat = array64([y.shape[0], y.data.length / y.shape[0]], y.data);
  const features = prelu(linear(flat, ...pair("fc1")), parameter("prelu_fc1.weight"));
  const crossEntropy = softmaxCrossEntropy(linear(features, ...pair("fc2")), labels);
  return crossEntropy.data[0] +
    centerLoss(features, parameter("centers"), labels, "autograd").data[0];
}
