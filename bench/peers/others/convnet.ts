/**
 * ConvNetJS: plain JavaScript, an image at a time, in float64. It has neither PReLU nor center loss; both are layers of their
 * own here, as its layers are made.
 */
import convnetjs from "npm:convnetjs@0.3.0";
import { RunError } from "../../../src/base/errors.ts";
import {
  arrayOf,
  type Arrays,
  type NamedArray,
  networkOf,
  type Program,
  type Runnable,
} from "../program.ts";

const VERSION = "0.3.0", RATE = 0.001, MOMENTUM = 0.9;

/** A box of numbers and of their gradients: `w[(sx y + x) depth + d]`. */
interface Vol {
  sx: number;
  sy: number;
  depth: number;
  w: Float64Array;
  dw: Float64Array;
  cloneAndZero(): Vol;
}

/** What its trainer and its network ask of a layer; input and output are kept for the way back. */
interface Layer {
  in_act?: Vol;
  out_act?: Vol;
  out_sx?: number;
  out_depth?: number;
  filters?: Vol[];
  biases?: Vol;
  forward(x: Vol, training: boolean): Vol;
  backward(label?: number): number | void;
  getParamsAndGrads(): { params: Float64Array; grads: Float64Array }[];
}

/** Opens it. */
export function openConvnet(): Promise<Program> {
  return Promise.resolve({
    version: VERSION,
    adapter: "CPU, JavaScript, one thread",
    load: (work, given) => {
      if (networkOf(work) !== "lenetpp") {
        throw new RunError("ConvNetJS is compared on LeNet++ alone");
      }
      return training(given);
    },
    remark: () =>
      "an image at a time, in float64; PReLU and center loss, which it lacks, are layers of ours",
  });
}

/** `x` where positive, a learned slope times `x` elsewhere; a slope a channel, or one for all. */
function prelu(slopes: NamedArray): Layer {
  const a = Float64Array.from(slopes.data), da = new Float64Array(a.length);
  const layer: Layer = {
    forward: (x) => {
      const y = x.cloneAndZero();
      for (let i = 0; i < x.w.length; i++) y.w[i] = x.w[i] > 0 ? x.w[i] : a[i % a.length] * x.w[i];
      return Object.assign(layer, { in_act: x, out_act: y }).out_act;
    },
    backward: () => {
      const x = layer.in_act!, { dw } = layer.out_act!;
      for (let i = 0; i < x.w.length; i++) {
        x.dw[i] = x.w[i] > 0 ? dw[i] : a[i % a.length] * dw[i];
        if (x.w[i] <= 0) da[i % a.length] += x.w[i] * dw[i];
      }
    },
    getParamsAndGrads: () => [{ params: a, grads: da }],
  };
  return layer;
}

/** Center loss (rule `autograd`) of the features that pass; `state` has the class of the image, and adds up the loss. */
function centerLayer(given: NamedArray) {
  const c = Float64Array.from(given.data), dc = new Float64Array(c.length);
  const state = { label: 0, sum: 0 };
  const layer: Layer = {
    forward: (x) => {
      const y = x.cloneAndZero();
      y.w.set(x.w);
      return Object.assign(layer, { in_act: x, out_act: y }).out_act;
    },
    backward: () => {
      const x = layer.in_act!, { dw } = layer.out_act!, at = state.label * x.w.length;
      for (let d = 0; d < x.w.length; d++) {
        const apart = x.w[d] - c[at + d];
        state.sum += apart ** 2;
        x.dw[d] = dw[d] + 2 * apart;
        dc[at + d] -= 2 * apart;
      }
    },
    getParamsAndGrads: () => [{ params: c, grads: dc }],
  };
  return { layer, state };
}

/** LeNet++ with our numbers, trained by its trainer. */
function training(given: Arrays): Runnable {
  const layers: Layer[] = [];
  let side = 28, depth = 1;
  for (const name of ["1_1", "1_2", "2_1", "2_2", "3_1", "3_2"]) {
    const kernel = arrayOf(given, `conv${name}.weight`), [, , inputs, outputs] = kernel.shape;
    const conv: Layer = new convnetjs.ConvLayer({
      ...{ in_sx: side, in_sy: side, in_depth: depth, sx: 5, filters: outputs, stride: 1, pad: 2 },
    });
    conv.filters!.forEach(({ w }, o) => w.forEach((_, i) => w[i] = kernel.data[i * outputs + o]));
    if (conv.filters![0].depth !== inputs) throw new RunError("the kernel does not fit");
    conv.biases!.w.set(arrayOf(given, `conv${name}.bias`).data);
    layers.push(conv, prelu(arrayOf(given, `prelu${name}.weight`)));
    depth = outputs;
    if (!name.endsWith("_2")) continue;
    layers.push(
      new convnetjs.PoolLayer({ in_sx: side, in_sy: side, in_depth: depth, sx: 2, stride: 2 }),
    );
    side = Math.floor(side / 2);
  }
  const { layer, state } = centerLayer(arrayOf(given, "centers"));
  layers.push(
    linear(given, "fc1", [side, depth]),
    prelu(arrayOf(given, "prelu_fc1.weight")),
    layer,
    linear(given, "fc2", [1, arrayOf(given, "fc2.weight").shape[0]]),
    new convnetjs.SoftmaxLayer({
      in_sx: 1,
      in_sy: 1,
      in_depth: arrayOf(given, "fc2.weight").shape[1],
    }),
  );
  const net = Object.assign(new convnetjs.Net(), { layers });
  const { images, labels } = given, [batch] = images.shape;
  const trainer = new convnetjs.Trainer(net, {
    ...{ method: "sgd", learning_rate: RATE, momentum: MOMENTUM, batch_size: batch },
  });
  const inputs = Array.from({ length: batch }, (_, i) => {
    const x: Vol = new convnetjs.Vol(28, 28, 1, 0);
    x.w.set(images.data.subarray(784 * i, 784 * (i + 1)));
    return x;
  });
  let loss = 0;
  return {
    run: () => {
      state.sum = loss = 0;
      inputs.forEach((x, i) => {
        state.label = labels.data[i];
        loss += trainer.train(x, state.label).cost_loss;
      });
      loss = (loss + state.sum) / batch;
    },
    wait: () => Promise.resolve(),
    read: () => Promise.resolve(Float32Array.of(loss)),
  };
}

function linear(given: Arrays, name: string, [side, depth]: readonly [number, number]): Layer {
  const { shape: [, outputs], data } = arrayOf(given, `${name}.weight`);
  const layer: Layer = new convnetjs.FullyConnLayer({
    ...{ in_sx: side, in_sy: side, in_depth: depth, num_neurons: outputs },
  });
  layer.filters!.forEach(({ w }, o) => w.forEach((_, i) => w[i] = data[i * outputs + o]));
  layer.biases!.w.set(arrayOf(given, `${name}.bias`).data);
  return layer;
}
