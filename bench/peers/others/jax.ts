/** jax-js on WebGPU. Its convolutions are channels first, so it is given its own layout, and keeps it. */
import * as jax from "npm:@jax-js/jax@0.1.25";
import { RunError } from "../../../src/base/errors.ts";
import { lossOf } from "./jax_networks.ts";
import {
  adapterWords,
  arrayOf,
  type Arrays,
  networkOf,
  type Program,
  type Runnable,
} from "../program.ts";
import { firstChannels, lastChannels, oneHotRows, permuted, toJax } from "../layouts.ts";

const { lax, numpy: np } = jax;
const VERSION = "0.1.25";

/** Opens it. */
export async function openJax(): Promise<Program> {
  if (!(await jax.init("webgpu")).includes("webgpu")) {
    throw new RunError("jax-js cannot start its backend webgpu");
  }
  jax.defaultDevice("webgpu");
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  return {
    version: VERSION,
    adapter: adapterWords(adapter?.info),
    load: (work, given) => {
      const network = networkOf(work);
      return network ? training(lossOf(network), given) : op(work, given);
    },
  };
}

function put({ shape, data }: { shape: number[]; data: Float32Array }): jax.Array {
  return np.array(data as Float32Array<ArrayBuffer>, { shape });
}

/** A compiled function of two arrays. */
function op(work: string, given: Arrays): Runnable {
  const a = arrayOf(given, "a"), b = arrayOf(given, "b");
  const same = (kernel: number): [number, number][] => {
    const half = (kernel - 1) / 2;
    return [[half, half], [half, half]];
  };
  const conv = (pad: [number, number][]) => (x: jax.Array, w: jax.Array) =>
    lax.conv(x, w, [1, 1], pad);
  let last: jax.Array | undefined;
  const compiled = (
    f: (a: jax.Array, b: jax.Array) => jax.Array,
    [x, y]: jax.Array[],
    back: readonly number[] | undefined,
  ): Runnable => {
    const fast = jax.jit(f);
    // Work whose result is disposed before it was needed is never done: results wait until all are there.
    let results: jax.Array[] = [];
    return {
      run: () => {
        results.push(last = fast(x.ref, y.ref) as jax.Array);
      },
      wait: async () => {
        await jax.blockUntilReady(results);
        for (const result of results) if (result !== last) result.dispose();
        results = [last!];
      },
      read: async () => {
        const shape = last!.shape, data = await last!.ref.data() as Float32Array;
        return back ? permuted({ shape, data }, back).data : data;
      },
    };
  };
  if (work === "matmul") return compiled(np.matmul, [put(a), put(b)], undefined);
  const images = (array: typeof a) => put(permuted(array, firstChannels));
  const kernels = (array: typeof a) => put(permuted(array, toJax.kernel));
  if (work === "conv2d forward") {
    return compiled(conv(same(b.shape[0])), [images(a), kernels(b)], lastChannels);
  }
  // Convolution is linear in each argument: the point at which its gradient is taken does not matter.
  if (work === "conv2d input gradient") {
    const pad = same(b.shape[0]), [batch, height, width, channels] = a.shape;
    const f = (gradient: jax.Array, w: jax.Array) => {
      const at = np.zeros([batch, channels, height, width]);
      return pull((x: jax.Array) => conv(pad)(x, w), at, gradient);
    };
    return compiled(f, [images(a), kernels(b)], lastChannels);
  }
  const { shape: [kh, kw, inputs, outputs] } = arrayOf(given, "result");
  const f = (x: jax.Array, gradient: jax.Array) =>
    pull((w: jax.Array) => conv(same(kh))(x, w), np.zeros([outputs, inputs, kh, kw]), gradient);
  return compiled(f, [images(a), images(b)], toJax.kernelBack);
}

/** The gradient of a function that is handed `gradient` for its result. */
function pull(f: (x: jax.Array) => jax.Array, at: jax.Array, gradient: jax.Array): jax.Array {
  const [y, back] = jax.vjp(f, [at]) as unknown as [
    jax.Array,
    ((gradient: jax.Array) => [jax.Array]) & { dispose(): void },
  ];
  y.dispose();
  const [result] = back(gradient);
  back.dispose();
  return result;
}

type Tree = Record<string, jax.Array>;

/** Loss, parameters and velocities. */
type Step = [jax.Array, Tree, Tree];

/** Value, gradients and SGD with momentum in one compiled function. */
function training(loss: ReturnType<typeof lossOf>, given: Arrays): Runnable {
  const { images, labels, ...weights } = given;
  let parameters: Tree = {}, velocities: Tree = {};
  for (const [name, array] of Object.entries(weights)) {
    const own = toJax.parameter(name, array);
    parameters[name] = put(own);
    velocities[name] = np.zeros(own.shape);
  }
  const x = put(permuted(images, firstChannels));
  const classes = weights.centers.shape[0];
  const oneHot = put(oneHotRows(labels.data, classes));
  const step = jax.jit((parameters: Tree, velocities: Tree, x: jax.Array, oneHot: jax.Array) => {
    const [value, gradients] = jax.valueAndGrad(loss)(jax.tree.ref(parameters), x, oneHot) as [
      jax.Array,
      Tree,
    ];
    const moved: Tree = {}, next: Tree = {};
    for (const name of Object.keys(parameters)) {
      moved[name] = velocities[name].mul(0.9).add(gradients[name]);
      next[name] = parameters[name].sub(moved[name].ref.mul(0.001));
    }
    return [value, next, moved];
  });
  let last: jax.Array | undefined;
  return {
    run: () => {
      last?.dispose();
      const next = step(parameters, velocities, x.ref, oneHot.ref);
      [last, parameters, velocities] = next as unknown as Step;
    },
    wait: async () => {
      await last!.blockUntilReady();
      await jax.blockUntilReady(parameters);
    },
    read: async () => await last!.ref.data() as Float32Array,
  };
}
