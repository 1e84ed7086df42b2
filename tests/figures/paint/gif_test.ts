import { assert, assertEquals, assertThrows } from "@std/assert";
import { newFrame, type Rgb } from "../../../src/figures/paint/canvas.ts";
import { changes, delayFor, GifWriter } from "../../../src/figures/paint/gif.ts";
import { gifPalette, toIndices, UNUSED } from "../../../src/figures/paint/gif_palette.ts";
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

Deno.test("no pixel takes the index that stands for an unchanged one", () => {
  for (const classes of [0, 1, 10, 100, 160, 1000]) {
    assert(!gifPalette(classes).nearest.includes(UNUSED), `${classes} classes`);
  }
});

Deno.test("a later frame leaves out long runs of unchanged pixels, and they show through", () => {
  const before = Uint8Array.from({ length: 200 }, (_, i) => i % 7);
  for (const changed of [[], [0], [31], [32], [100, 131, 199], [100, 133]]) {
    const frame = before.slice();
    for (const i of changed) frame[i] = 8;
    const written = changes(frame, before);
    assertEquals(written.map((index, i) => index === UNUSED ? before[i] : index), frame);
    assertEquals(changed.map((i) => written[i]), changed.map(() => 8));
  }
  const runs = before.slice();
  runs[31] = runs[64] = 8; // 31 unchanged, then 32, then 135
  assertEquals([30, 32, 63, 65, 199].map((i) => changes(runs, before)[i] === UNUSED), [
    ...[false, true, true, true, true],
  ]);
});

Deno.test("a frame that is as before takes few bytes", () => {
  const [length, more] = [1, 2].map((count) => {
    const writer = new GifWriter();
    const frame = newFrame(300, 200);
    for (let i = 0; i < frame.rgba.length; i += 4) frame.rgba[i] = i * i % 251;
    for (let n = 0; n < count; n++) writer.add(frame);
    return writer.finish().length;
  });
  assert(length > 5000 && more - length < 1000, `${length}, ${more}`);
});

Deno.test("GifWriter refuses to go on when the file is finished", () => {
  const writer = new GifWriter();
  writer.add(newFrame(2, 2));
  writer.finish();
  const message = "Cannot go on with a GIF that is finished: make another GifWriter";
  assertThrows(() => writer.add(newFrame(2, 2)), TypeError, message);
  assertThrows(() => writer.finish(), TypeError, message);
});
