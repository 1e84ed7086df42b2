/** Kernels with answers that are known exactly, run on the adapter. */
import { gpu } from "../../src/gpu/device.ts";
import { conv2d } from "../../src/ops/conv2d.ts";
import { matmul } from "../../src/ops/matmul.ts";
import { philoxBits } from "../../src/ops/philox.ts";
import { scope } from "../../src/tensor/scope.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { conv2d as conv2dTwin } from "../../src/reference/conv2d.ts";
import { matmul as matmulTwin } from "../../src/reference/matmul.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
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
function wholeNumbers(shape: readonly number[], factor: number): Array64 {
  const length = shape.reduce((a, b) => a * b);
  return array64(shape, Array.from({ length }, (_, i) => i * factor % 11 - 5));
}

/** An op of two arrays beside its float64 twin. */
function checkOp(
  name: string,
  [a, b]: readonly [Array64, Array64],
  op: (a: Tensor, b: Tensor) => Tensor,
  twin: (a: Array64, b: Array64) => Array64,
): Promise<Check> {
  return check(name, twin(a, b).data, () => {
    using _ = scope();
    return op(tensor(a.data, { shape: a.shape }), tensor(b.data, { shape: b.shape })).read();
  });
}

/** Sizes that are no multiples of any tile. */
function checkMatmul(): Promise<Check> {
  const operands = [wholeNumbers([67, 13], 7), wholeNumbers([13, 19], 5)] as const;
  return checkOp("matmul: [67, 13] by [13, 19]", operands, matmul, matmulTwin);
}

/** The convolution, whose kernel shares loads within a subgroup where the adapter's tiles ask for that. */
function checkConv2d(): Promise<Check> {
  const operands = [wholeNumbers([2, 9, 9, 3], 7), wholeNumbers([3, 3, 3, 37], 5)] as const;
  return checkOp("conv2d: 3x3, 3 to 37 channels", operands, conv2d, conv2dTwin);
}
