import { assertEquals, assertThrows } from "@std/assert";
import { geometryOf, shapeKey } from "../../src/ops/conv2d_geometry.ts";
import { matmulKey, productOf } from "../../src/ops/matmul_sizes.ts";
import { flopsOf, keyOf, type Use, useOf, worthTuning } from "../../src/tune/use.ts";

// Names in caches and in configs of runs: another wording would make them worthless.
const CONVOLUTION = "128x26x13x32 3x5 to 64, stride 2, padding 1";

Deno.test("geometryOf() is the way back of shapeKey()", () => {
  const g = geometryOf(CONVOLUTION)!;
  assertEquals(g, {
    batch: 128,
    height: 26,
    width: 13,
    inChannels: 32,
    outHeight: 13,
    outWidth: 6,
    outChannels: 64,
    kernelHeight: 3,
    kernelWidth: 5,
    stride: 2,
    padding: 1,
  });
  assertEquals(shapeKey(g), CONVOLUTION);
});

Deno.test("productOf() is the way back of matmulKey()", () => {
  for (const key of ["512x256 by 256x64", "7x1T by 1x3", "7x1 by 1x3T", "7x1T by 1x3T"]) {
    assertEquals(matmulKey(productOf(key)!), key);
  }
  assertEquals(productOf("7x2T by 2x3"), {
    rows: 7,
    inner: 2,
    cols: 3,
    transposeA: true,
    transposeB: false,
  });
});

Deno.test("geometryOf() and productOf() refuse names of nothing", () => {
  const none = ["", "7x2 by 3x4", "0x2 by 2x3", "7x2 by 2x3 ", "7x2 by 2x3U", CONVOLUTION];
  assertEquals(none.map(productOf), none.map(() => undefined));
  const names = [
    "",
    "7x2 by 2x3",
    CONVOLUTION.replace("stride 2", "stride 0"),
    CONVOLUTION.replace("3x5", "99x5"),
    CONVOLUTION.replace("128x", "0x"),
    CONVOLUTION.replace("128x", "-1x"),
    `${CONVOLUTION}, more`,
  ];
  assertEquals(names.map(geometryOf), names.map(() => undefined));
});

Deno.test("useOf() is the way back of keyOf(), and knows only kernels that have tiles", () => {
  const uses: Use[] = [
    { kernel: "matmul", shape: "8x4 by 4x2" },
    { kernel: "conv2dInputGrad", shape: CONVOLUTION },
  ];
  assertEquals(uses.map(keyOf), ["matmul 8x4 by 4x2", `conv2dInputGrad ${CONVOLUTION}`]);
  assertEquals(uses.map(keyOf).map(useOf), uses);
  const none = ["", "matmul", `matmul ${CONVOLUTION}`, "conv2d 8x4 by 4x2", "toString 8x4 by 4x2"];
  assertEquals(none.map(useOf), none.map(() => undefined));
});

Deno.test("flopsOf() counts a multiply-add as two", () => {
  assertEquals(flopsOf({ kernel: "matmul", shape: "8x4 by 4x2" }), 2 * 8 * 4 * 2);
  const flops = 2 * 128 * 13 * 6 * 3 * 5 * 32 * 64;
  assertEquals(flopsOf({ kernel: "conv2dForward", shape: CONVOLUTION }), flops);
  assertThrows(() => flopsOf({ kernel: "matmul", shape: "8 by 4" }), TypeError, "no such shape");
});

Deno.test("worthTuning() leaves out what takes a dispatch's time, and sorts by work", () => {
  const small: Use = { kernel: "matmul", shape: "128x128 by 128x2" };
  const large: Use = { kernel: "conv2dForward", shape: CONVOLUTION };
  const larger: Use = { kernel: "matmul", shape: "1024x512 by 512x512" };
  const twin: Use = { kernel: "conv2dWeightGrad", shape: CONVOLUTION };
  assertEquals(
    worthTuning([twin, small, larger, large]),
    [larger, large, twin].sort((a, b) => flopsOf(b) - flopsOf(a)),
  );
});
