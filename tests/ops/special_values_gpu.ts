/**
 * The functions of one and two elements where an adapter may go its own way: NaN, infinities, both zeros, the ends of
 * float32 and beyond what exponentials hold. Value and gradient against the float64 twins, on every adapter.
 */
import { assertEquals } from "@std/assert";
import { backward, sum } from "../../src/ops/mod.ts";
import * as exported from "../../src/ops/mod.ts";
import { BINARY, type BinaryName, UNARY, type UnaryName } from "../../src/ops/elementwise.ts";
import { scope } from "../../src/tensor/scope.ts";
import { readAll, type Tensor } from "../../src/tensor/tensor.ts";
import { rounded, upload } from "../on_gpu.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { binary, binaryBackward } from "../../src/reference/binary.ts";
import { unary, unaryBackward } from "../../src/reference/unary.ts";

const LARGEST = 3.4028234663852886e38, LEAST_NORMAL = 2 ** -126;
/** What compares, though an adapter may calculate with 0 in its place. */
const SUBNORMAL = 2 ** -140;

const SIZES = [0, 1, 2, 3, 0.5, 0.3, 1e-3, 1e-6, 1e-20, 4.5, 11, 20, 50, 88, 88.5, 89, 104, 710];
const LARGE = [1e4, 123456.789, 2 ** 24 + 2, 1e10, 1e20, 3e30, LARGEST, LEAST_NORMAL, Infinity];
const NUMBERS = [NaN, ...[...SIZES, ...LARGE].flatMap((x) => [x, -x])];

/** Numbers for pairs: each is put beside each. 2 ** 23 + 1 is odd, and the number before it is there, too. */
const FEW = [
  NaN,
  ...[0, 1, 2, 3, 0.5, 2.5, 60, 2 ** 23 + 1, 1e-20, 1e36, Infinity].flatMap((x) => [x, -x]),
];

/** Equal up to rounding; beyond float32's range infinite, below its normal numbers anything that is as small. */
function agree(found: number, exact: number, tolerance: number): boolean {
  const expected = Math.fround(exact);
  if (!Number.isFinite(expected)) return Object.is(found, expected);
  // An adapter may take what is subnormal for 0, and so may what it multiplies that with.
  if (Math.abs(exact) < 2 * LEAST_NORMAL) return Math.abs(found) <= 2 * LEAST_NORMAL;
  return Math.abs(found - exact) <= tolerance * Math.abs(exact);
}

function assertAgree(
  what: string,
  found: ArrayLike<number>,
  expected: Array64,
  inputs: readonly Array64[],
  tolerance: number,
): void {
  const wrong = [...expected.data].flatMap((exact, i) =>
    agree(found[i], exact, tolerance) ? [] : [
      `${what} at ${inputs.map((x) => x.data[i]).join(", ")} is ${found[i]}, not ${
        Math.fround(exact)
      }`,
    ]
  );
  assertEquals(wrong, []);
}

const call = exported as unknown as Record<string, (...inputs: unknown[]) => Tensor>;

/** Options of those that have some. */
const OPTIONS: Partial<Record<UnaryName, object>> = {
  leakyRelu: { slope: 0.25 },
  clamp: { min: -0.5, max: 3 },
};

for (const name of UNARY) {
  Deno.test(`${name}() of NaN, infinities, zeros, and numbers of all sizes`, async () => {
    using _ = scope();
    const x = rounded(array64([NUMBERS.length], NUMBERS));
    const input = upload(x, true);
    const y = call[name](input, OPTIONS[name]);
    backward(sum(y));
    const [values, gradient] = await readAll([y, input.grad!]);
    const options = OPTIONS[name];
    assertAgree("value", values, unary(name, x, options), [x], 2e-5);
    const ones = array64(x.shape, x.data.map(() => 1));
    const expected = unaryBackward(name, ones, x, options);
    assertAgree("gradient", gradient, expected, [x], 1e-4);
  });
}

/** `a ** b` loses digits with the exponent: its logarithm is rounded before it is multiplied. */
const TOLERANCE: Partial<Record<BinaryName, number>> = { pow: 1e-4 };

for (const name of Object.keys(BINARY) as BinaryName[]) {
  Deno.test(`${name}() of NaN, infinities, zeros, and numbers of all sizes`, async () => {
    using _ = scope();
    const pairs = FEW.flatMap((a) => FEW.map((b) => [a, b]));
    const a = rounded(array64([pairs.length], pairs.map(([a]) => a)));
    const b = rounded(array64([pairs.length], pairs.map(([, b]) => b)));
    const inputs = [upload(a, true), upload(b, true)];
    const y = call[name](...inputs);
    const tolerance = TOLERANCE[name] ?? 1e-6;
    if (!y.requiresGrad) {
      assertAgree("value", await y.read(), binary(name, a, b), [a, b], tolerance);
      return;
    }
    backward(sum(y));
    const [values, gradA, gradB] = await readAll([y, ...inputs.map((t) => t.grad!)]);
    assertAgree("value", values, binary(name, a, b), [a, b], tolerance);
    const ones = array64(a.shape, a.data.map(() => 1));
    const expected = binaryBackward(name, ones, a, b);
    assertAgree("gradient of a", gradA, expected.a, [a, b], tolerance);
    assertAgree("gradient of b", gradB, expected.b, [a, b], tolerance);
  });
}

Deno.test("comparisons tell the smallest numbers apart", async () => {
  using _ = scope();
  const numbers = [0, -0, SUBNORMAL, -SUBNORMAL, 2 * SUBNORMAL, LEAST_NORMAL];
  const pairs = numbers.flatMap((a) => numbers.map((b) => [a, b]));
  const a = array64([pairs.length], pairs.map(([a]) => a));
  const b = array64([pairs.length], pairs.map(([, b]) => b));
  for (
    const name of ["greater", "greaterEqual", "less", "lessEqual", "equal", "notEqual"] as const
  ) {
    const y = await exported[name](upload(a), upload(b)).read();
    assertEquals([...y], [...binary(name, a, b).data], name);
  }
});
