/** Cases of conv2d. */
import { SOFTWARE_TILES } from "../../src/gpu/tiles/tiles.ts";
import { ops } from "../../src/ops/mod.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import * as twin from "../../src/reference/conv2d.ts";
import { prelu, preluBackward } from "../../src/reference/prelu.ts";
import { uniform } from "../../src/reference/uniform.ts";
import type { OpCase } from "./op_case.ts";

/** Sizes of a case. */
export interface ConvSizes {
  /** Batch, height, width, channels. */
  x: readonly number[];
  /** Height and width; a number for both. */
  kernel: number | readonly [number, number];
  /** Output channels. */
  out: number;
  stride?: number;
  padding?: number;
  bias?: boolean;
  wrt?: readonly number[];
}

/** The convolution of these sizes. */
export function convCase(
  name: string,
  { x, kernel, out, stride = 1, padding = 0, bias = false, wrt }: ConvSizes,
): OpCase {
  const [kh, kw] = typeof kernel === "number" ? [kernel, kernel] : kernel;
  const options = { stride, padding };
  const inputs = [uniform(x), uniform([kh, kw, x[3], out], { seed: 2 })];
  if (bias) inputs.push(uniform([out], { seed: 3 }));
  return {
    name: `${name}: [${x}] by ${kh}x${kw}, ${out} out, stride ${stride}, padding ${padding}${
      bias ? ", bias" : ""
    }`,
    inputs,
    wrt,
    gpu: (x, weight, bias?) => ops.conv2d(x, weight, bias, options),
    twin: (x, weight, bias?) => twin.conv2d(x, weight, bias, options),
    backward: (g, x, weight) => [
      twin.conv2dInputGradient(g, weight, x.shape, options),
      twin.conv2dWeightGradient(g, x, weight.shape, options),
      twin.conv2dBiasGradient(g),
    ],
  };
}

/** A convolution (3x3, padding 1) with a bias, a residual and a PReLU of one slope or one a channel. */
function epilogueCase(
  name: string,
  [batch, side, channels]: number[],
  out: number,
  slopes: number,
): OpCase {
  const options = { padding: 1 };
  const x = [batch, side, side, channels], y = [batch, side, side, out];
  const before = (x: Array64, weight: Array64, bias: Array64, residual: Array64) => {
    const z = twin.conv2d(x, weight, bias, options);
    return array64(y, z.data.map((value, i) => value + residual.data[i]));
  };
  return {
    name: `${name}: [${x}] by 3x3, ${out} out, bias, residual, PReLU of ${slopes}`,
    inputs: [
      uniform(x),
      uniform([3, 3, channels, out], { seed: 2 }),
      uniform([out], { seed: 3 }),
      uniform(y, { seed: 4 }),
      uniform([slopes], { seed: 5 }),
    ],
    gpu: (x, weight, bias, residual, prelu) =>
      ops.conv2d(x, weight, bias, { ...options, residual, prelu }),
    twin: (x, weight, bias, residual, slope) => prelu(before(x, weight, bias, residual), slope),
    backward: (g, x, weight, bias, residual, slope) => {
      const gradZ = preluBackward(g, before(x, weight, bias, residual), slope);
      const z = gradZ.x;
      return [
        twin.conv2dInputGradient(z, weight, x.shape, options),
        twin.conv2dWeightGradient(z, x, weight.shape, options),
        twin.conv2dBiasGradient(z),
        z,
        gradZ.weight,
      ];
    },
  };
}

/** `conv2d(x) + x`: what has gathered of the gradient of x is added by the convolution's own kernel. */
const gatherCase: OpCase = {
  name: "adds to the gradient that has gathered of its input",
  inputs: [uniform([2, 5, 4, 8]), uniform([3, 3, 8, 8], { seed: 2 })],
  gpu: (x, weight) => {
    const inner = ops.mul(x, 1); // no leaf: what gathers of a leaf stays with it
    return ops.add(ops.conv2d(inner, weight, undefined, { padding: 1 }), inner);
  },
  twin: (x, weight) => {
    const y = twin.conv2d(x, weight, undefined, { padding: 1 });
    return array64(y.shape, y.data.map((value, i) => value + x.data[i]));
  },
  backward: (g, x, weight) => {
    const gradX = twin.conv2dInputGradient(g, weight, x.shape, { padding: 1 });
    return [
      array64(x.shape, gradX.data.map((value, i) => value + g.data[i])),
      twin.conv2dWeightGradient(g, x, weight.shape, { padding: 1 }),
    ];
  },
};

