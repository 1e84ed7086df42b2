/** The three computations of a convolution as problems. */
import { gpu } from "../gpu/device.ts";
import type { Tiled } from "../gpu/tiles/tiles.ts";
import { padded } from "../ops/channels.ts";
import type { Geometry } from "../ops/conv2d_geometry.ts";
import { convolveForward, convolveInputGrad, convolveWeightGrad } from "../ops/conv2d_kernels.ts";
import { drawn, type Operand } from "./operand.ts";
import type { Problem } from "./problem.ts";
import { dot } from "./samples.ts";

type Sizes = Omit<Geometry, "tiles">;

/** Channels as the kernels see them: those that pad to a multiple of four hold numbers like the others. */
function layout(g: Sizes) {
  const channels = padded(g.inChannels), outs = padded(g.outChannels);
  const { batch, height, width, outHeight, outWidth, kernelHeight, kernelWidth } = g;
  return {
    channels,
    outs,
    x: [batch, height, width, channels],
    y: [batch, outHeight, outWidth, outs],
    weight: [kernelHeight, kernelWidth, channels, outs],
  };
}

const withTiles = (g: Sizes): Geometry => ({ ...g, tiles: gpu().tiles });

/** What an index of an array `[..., sizes]` says of each axis. */
function split(place: number, ...sizes: number[]): number[] {
  const found = sizes.toReversed().map((size) => {
    const at = place % size;
    place = Math.floor(place / size);
    return at;
  });
  return [place, ...found.toReversed()];
}

/** By kernel: its problem for the sizes of a convolution. */
export const CONVOLUTIONS: Record<Exclude<Tiled, "matmul">, (g: Sizes) => Problem> = {
  conv2dForward: (g) => {
    const { channels, outs, ...shapes } = layout(g);
    const x = drawn(shapes.x, 0), w = drawn(shapes.weight, 1);
    return {
      inputs: [x, w],
      op: (x, weight) => [convolveForward(withTiles(g), { x, weight }).y],
      expected: (place) => {
        const [n, i, j, o] = split(place, g.outHeight, g.outWidth, outs);
        return dot(g.kernelHeight * g.kernelWidth * channels, (at) => {
          const [u, v, c] = split(at, g.kernelWidth, channels);
          return pixel(x, n, i * g.stride + u - g.padding, j * g.stride + v - g.padding, c);
        }, (at) => w.data[at * outs + o]);
      },
    };
  },
  conv2dInputGrad: (g) => {
    const { channels, outs, ...shapes } = layout(g);
    const grad = drawn(shapes.y, 2), w = drawn(shapes.weight, 1);
    return {
      inputs: [grad, w],
      op: (grad, w) => [convolveInputGrad(withTiles(g), grad, w)],
      expected: (place) => {
        const [n, row, column, c] = split(place, g.height, g.width, channels);
        return dot(g.kernelHeight * g.kernelWidth * outs, (at) => {
          const [u, v, o] = split(at, g.kernelWidth, outs);
          const i = (row + g.padding - u) / g.stride, j = (column + g.padding - v) / g.stride;
          return Number.isInteger(i) && Number.isInteger(j) ? pixel(grad, n, i, j, o) : 0;
        }, (at) => {
          const [u, v, o] = split(at, g.kernelWidth, outs);
          return w.data[((u * g.kernelWidth + v) * channels + c) * outs + o];
        });
      },
    };
  },
  conv2dWeightGrad: (g) => {
    const { channels, outs, ...shapes } = layout(g);
    const x = drawn(shapes.x, 0), grad = drawn(shapes.y, 2);
    return {
      inputs: [x, grad],
      op: (x, grad) => {
        const { weight, bias } = convolveWeightGrad(withTiles(g), x, grad);
        return [weight, bias];
      },
      expected: (place) => {
        const [u, v, c, o] = split(place, g.kernelWidth, channels, outs);
        // All pixels of a batch: indices are counted, not split.
        let n = 0, i = 0, j = 0;
        return dot(g.batch * g.outHeight * g.outWidth, () => {
          const value = pixel(x, n, i * g.stride + u - g.padding, j * g.stride + v - g.padding, c);
          if (++j === g.outWidth) j = 0, i++;
          if (i === g.outHeight) i = 0, n++;
          return value;
        }, (at) => grad.data[at * outs + o]);
      },
    };
  },
};

/** An element of images, 0 outside of them. */
function pixel(
  { shape, data }: Operand,
  n: number,
  row: number,
  column: number,
  c: number,
): number {
  const [, height, width, channels] = shape;
  if (row < 0 || row >= height || column < 0 || column >= width) return 0;
  return data[((n * height + row) * width + column) * channels + c];
}
