import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Rgb } from "../../src/figures/canvas.ts";
import { divergingColor } from "../../src/figures/diverging.ts";
import { matrixMap } from "../../src/figures/matrix_map.ts";
import { eyes, smallestDistance } from "./color_vision.ts";
import { count } from "./pixels.ts";

/** A matrix of `n` names with `value` beside a diagonal of ones. */
function draw(n: number, value: number, name = "") {
  const values = Array.from({ length: n * n }, (_, i) => i % (n + 1) === 0 ? 1 : value);
  return matrixMap({ title: "test", values, names: Array.from({ length: n }, (_, k) => name + k) });
}

for (const eye of Object.keys(eyes) as (keyof typeof eyes)[]) {
  Deno.test(`divergingColor() keeps strength and sign apart with ${eye}`, () => {
    const steps: Rgb[] = [-1, -0.6, -0.3, 0, 0.3, 0.6, 1].map(divergingColor);
    assert(smallestDistance(steps, eye) > 12, `${smallestDistance(steps, eye)}`);
  });
}

Deno.test("divergingColor() stays at its ends beyond them", () => {
  assertEquals([-7, 7].map(divergingColor), [-1, 1].map(divergingColor));
});

Deno.test("matrixMap() colours every cell by its value", () => {
  const frame = draw(20, -0.55);
  const cell = 30 * 30;
  assertEquals(Math.round(count(frame, divergingColor(-0.55)) / cell), 380);
  assertEquals(Math.round(count(frame, divergingColor(1)) / cell), 20);
});

Deno.test("matrixMap() writes values up to sixteen names, and those unknown in grey", () => {
  const window = { left: 100, top: 100, width: 400, height: 400 };
  const dark = (n: number) => count(draw(n, 0.1), [60, 60, 60], { window, tolerance: 40 });
  assert(dark(16) > 200, `${dark(16)}`);
  assertEquals(dark(17), 0);
  assert(count(draw(4, NaN), [217, 220, 225]) > 12 * 2000);
});

Deno.test("matrixMap() keeps a README's width, whatever the names", () => {
  for (const n of [1, 2, 10, 26, 100]) {
    for (const name of ["", "ankle boot, brown, of kind "]) {
      const { width, height } = draw(n, 0.2, name);
      assert(width >= 480 && width <= 960 && height <= 960, `${n}: ${width} x ${height}`);
    }
  }
});

Deno.test("matrixMap() refuses what is no matrix of correlations", () => {
  const refuse = (values: number[], names: string[], type: typeof TypeError, message: string) =>
    assertThrows(() => matrixMap({ title: "test", values, names }), type, message);
  refuse([], [], RangeError, "Cannot draw a matrix without names");
  refuse([1, 2, 3], ["a", "b"], TypeError, "Cannot draw 3 values with 2 names: it must be 2 x 2");
  refuse([1.5], ["a"], RangeError, "Cannot draw the correlation 1.5");
});
