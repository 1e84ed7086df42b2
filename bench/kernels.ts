/** The matrix product and the convolution's three kernels. */
import { gpu } from "../src/gpu/device.ts";
import {
  convolveForward,
  convolveInputGrad,
  convolveWeightGrad,
} from "../src/ops/conv2d_kernels.ts";
import type { Geometry } from "../src/ops/conv2d_geometry.ts";
import { matmul } from "../src/ops/matmul.ts";
import { Random } from "../src/model/random.ts";
import { recorded } from "../src/tensor/recorded.ts";
import { sizeOf } from "../src/tensor/shape.ts";
import { type Tensor, tensor } from "../src/tensor/tensor.ts";
import { checkSamples, type Dot, dot, type Prepared, type Work } from "./work.ts";

/** Random numbers in [-1, 1), the same in every run. */
function drawn(shape: readonly number[], stream: number): Float32Array {
  const random = new Random(1, "weights", stream);
  return Float32Array.from({ length: sizeOf(shape) }, () => 2 * random.uniform() - 1);
}

/** An op of two arrays, recorded, and its first result compared with the CPU's. */
async function prepared(
  what: string,
  [a, aShape]: readonly [Float32Array, readonly number[]],
  [b, bShape]: readonly [Float32Array, readonly number[]],
  op: (a: Tensor, b: Tensor) => Tensor,
  expected: (place: number) => Dot,
): Promise<Prepared> {
  const inputs = [tensor(a, { shape: aShape }), tensor(b, { shape: bShape })];
  const step = recorded(() => op(inputs[0], inputs[1]));
  const result = step();
  checkSamples(what, await result.read(), expected);
  const first = result.alias([1]);
  return {
    run: step,
    wait: async () => void await first.read(),
    dispose: () => {
      for (const t of [first, ...inputs]) t.dispose();
      step.dispose();
    },
    tensors: { inputs, result },
  };
}

/** The product of two matrices of `n` rows and columns. */
export function matmulWork(n: number): Work {
  const shape = [n, n];
  return {
    work: "matmul",
    shape: `${n}x${n} by ${n}x${n}`,
    flops: 2 * n ** 3,
    bytes: 4 * 3 * n ** 2,
    prepare: () => {
      const a = drawn(shape, 0), b = drawn(shape, 1);
      return prepared("matmul", [a, shape], [b, shape], matmul, (place) => {
        const row = Math.floor(place / n), col = place % n;
        return dot(n, (k) => a[row * n + k], (k) => b[k * n + col]);
      });
    },
  };
}

/** Forward, input gradient and weight gradient of a convolution that keeps the images' size. */
export function convolutionWorks(
  { batch, side, channels, kernel }: Record<"batch" | "side" | "channels" | "kernel", number>,
): Work[] {
  const geometry = (): Geometry => ({
    batch,
    height: side,
    width: side,
    inChannels: channels,
    outHeight: side,
    outWidth: side,
    outChannels: channels,
    kernelHeight: kernel,
    kernelWidth: kernel,
    stride: 1,
    padding: (kernel - 1) / 2,
    tiles: gpu().tiles,
  });
  const half = (kernel - 1) / 2, taps = kernel * kernel, pixels = batch * side * side;
  const images = [batch, side, side, channels], kernels = [kernel, kernel, channels, channels];
  const common = {
    shape: `${batch}x${side}x${side}x${channels}, ${kernel}x${kernel} to ${channels}`,
    flops: 2 * pixels * taps * channels ** 2,
    bytes: 4 * (2 * sizeOf(images) + sizeOf(kernels)),
  };
  /** The element of `x` at a pixel's neighbour, 0 outside the image. */
  const neighbour = (x: Float32Array, pixel: number, down: number, right: number, c: number) => {
    const row = Math.floor(pixel / side) % side + down, column = pixel % side + right;
    if (row < 0 || row >= side || column < 0 || column >= side) return 0;
    return x[(pixel + down * side + right) * channels + c];
  };
  const tap = (t: number) => [Math.floor(t / kernel), t % kernel];
  return [
    {
      work: "conv2d forward",
      ...common,
      prepare: () => {
        const x = drawn(images, 0), w = drawn(kernels, 1);
        const op = (x: Tensor, w: Tensor) =>
          convolveForward(geometry(), {
            x,
            weight: w,
            bias: undefined,
            residual: undefined,
            slope: undefined,
          }).y;
        return prepared("conv2d forward", [x, images], [w, kernels], op, (place) => {
          const pixel = Math.floor(place / channels), o = place % channels;
          return dot(taps * channels, (i) => {
            const [u, v] = tap(Math.floor(i / channels));
            return neighbour(x, pixel, u - half, v - half, i % channels);
          }, (i) => w[i * channels + o]);
        });
      },
    },
    {
      work: "conv2d input gradient",
      ...common,
      prepare: () => {
        const g = drawn(images, 2), w = drawn(kernels, 1);
        const op = (g: Tensor, w: Tensor) => convolveInputGrad(geometry(), g, w);
        return prepared("conv2d input gradient", [g, images], [w, kernels], op, (place) => {
          const pixel = Math.floor(place / channels), c = place % channels;
          return dot(taps * channels, (i) => {
            const [u, v] = tap(Math.floor(i / channels));
            return neighbour(g, pixel, half - u, half - v, i % channels);
          }, (i) => w[(Math.floor(i / channels) * channels + c) * channels + i % channels]);
        });
      },
    },
    {
      work: "conv2d weight gradient",
      ...common,
      prepare: () => {
        const x = drawn(images, 0), g = drawn(images, 2);
        const op = (x: Tensor, g: Tensor) => convolveWeightGrad(geometry(), x, g).weight;
        return prepared("conv2d weight gradient", [x, images], [g, images], op, (place) => {
          const o = place % channels, c = Math.floor(place / channels) % channels;
          const [u, v] = tap(Math.floor(place / channels ** 2));
          return dot(
            pixels,
            (pixel) => neighbour(x, pixel, u - half, v - half, c),
            (pixel) => g[pixel * channels + o],
          );
        });
      },
    },
  ];
}
