/** A convolution in float64, fast enough for a whole network. */
import { type Array64, zeros } from "../../src/reference/array64.ts";

/** The twin of conv2d is written to be read; this one has its loops in the order that runs fast. */
export function convolve(
  x: Array64,
  weight: Array64,
  bias: Array64,
  stride: number,
  padding: number,
): Array64 {
  const [batch, height, width, inputs] = x.shape, [kernel, , , outputs] = weight.shape;
  const outSize = (size: number) => Math.floor((size + 2 * padding - kernel) / stride) + 1;
  const outHeight = outSize(height), outWidth = outSize(width);
  const y = zeros([batch, outHeight, outWidth, outputs]);
  for (let pixel = 0; pixel < batch * outHeight * outWidth; pixel++) {
    const out = y.data.subarray(pixel * outputs, (pixel + 1) * outputs);
    out.set(bias.data);
    const n = Math.floor(pixel / (outHeight * outWidth));
    const i = Math.floor(pixel / outWidth) % outHeight, j = pixel % outWidth;
    for (let u = 0; u < kernel; u++) {
      for (let v = 0; v < kernel; v++) {
        const row = i * stride + u - padding, column = j * stride + v - padding;
        if (row < 0 || row >= height || column < 0 || column >= width) continue;
        const from = ((n * height + row) * width + column) * inputs;
        for (let c = 0; c < inputs; c++) {
          const value = x.data[from + c];
          const at = ((u * kernel + v) * inputs + c) * outputs;
          for (let o = 0; o < outputs; o++) out[o] += value * weight.data[at + o];
        }
      }
    }
  }
  return y;
}
