/** TensorFlow.js, on WebGPU or in WebAssembly. */
import * as tf from "npm:@tensorflow/tfjs-core@4.22.0";
import "npm:@tensorflow/tfjs-backend-wasm@4.22.0";
import "npm:@tensorflow/tfjs-backend-webgpu@4.22.0";
// Brings the gradients of the core's ops; the core's own list of them can be imported by bundlers only.
import "npm:@tensorflow/tfjs-layers@4.22.0";
import { RunError } from "../../../src/base/errors.ts";
import { oneHotRows } from "../layouts.ts";
import {
  arrayOf,
  type Arrays,
  networkOf,
  type Program,
  type Runnable,
  type WorkName,
} from "../program.ts";
import { lossOf } from "./tfjs_networks.ts";
import { completeWasm } from "./tfjs_wasm.ts";

const ADAPTERS = {
  webgl: "WebGL",
  wasm: "CPU, WebAssembly SIMD, one thread",
  cpu: "CPU, JavaScript, one thread",
};

/** Opens it on a backend, which is imported. */
export async function openTfjs(backend: "webgpu" | "webgl" | "wasm" | "cpu"): Promise<Program> {
  if (!await tf.setBackend(backend)) {
    throw new RunError(`TensorFlow.js cannot start its backend ${backend}`);
  }
  tf.enableProdMode();
  const wasm = backend === "wasm";
  if (wasm) completeWasm();
  return {
    version: tf.version_core,
    adapter: backend === "webgpu" ? await webgpuAdapter() : ADAPTERS[backend],
    load: (work, given) => {
      const network = networkOf(work);
      return network ? training(lossOf(network), given) : op(work, given);
    },
    remark: (work) => wasm ? wasmRemark(work) : undefined,
  };
}

function wasmRemark(work: WorkName): string | undefined {
  if (work !== "conv2d weight gradient" && !networkOf(work)) return undefined;
  const added =
    "the backend has no weight gradient of a convolution, so it is made of transposes and a forward convolution";
  return networkOf(work) === "lenetpp"
    ? `${added}; its gradient of max pooling is wrong below 0, so its input is raised above`
    : added;
}

async function webgpuAdapter(): Promise<string> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  return adapter?.info.description ?? "";
}

function tensorOf(given: Arrays, name: string): tf.Tensor {
  const { data, shape } = arrayOf(given, name);
  return tf.tensor(data, shape, "float32");
}

/** A run that keeps its last result; waiting reads one element of it. */
function runnable(compute: () => tf.Tensor): Runnable {
  let last: tf.Tensor | undefined;
  return {
    run: () => {
      last?.dispose();
      last = tf.tidy(compute);
    },
    read: async () => await last!.data() as Float32Array,
    wait: async () => {
      const one = tf.tidy(() => tf.slice(tf.reshape(last!, [-1]), [0], [1]));
      await one.data();
      one.dispose();
    },
  };
}

function op(work: string, given: Arrays): Runnable {
  const a = tensorOf(given, "a"), b = tensorOf(given, "b");
  const x = a as tf.Tensor4D, y = b as tf.Tensor4D;
  const images = a.shape as [number, number, number, number];
  const same = (kernel: number) => (kernel - 1) / 2;
  if (work === "matmul") return runnable(() => tf.matMul(a, b));
  if (work === "conv2d forward") return runnable(() => tf.conv2d(x, y, 1, same(b.shape[0])));
  // TensorFlow.js exports the gradients of a convolution only as what its own gradient asks of a backend.
  const backward = (kernel: string, inputs: tf.NamedTensorMap, attributes: tf.NamedAttrMap) =>
    runnable(() =>
      tf.engine().runKernel(kernel, inputs, { ...common, ...attributes }) as tf.Tensor
    );
  const common = { strides: 1, dataFormat: "NHWC" as const };
  if (work === "conv2d input gradient") {
    return backward("Conv2DBackpropInput", { dy: a, filter: b }, {
      pad: same(b.shape[0]),
      inputShape: images,
    });
  }
  const filterShape = arrayOf(given, "result").shape;
  return backward("Conv2DBackpropFilter", { x: a, dy: b }, {
    pad: same(filterShape[0]),
    filterShape,
  });
}

/** Gradients of all parameters and SGD with momentum, as TensorFlow.js has them. */
function training(loss: ReturnType<typeof lossOf>, given: Arrays): Runnable {
  const { images, labels, ...weights } = given;
  const parameters = Object.fromEntries(
    Object.keys(weights).map((name) => [name, tf.variable(tensorOf(given, name), true, name)]),
  );
  const x = tf.tensor4d(images.data, images.shape as [number, number, number, number]);
  const classes = weights.centers.shape[0];
  // Made here: the WebAssembly backend's own oneHot() of float32 is all zeros.
  const rows = oneHotRows(labels.data, classes);
  const oneHot = tf.tensor2d(rows.data, rows.shape as [number, number]);
  const optimizer = tf.train.momentum(0.001, 0.9);
  const variables = Object.values(parameters);
  return runnable(() => optimizer.minimize(() => loss(parameters, x, oneHot), true, variables)!);
}
