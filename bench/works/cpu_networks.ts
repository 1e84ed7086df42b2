/** The losses of training steps in float64 on the CPU: the networks once more, from the twins. */
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { batchNormTrain } from "../../src/reference/batch_norm.ts";
import { centerLoss } from "../../src/reference/center_loss.ts";
import { conv2d } from "../../src/reference/conv2d.ts";
import { globalAvgPool } from "../../src/reference/global_avg_pool.ts";
import { linear } from "../../src/reference/linear.ts";
import { maxPool2d } from "../../src/reference/max_pool2d.ts";
import { prelu } from "../../src/reference/prelu.ts";
import { softmaxCrossEntropy } from "../../src/reference/softmax_cross_entropy.ts";
import { unary } from "../../src/reference/unary.ts";

/** Parameters by name, `centers` among them. */
export type Parameters64 = ReadonlyMap<string, Array64>;

/** Cross-entropy plus center loss (rule `autograd`) of a network in training mode. */
export type Loss64 = (parameters: Parameters64, x: Array64, labels: readonly number[]) => number;

/** That of LeNet++. */
export const lenetppLoss: Loss64 = (parameters, x, labels) => {
  const { parameter, pair } = namesOf(parameters);
  let y = x;
  for (const name of ["1_1", "1_2", "2_1", "2_2", "3_1", "3_2"]) {
    const conv = conv2d(y, ...pair(`conv${name}`), { padding: 2 });
    y = prelu(conv, parameter(`prelu${name}.weight`));
    if (name.endsWith("_2")) y = maxPool2d(y, { kernel: 2 });
  }
  const flat = array64([y.shape[0], y.data.length / y.shape[0]], y.data);
  return lossOf(
    parameters,
    prelu(linear(flat, ...pair("fc1")), parameter("prelu_fc1.weight")),
    labels,
  );
};

/** That of the ResNet. */
export const resnetLoss: Loss64 = (parameters, x, labels) => {
  const { pair } = namesOf(parameters);
  const normRelu = (x: Array64, name: string) => unary("relu", batchNormTrain(x, ...pair(name)));
  let y = conv2d(x, ...pair("conv1"));
  for (const [i, stride] of [1, 2, 1, 2, 1].entries()) {
    const block = `group${i + 1}.0`;
    const o = normRelu(y, `${block}.bn1`);
    const inner = conv2d(o, ...pair(`${block}.conv1`), { stride, padding: 1 });
    const skip = parameters.has(`${block}.skip_conv.weight`)
      ? conv2d(o, ...pair(`${block}.skip_conv`), { stride })
      : y;
    const out = conv2d(normRelu(inner, `${block}.bn2`), ...pair(`${block}.conv2`), { padding: 1 });
    y = array64(out.shape, out.data.map((value, at) => value + skip.data[at]));
  }
  return lossOf(parameters, linear(globalAvgPool(normRelu(y, "bn")), ...pair("fc1")), labels);
};

function lossOf(parameters: Parameters64, features: Array64, labels: readonly number[]): number {
  const { parameter, pair } = namesOf(parameters);
  const crossEntropy = softmaxCrossEntropy(linear(features, ...pair("fc2")), labels);
  const center = centerLoss(features, parameter("centers"), labels, "autograd");
  return crossEntropy.data[0] + center.data[0];
}

/** Parameters by name, and a layer's weight with its bias. */
function namesOf(parameters: Parameters64) {
  const parameter = (name: string) => {
    const found = parameters.get(name);
    if (!found) throw new TypeError(`No parameter ${name}`);
    return found;
  };
  return {
    parameter,
    pair: (name: string) => [parameter(`${name}.weight`), parameter(`${name}.bias`)] as const,
  };
}
