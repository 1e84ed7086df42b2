/** Sizes of a convolution, as its kernels want them. */
import { gpu } from "../gpu/device.ts";
import { tileFor } from "../gpu/tiles/tile_for.ts";
import type { Tile, Tiled } from "../gpu/tiles/tiles.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { padded } from "./channels.ts";

/** Sizes of a convolution; channels are those before padding. */
export interface Geometry {
  batch: number;
  height: number;
  width: number;
  inChannels: number;
  outHeight: number;
  outWidth: number;
  outChannels: number;
  kernelHeight: number;
  kernelWidth: number;
  stride: number;
  padding: number;
}

/** What a convolution is made of; its output's sizes follow. */
type Given = Omit<Geometry, "outHeight" | "outWidth">;

/** The side of an output of windows that move by `stride` over a side with `padding` on both ends. */
export function outSide(side: number, window: number, stride: number, padding: number): number {
  return Math.floor((side + 2 * padding - window) / stride) + 1;
}

/** All sizes of a convolution. */
export function withOutput(given: Given): Geometry {
  const { height, width, kernelHeight, kernelWidth, stride, padding } = given;
  return {
    ...given,
    outHeight: outSide(height, kernelHeight, stride, padding),
    outWidth: outSide(width, kernelWidth, stride, padding),
  };
}

/** The name of a convolution's shape among the tuned tiles. */
export function shapeKey(g: Geometry): string {
  return `${g.batch}x${g.height}x${g.width}x${g.inChannels} ${g.kernelHeight}x${g.kernelWidth} to ${g.outChannels}` +
    `, stride ${g.stride}, padding ${g.padding}`;
}

const KEY = /^(\d+)x(\d+)x(\d+)x(\d+) (\d+)x(\d+) to (\d+), stride (\d+), padding (\d+)$/;

/** The sizes of a convolution by its name; undefined for what is no such name, or no convolution. */
export function geometryOf(key: string): Geometry | undefined {
  const found = KEY.exec(key)?.slice(1).map(Number);
  if (!found) return undefined;
  const [batch, height, width, inChannels, kernelHeight, kernelWidth, outChannels, ...rest] = found;
  const [stride, padding] = rest;
  const image = { batch, height, width, inChannels };
  const g = withOutput({ ...image, outChannels, kernelHeight, kernelWidth, stride, padding });
  // A stride of 0 makes the output's size infinite or no number.
  const { padding: _, ...positive } = g;
  return Object.values(positive).every((n) => Number.isInteger(n) && n > 0) ? g : undefined;
}

/** The tile of one of its kernels. */
export function tileOf(g: Geometry, kernel: Tiled): Tile {
  return tileFor(gpu(), kernel, shapeKey(g));
}

/** The sizes that all kernels take, under their names for them. */
export function sizesOf(g: Geometry) {
  return {
    height: g.height,
    width: g.width,
    in4: padded(g.inChannels) / 4,
    out_height: g.outHeight,
    out_width: g.outWidth,
    out4: padded(g.outChannels) / 4,
    kernel_height: g.kernelHeight,
    kernel_width: g.kernelWidth,
    stride: g.stride,
    padding: g.padding,
  };
}

/** Operations of a convolution or of either gradient, as the formula has them: padding and bias left out. */
export function flopsOf(g: Geometry): number {
  const taps = g.kernelHeight * g.kernelWidth;
  return 2 * g.batch * g.outHeight * g.outWidth * taps * g.inChannels * g.outChannels;
}

/** Passes through the loops over a kernel's taps and the channels, `channels4` groups of four; `stride` leaves taps out. */
export function passesOf(g: Geometry, channels4: number, stride = 1): number {
  const taps = Math.ceil(g.kernelHeight / stride) * Math.ceil(g.kernelWidth / stride);
  return taps * (channels4 + 2) + 2 * g.kernelHeight;
}

/** Passes of a part at the most: a software driver may end longer loops (`launch.ts`). */
const LONGEST = 60_000;

/** How the rows of pixels of a batch are cut, so that there are workgroups enough for the adapter. */
export function partsOfRows(g: Geometry, groups: number, parallel: number) {
  const pixelRows = g.batch * g.outHeight;
  const longest = Math.ceil(pixelRows * (g.outWidth + 2) / LONGEST);
  const wanted = Math.min(pixelRows, Math.max(1, Math.ceil(parallel / groups), longest));
  const partRows = Math.ceil(pixelRows / wanted);
  return { pixelRows, partRows, parts: Math.ceil(pixelRows / partRows) };
}

/** The same for pixels one by one; parts are multiples of the four pixels of a step. */
export function partsOfPixels(g: Geometry, groups: number, parallel: number) {
  const pixels = g.batch * g.outHeight * g.outWidth;
  const wanted = Math.max(1, Math.ceil(parallel / groups), Math.ceil(pixels / (4 * LONGEST)));
  const partPixels = 4 * Math.ceil(pixels / wanted / 4);
  return { pixels, partPixels, parts: Math.ceil(pixels / partPixels) };
}

/** What a forward convolution reads; channels are padded. */
export interface ForwardOperands {
  /** `[batch, height, width, in]`. */
  x: Tensor;
  /** `[kernelHeight, kernelWidth, in, out]`. */
  weight: Tensor;
  /** `[out]`, added. */
  bias?: Tensor;
  /** `[batch, outHeight, outWidth, out]`, added. */
  residual?: Tensor;
  /** The slope of a PReLU that follows, `[1]` or `[out]`. */
  slope?: Tensor;
}

/** What follows a forward convolution, as its kernels take it: `before` is where they keep what a PReLU is given. */
export function epilogue(
  { x, weight, bias, residual, slope }: ForwardOperands,
  before: Tensor | undefined,
) {
  return {
    constants: {
      BIAS: bias !== undefined,
      PRELU: slope !== undefined,
      KEEP: before !== undefined,
    },
    params: { slopes: slope?.size ?? 1, add_residual: residual ? 1 : 0 },
    tensors: { x, weight, bias, residual, slope, before },
  };
}

/** Where in a part of the gradients, in elements, the bias begins, and how long the part is. */
export interface PartLayout {
  bias: number;
  size: number;
}

/** Weights first; the bias where a binding of its own may begin on any adapter (256 bytes). */
export function partLayout(weights: number, channels: number): PartLayout {
  const bias = Math.ceil(weights / 64) * 64;
  return { bias, size: bias + padded(channels) };
}

/** The same in the kernels' words, in groups of four. */
export function partParams({ bias, size }: PartLayout) {
  return { part4: size / 4, bias4: bias / 4 };
}
