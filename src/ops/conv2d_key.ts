/** A convolution from the name of its shape: the way back of `shapeKey()`. */
import type { Geometry } from "./conv2d_geometry.ts";

const KEY = /^(\d+)x(\d+)x(\d+)x(\d+) (\d+)x(\d+) to (\d+), stride (\d+), padding (\d+)$/;

/** The sizes of a convolution by its name; undefined for what is no such name, or no convolution. */
export function geometryOf(key: string): Omit<Geometry, "tiles"> | undefined {
  const found = KEY.exec(key);
  if (!found) return undefined;
  const [
    batch,
    height,
    width,
    inChannels,
    kernelHeight,
    kernelWidth,
    outChannels,
    stride,
    padding,
  ] = found.slice(1).map(Number);
  const out = (size: number, kernel: number) =>
    Math.floor((size + 2 * padding - kernel) / stride) + 1;
  const outHeight = out(height, kernelHeight), outWidth = out(width, kernelWidth);
  const sizes = {
    batch,
    height,
    width,
    inChannels,
    outHeight,
    outWidth,
    outChannels,
    kernelHeight,
    kernelWidth,
    stride,
  };
  // A stride of 0 makes the output's size infinite or no number.
  const real = Object.values(sizes).every((n) => Number.isInteger(n) && n > 0);
  return real ? { ...sizes, padding } : undefined;
}