/** Images of fewer rows or columns than the stride: of the classes of pixels that it parts, some have none. */
export const narrowCases: OpCase[] = [
  convCase("strides past a pixel", { x: [2, 1, 1, 4], kernel: 3, out: 4, stride: 2, padding: 1 }),
  convCase("strides past a row", { x: [3, 1, 5, 4], kernel: 3, out: 3, stride: 2, padding: 1 }),
  convCase("strides past a column", { x: [3, 5, 1, 3], kernel: 3, out: 4, stride: 2, padding: 1 }),
  convCase("strides past two rows", { x: [2, 2, 4, 4], kernel: 1, out: 4, stride: 3 }),
  convCase("strides past two columns", { x: [3, 4, 2, 5], kernel: 1, out: 3, stride: 3 }),
];

/**
 * Images of so many pixels and channels that a software adapter takes Winograd's products; central differences of such
 * convolutions take too long, and the twin's gradients are compared with those of the others.
 */
const winogradCases: OpCase[] = [
  convCase("multiplies strips", { x: [2, 23, 23, 64], kernel: 3, out: 65, padding: 1, bias: true }),
  convCase("multiplies strips of images without padding", {
    x: [3, 21, 22, 68],
    kernel: 3,
    out: 64,
  }),
  convCase("multiplies strips of large kernels", {
    x: [2, 11, 50, 33],
    kernel: 5,
    out: 32,
    padding: 2,
  }),
  epilogueCase("does what follows strips", [1, 32, 64], 68, 68),
].map((test) => ({ ...test, differences: [] }));

const tile = SOFTWARE_TILES.conv2dForward;
/** One more than a workgroup takes; a tile of few channels is up to twice as tall. */
const pixels = 2 * tile.rows * tile.lanes + 1;
const channels = 4 * tile.cols + 1;

export const conv2dCases: OpCase[] = [
  convCase("handles one pixel", { x: [3, 1, 1, 5], kernel: 1, out: 3 }),
  convCase("handles one pixel more than the tile", { x: [1, 1, pixels, 1], kernel: 1, out: 1 }),
  convCase("handles channels beyond the tile", { x: [1, 5, 4, channels], kernel: 3, out: 5 }),
  convCase("handles out channels beyond the tile", { x: [1, 4, 5, 5], kernel: 3, out: channels }),
  convCase("keeps the image's size", {
    x: [2, 7, 5, 3],
    kernel: 3,
    out: 5,
    padding: 1,
    bias: true,
  }),
  convCase("keeps the image's size", {
    x: [2, 7, 9, 1],
    kernel: 5,
    out: 4,
    padding: 2,
    bias: true,
  }),
  convCase("pads more than it needs", { x: [1, 5, 3, 3], kernel: 3, out: 4, padding: 2 }),
  convCase("pads a small kernel", { x: [1, 3, 4, 4], kernel: 1, out: 3, padding: 1, bias: true }),
  convCase("strides without padding", { x: [2, 9, 7, 4], kernel: 1, out: 4, stride: 2 }),
  convCase("strides evenly", { x: [2, 9, 7, 4], kernel: 3, out: 3, stride: 2, padding: 1 }),
  convCase("leaves remainder rows", { x: [1, 8, 7, 3], kernel: 3, out: 5, stride: 2, padding: 1 }),
  convCase("leaves remainder rows and columns", {
    x: [2, 10, 11, 4],
    kernel: 3,
    out: 1,
    stride: 3,
  }),
  convCase("leaves remainder rows", { x: [1, 11, 8, 5], kernel: 5, out: 3, stride: 3, padding: 2 }),
  convCase("skips pixels between kernels", { x: [1, 8, 7, 3], kernel: 1, out: 1, stride: 3 }),
  convCase("strides a large kernel", { x: [1, 9, 6, 1], kernel: 5, out: 3, stride: 2, padding: 1 }),
  convCase("takes a kernel as large as the image", { x: [2, 5, 5, 3], kernel: 5, out: 3 }),
  convCase("takes a kernel larger than the image", {
    x: [1, 3, 4, 1],
    kernel: 5,
    out: 4,
    padding: 2,
  }),
  convCase("takes a kernel that is not square", {
    x: [1, 4, 7, 3],
    kernel: [1, 3],
    out: 4,
    stride: 2,
    padding: 1,
  }),
  convCase("skips images without gradient", { x: [1, 4, 3, 1], kernel: 3, out: 1, wrt: [1] }),
  convCase("skips weights without gradient", { x: [1, 4, 3, 1], kernel: 3, out: 1, wrt: [0] }),
  convCase("runs without any gradient", { x: [1, 4, 3, 1], kernel: 3, out: 1, wrt: [] }),
  convCase("trains only a bias", { x: [1, 4, 3, 1], kernel: 3, out: 4, bias: true, wrt: [2] }),
  epilogueCase("does what follows", [2, 5, 3], 5, 1),
  epilogueCase("does what follows", [1, 4, 4], 9, 9),
  gatherCase,
  ...narrowCases,
  ...winogradCases,
];
