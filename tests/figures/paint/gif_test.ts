import { assert, assertEquals } from "@std/assert";
import { newFrame, type Rgb } from "../../../src/figures/paint/canvas.ts";
import { delayFor } from "../../../src/figures/paint/gif.ts";
import { gifPalette, toIndices } from "../../../src/figures/paint/gif_palette.ts";
import { classColor } from "../../../src/figures/paint/palette.ts";
import { animations } from "../scenes/maps.ts";

/** The distance of two colours. */
function apart(a: Rgb, b: ArrayLike<number>): number {
  return Math.hypot(...a.map((value, c) => value - b[c]));
}

Deno.test("gifPalette() keeps white, black and the class colours close to themselves", () => {
  const palette = gifPalette(10);
  const wanted: Rgb[] = [[255, 255, 255], [0, 0, 0]];
  for (let k = 0; k < 10; k++) wanted.push(classColor(k));
  for (const color of wanted) {
    const [index] = toIndices(newFrame(1, 1, color), palette);
    assert(apart(palette.colors[index], color) < 14, `${color}`);
  }
});

Deno.test("gifPalette() holds 256 colours for any number of classes", () => {
  for (const classes of [0, 1, 100, 1000]) assertEquals(gifPalette(classes).colors.length, 256);
});

for (const [name, draw] of Object.entries(animations)) {
  for (const classes of [10, 26]) {
    Deno.test(`gifPalette() of ${classes} classes keeps the colours of ${name}.gif`, () => {
      const [frame] = draw();
      const palette = gifPalette(classes);
      const off = Array.from(
        toIndices(frame, palette),
        (index, i) => apart(palette.colors[index], frame.rgba.subarray(4 * i)),
      );
      const [most, sum] = off.reduce(([most, sum], v) => [Math.max(most, v), sum + v], [0, 0]);
      assert(most < 60 && sum / off.length < 2, `${most}, ${sum / off.length}`);
    });
  }
}

Deno.test("delayFor() shows a run in ten seconds, a frame between 0.1 and 1 second", () => {
  assertEquals([1, 20, 50, 1000].map(delayFor), [1000, 500, 200, 100]);
});
