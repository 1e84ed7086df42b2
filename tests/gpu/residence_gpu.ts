/** Arrays in textures: eager, recorded, seen in part, and what the driver makes of a kernel's parameters. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import source from "../../kernels/matmul.wgsl" with { type: "text" };
import { gpu } from "../../src/gpu/device.ts";
import { Kernel } from "../../src/gpu/kernel.ts";
import { launch } from "../../src/ops/launch.ts";
import { add, mul, neg, relu } from "../../src/ops/mod.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { empty } from "../../src/tensor/tensor.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { throughTextures } from "../ops/op_case.ts";

const ramp = (size: number, from = 0) => Float32Array.from({ length: size }, (_, i) => from + i);

Deno.test("arrays that live in textures are read back, in whole and in part", async () => {
  using _ = scope();
  using _small = throughTextures();
  const x = tensor(ramp(512)), y = neg(x), part = y.alias([4], 256);
  assertEquals([...await part.read()], [-256, -257, -258, -259]);
  assertEquals([...await neg(part).read()], [256, 257, 258, 259]);
  y.write(ramp(512, 1000)); // into the buffer: the texture is old now
  assertEquals([...await neg(part).read()], [-1256, -1257, -1258, -1259]);
});

Deno.test("an array written over in part keeps what stood beside it in its texture", async () => {
  using _ = scope();
  using _small = throughTextures();
  const y = neg(tensor(ramp(512)));
  const place = y.alias([256], 256);
  gpu().copy(tensor(ramp(256, 5000)).view, place.view);
  const values = await neg(y).read();
  assertEquals([values[255], values[256], values[511]], [255, -5000, -5255]);
});

Deno.test("a recorded step that is refused leaves no texture that nothing was copied into", async () => {
  using _ = scope();
  using _small = throughTextures();
  const x = tensor(ramp(512, 1));
  const step = recorded(() => {
    neg(x);
    throw new TypeError("this is no step");
  });
  assertThrows(step, TypeError, "this is no step");
  assertEquals([...await neg(x).read()], [...ramp(512, 1)].map((v) => -v));
});

Deno.test("a recorded step takes new inputs into its textures, and its results are read from them", async () => {
  using _ = scope();
  using _small = throughTextures();
  const x = tensor(ramp(64)), weight = tensor(ramp(64, 1));
  const step = recorded(() => {
    const y = mul(relu(add(x, weight)), 2);
    return { y, z: neg(y) };
  });
  for (const from of [0, 100, -200]) {
    x.write(ramp(64, from));
    const { y, z } = step();
    const expected = [...ramp(64, from)].map((v, i) => 2 * Math.max(0, v + 1 + i));
    assertEquals([...await y.read()], expected);
    assertEquals([...await add(y, z).read()], expected.map(() => 0)); // both through textures again
  }
  x.write(ramp(64, 7)); // eager work on the step's inputs in between
  assertEquals((await neg(x).read())[0], -7);
  assertEquals((await step().y.read())[0], 16);
  step.dispose();
});

Deno.test("what a step writes outside of itself is read anew: by itself, by the next replay, by eager work", async () => {
  using _ = scope();
  using _small = throughTextures();
  const x = tensor(ramp(64));
  const step = recorded(() => {
    const y = mul(x, 2);
    gpu().copy(y.view, x.view);
    return neg(x); // of the new one
  });
  for (const factor of [2, 4, 8]) {
    assertEquals((await step().read())[3], -3 * factor);
    assertEquals((await neg(x).read())[3], -3 * factor);
  }
  step.dispose();
});

Deno.test("what a step writes and does not read again is read anew by eager work", async () => {
  using _ = scope();
  using _small = throughTextures();
  const x = tensor(ramp(64));
  const step = recorded(() => gpu().copy(mul(x, 2).view, x.view));
  for (const factor of [2, 4, 8]) {
    step();
    assertEquals((await neg(x).read())[3], -3 * factor);
  }
  step.dispose();
});

Deno.test("a kernel is not compiled anew at each dispatch for the values of its parameters", async () => {
  using _ = scope();
  // Under a name of its own: no other test has run it yet, which can make the driver give up.
  const kernel = new Kernel("matmul_alone", source);
  const a = tensor(ramp(8 * 128), { shape: [8, 128] }), b = tensor(ramp(16), { shape: [8, 2] });
  const pairs = async (count: number) => {
    using _ = scope();
    const product = empty([128, 2]);
    for (let i = 0; i < count; i++) {
      launch(kernel, {
        constants: { ROWS: 8, COLS: 4, LANES: 8, TRANSPOSE_A: true, TRANSPOSE_B: false },
        params: { rows: 128, cols: 2, inner: 8 },
        tensors: { a, b, product },
        groups: [2, 1],
      });
      neg(b);
    }
    return await product.read();
  };
  assertEquals((await pairs(2))[0], [...ramp(8)].reduce((sum, k) => sum + 128 * k * 2 * k, 0));
  const before = Deno.memoryUsage().rss, PAIRS = 100;
  await pairs(PAIRS);
  const grown = (Deno.memoryUsage().rss - before) / PAIRS;
  assert(grown < 100_000, `${grown} bytes a dispatch`);
});
