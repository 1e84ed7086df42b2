/** The functions of kernels/numbers.wgsl, at the ends of their ranges and between. */
import { assert, assertEquals } from "@std/assert";
import { Kernel } from "../../../src/gpu/kernel.ts";
import { launch } from "../../../src/ops/launch.ts";
import { scope } from "../../../src/tensor/scope.ts";
import { empty, readAll } from "../../../src/tensor/tensor.ts";
import { tensor } from "../../../src/tensor/make_tensor.ts";

const { fround } = Math;
const LARGEST = fround(3.4028234663852886e38), LEAST_NORMAL = 2 ** -126;
const ENDS = [NaN, Infinity, -Infinity, LARGEST, -LARGEST, LEAST_NORMAL, -LEAST_NORMAL, 0];
const VALUES = [
  ...ENDS,
  ...[1, 0.5, 0.05, 3, 11, 19.5, 50, 87, 88.5, 89, 104, 105, 710, 1e6, 2 ** 24, 1e20].flatMap((
    x,
  ) => [x, -x]),
].map(fround);

type F = (x: number, y: number) => number;

/** x^y in C; JavaScript has NaN for 1^NaN and (-1)^infinity. */
const pow: F = (x, y) => x === 1 || x === -1 && Math.abs(y) === Infinity ? 1 : Math.pow(x, y);

const FUNCTIONS: Record<string, F> = {
  "or_nan(Element(7.0), x)": (x) => Number.isNaN(x) ? NaN : 7,
  "select(Element(0.0), Element(1.0), is_nan(x))": (x) => Number.isNaN(x) ? 1 : 0,
  "larger(x, y)": Math.max,
  "smaller(x, y)": Math.min,
  "rectified(x)": (x) => Math.max(x, 0),
  "leaky(x, Element(0.5))": (x) => x < 0 ? 0.5 * x : x,
  "safe_exp(x)": Math.exp,
  "safe_log(x)": Math.log,
  "safe_sqrt(x)": Math.sqrt,
  "safe_sigmoid(x)": (x) => 1 / (1 + Math.exp(-x)),
  "safe_tanh(x)": Math.tanh,
  "safe_pow(x, y)": pow,
};

function kernelOf(call: string): Kernel {
  return new Kernel(
    `range of ${call}`,
    `// z[i] = f(x[i], y[i]). One thread an element.
// uses numbers.wgsl

struct Params {
  size: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> a: array<Element>;
@group(0) @binding(2) var<storage, read> b: array<Element>;
@group(0) @binding(3) var<storage, read_write> z: array<Element>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x < params.size) {
    let x = a[id.x];
    let y = b[id.x];
    z[id.x] = ${call};
  }
}
`,
  );
}

/** Equal to four digits of the float32, all beyond its ends being infinite or 0. */
function agree(found: number, exact: number): boolean {
  const expected = fround(exact);
  if (Number.isNaN(expected)) return Number.isNaN(found);
  if (Math.abs(expected) === Infinity) return found === expected;
  // What is subnormal may be 0.
  if (Math.abs(expected) < LEAST_NORMAL) return Math.abs(found) <= LEAST_NORMAL;
  return Math.abs(found - expected) <= 1e-4 * Math.abs(expected);
}

for (const [call, f] of Object.entries(FUNCTIONS)) {
  const ys = call.includes("y") ? VALUES : [0];
  for (const Element of ["f32", "vec4<f32>", undefined]) {
    Deno.test(`numbers.wgsl: ${call}, of ${Element ?? "the default"}`, async () => {
      using _ = scope();
      const pairs = VALUES.flatMap((x) => ys.map((y) => [x, y]));
      const [a, b, z] = [
        tensor(pairs.map(([x]) => x)),
        tensor(pairs.map(([, y]) => y)),
        empty([pairs.length]),
      ];
      const size = pairs.length / (Element === "vec4<f32>" ? 4 : 1);
      assert(Number.isInteger(size));
      launch(kernelOf(call), {
        constants: Element ? { Element } : {},
        params: { size },
        tensors: { a, b, z },
        threads: size,
      });
      const [found] = await readAll([z]);
      const wrong = pairs.flatMap(([x, y], i) =>
        agree(found[i], f(x, y)) ? [] : [`x = ${x}, y = ${y}: ${found[i]}, not ${fround(f(x, y))}`]
      );
      assertEquals(wrong, []);
    });
  }
}
