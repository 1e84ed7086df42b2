/** The networks and the loss, in jax-js: channels first; a value that is used again is asked for by `ref`. */
import * as jax from "npm:@jax-js/jax@0.1.25";
import type { NetworkName } from "../../works/networks.ts";

const { lax, nn, numpy: np } = jax;

/** Parameters by our names. */
type Parameters = Record<string, jax.Array>;

/** Features of images; uses up what it takes. */
type Features = (parameters: Parameters, x: jax.Array) => jax.Array;

/** Cross-entropy plus center loss (rule `autograd`) of a network in training mode. */
export function lossOf(network: NetworkName) {
  const featuresOf = { lenetpp: lenetFeatures, resnet: resnetFeatures }[network];
  return (parameters: Parameters, x: jax.Array, oneHot: jax.Array): jax.Array => {
    const features = featuresOf(parameters, x);
    const logits = linear(parameters, "fc2", features.ref);
    const apart = features.sub(np.matmul(oneHot.ref, parameters.centers));
    const center = np.mean(np.sum(np.square(apart), 1));
    const crossEntropy = np.mean(np.sum(nn.logSoftmax(logits, 1).mul(oneHot), 1)).neg();
    return crossEntropy.add(center);
  };
}

function linear(parameters: Parameters, name: string, x: jax.Array): jax.Array {
  return np.matmul(x, parameters[`${name}.weight`]).add(parameters[`${name}.bias`]);
}

/** A vector over the channels of images that are channels first. */
function overChannels(x: jax.Array): jax.Array {
  return x.reshape([1, -1, 1, 1]);
}

function conv(
  parameters: Parameters,
  name: string,
  x: jax.Array,
  stride: number,
  padding: number,
): jax.Array {
  const pads: [number, number][] = [[padding, padding], [padding, padding]];
  const y = lax.conv(x, parameters[`${name}.weight`], [stride, stride], pads);
  return y.add(overChannels(parameters[`${name}.bias`]));
}

/** `x` where positive, the slope times `x` elsewhere. */
function prelu(x: jax.Array, slope: jax.Array): jax.Array {
  return np.where(np.greater(x.ref, 0), x.ref, x.mul(slope));
}

const lenetFeatures: Features = (parameters, x) => {
  let y = x;
  for (const name of ["1_1", "1_2", "2_1", "2_2", "3_1", "3_2"]) {
    y = prelu(conv(parameters, `conv${name}`, y, 1, 2), parameters[`prelu${name}.weight`]);
    if (name.endsWith("_2")) y = lax.reduceWindow(y, (window) => np.max(window), [2, 2], [2, 2]);
  }
  const flat = y.reshape([y.shape[0], -1]);
  return prelu(linear(parameters, "fc1", flat), parameters["prelu_fc1.weight"]);
};

const resnetFeatures: Features = (parameters, x) => {
  const normRelu = (name: string, x: jax.Array): jax.Array => {
    const mean = np.mean(x.ref, [0, 2, 3], { keepdims: true });
    const apart = x.sub(mean);
    const variance = np.mean(np.square(apart.ref), [0, 2, 3], { keepdims: true });
    const scaled = apart.div(np.sqrt(variance.add(1e-5)))
      .mul(overChannels(parameters[`${name}.weight`]));
    return nn.relu(scaled.add(overChannels(parameters[`${name}.bias`])));
  };
  let y = conv(parameters, "conv1", x, 1, 0);
  for (const [i, stride] of [1, 2, 1, 2, 1].entries()) {
    const block = `group${i + 1}.0`;
    const skips = `${block}.skip_conv.weight` in parameters;
    const o = normRelu(`${block}.bn1`, skips ? y : y.ref);
    const inner = conv(parameters, `${block}.conv1`, skips ? o.ref : o, stride, 1);
    const skip = skips ? conv(parameters, `${block}.skip_conv`, o, stride, 0) : y;
    y = conv(parameters, `${block}.conv2`, normRelu(`${block}.bn2`, inner), 1, 1).add(skip);
  }
  return linear(parameters, "fc1", np.mean(normRelu("bn", y), [2, 3]));
};
