/** The networks and the loss, in TensorFlow.js. */
import * as tf from "npm:@tensorflow/tfjs-core@4.22.0";
import type { NetworkName } from "../../works/networks.ts";

/** Parameters by our names. */
type Parameters = Record<string, tf.Tensor>;

/** Features of images. */
type Features = (parameters: Parameters, x: tf.Tensor4D) => tf.Tensor2D;

/** Cross-entropy plus center loss (rule `autograd`) of a network in training mode. */
export function lossOf(network: NetworkName) {
  const featuresOf = { lenetpp: lenetFeatures, resnet: resnetFeatures }[network];
  return (parameters: Parameters, x: tf.Tensor4D, oneHot: tf.Tensor2D): tf.Scalar => {
    const features = featuresOf(parameters, x);
    const logits = linear(parameters, "fc2", features);
    const own = tf.matMul(oneHot, parameters.centers as tf.Tensor2D);
    const center = tf.mean(tf.sum(tf.squaredDifference(features, own), 1));
    return tf.add(tf.losses.softmaxCrossEntropy(oneHot, logits), center);
  };
}

function linear(parameters: Parameters, name: string, x: tf.Tensor2D): tf.Tensor2D {
  const product = tf.matMul(x, parameters[`${name}.weight`] as tf.Tensor2D);
  return tf.add(product, parameters[`${name}.bias`]);
}

function conv(
  parameters: Parameters,
  name: string,
  x: tf.Tensor4D,
  stride: number,
  padding: number,
): tf.Tensor4D {
  const weight = parameters[`${name}.weight`] as tf.Tensor4D;
  return tf.add(tf.conv2d(x, weight, stride, padding), parameters[`${name}.bias`]);
}

const lenetFeatures: Features = (parameters, x) => {
  let y = x;
  for (const name of ["1_1", "1_2", "2_1", "2_2", "3_1", "3_2"]) {
    const slope = parameters[`prelu${name}.weight`];
    y = tf.prelu(conv(parameters, `conv${name}`, y, 1, 2), slope) as tf.Tensor4D;
    if (name.endsWith("_2")) y = tf.maxPool(y, 2, 2, "valid");
  }
  const flat = tf.reshape(y, [y.shape[0], -1]) as tf.Tensor2D;
  const slope = parameters["prelu_fc1.weight"];
  return tf.prelu(linear(parameters, "fc1", flat), slope) as tf.Tensor2D;
};

const resnetFeatures: Features = (parameters, x) => {
  const normRelu = (name: string, x: tf.Tensor4D): tf.Tensor4D => {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const scale = parameters[`${name}.weight`] as tf.Tensor1D;
    const shift = parameters[`${name}.bias`] as tf.Tensor1D;
    return tf.relu(
      tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, shift, scale, 1e-5),
    ) as tf.Tensor4D;
  };
  let y = conv(parameters, "conv1", x, 1, 0);
  for (const [i, stride] of [1, 2, 1, 2, 1].entries()) {
    const block = `group${i + 1}.0`;
    const o = normRelu(`${block}.bn1`, y);
    const inner = normRelu(`${block}.bn2`, conv(parameters, `${block}.conv1`, o, stride, 1));
    const skip = `${block}.skip_conv.weight` in parameters
      ? conv(parameters, `${block}.skip_conv`, o, stride, 0)
      : y;
    y = tf.add(conv(parameters, `${block}.conv2`, inner, 1, 1), skip);
  }
  return linear(parameters, "fc1", tf.mean(normRelu("bn", y), [1, 2]) as tf.Tensor2D);
};
