/** Kernels with answers that are known exactly, run on the adapter. */
import { gpu } from "../../src/gpu/device.ts";
import { conv2d } from "../../src/ops/conv2d.ts";
import { matmul } from "../../src/ops/matmul.ts";
import { philoxBits } from "../../src/ops/philox.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";

/** One kernel and whether the adapter computes it right. */
export interface Check {
  /** What ran. */
  name: string;
  passed: boolean;
  /** Where it differs, or what the adapter said; absent when passed. */
  problem?: string;
}

/** Philox4x32-10 for key 0, counter 0: `kat_vectors` of Random123. */
const PHILOX = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8];

/** Runs every check. A kernel that does not compile or crashes fails its own check only. */
export async function runChecks(): Promise<Check[]> {
  return [
    await check(
      "philox: random bits, key 0, counter 0",
      PHILOX,
      () => philoxBits(1, [0, 0], [0, 0, 0]),
    ),
    await checkMatmul(),
    await checkConv2d(),
  ];
}

/** One check: runs a kernel and compares. */
export async function check(
  name: string,
  expected: ArrayLike<number>,
  run: () => Promise<ArrayLike<number>>,
): Promise<Check> {
  try {
    const found = await run();
    const problem = difference(found, expected);
    return problem === undefined ? { name, passed: true } : { name, passed: false, problem };
  } catch (error) {
    gpu().takeFailure();
    return { name, passed: false, problem: (error as Error).message };
  }
}

/** The first element that differs, if any. */
function difference(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
): string | undefined {
  if (found.length !== expected.length) return `${found.length} numbers, not ${expected.length}`;
  for (let i = 0; i < found.length; i++) {
    if (found[i] !== expected[i]) {
      return `element ${i} is ${found[i]}, should be ${expected[i]}`;
    }
  }
}

/** Small whole numbers, so that float32 sums are exact in any order. */
function wholeNumbers(length: number, factor: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => i * factor % 11 - 5);
}

/** Sizes that are no multiples of any tile. */
function checkMatmul(): Promise<Check> {
  const rows = 67, inner = 13, cols = 19;
  const a = wholeNumbers(rows * inner, 7), b = wholeNumbers(inner * cols, 5);
  const expected = Float32Array.from({ length: rows * cols }, (_, at) => {
    const i = Math.floor(at / cols), j = at % cols;
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += a[i * inner + k] * b[k * cols + j];
    return sum;
  });
  return check(`matmul: [${rows}, ${inner}] by [${inner}, ${cols}]`, expected, () => {
    using _ = scope();
    return matmul(tensor(a, { shape: [rows, inner] }), tensor(b, { shape: [inner, cols] })).read();
  });
}

/** The convolution, whose kernel shares loads within a subgroup where the adapter's tiles ask for that. */
function checkConv2d(): Promise<Check> {
  const batch = 2, side = 9, channels = 3, kernel = 3, out = 37, outSide = side - kernel + 1;
  const x = wholeNumbers(batch * side * side * channels, 7);
  const weight = wholeNumbers(kernel * kernel * channels * out, 5);
  const expected = new Float32Array(batch * outSide * outSide * out);
  for (let at = 0; at < expected.length; at++) {
    const o = at % out, pixel = Math.floor(at / out);
    const column = pixel % outSide, row = Math.floor(pixel / outSide) % outSide;
    const n = Math.floor(pixel / outSide / outSide);
    for (let u = 0; u < kernel; u++) {
      for (let v = 0; v < kernel; v++) {
        for (let c = 0; c < channels; c++) {
          const from = ((n * side + row + u) * side + column + v) * channels + c;
          expected[at] += x[from] * weight[((u * kernel + v) * channels + c) * out + o];
        }
      }
    }
  }
  return check(`conv2d: ${kernel}x${kernel}, ${channels} to ${out} channels`, expected, () => {
    using _ = scope();
    return conv2d(
      tensor(x, { shape: [batch, side, side, channels] }),
      tensor(weight, { shape: [kernel, kernel, channels, out] }),
    ).read();
  });
}
