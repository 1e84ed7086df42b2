import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type Frame, newFrame } from "../../src/figures/canvas.ts";
import { paintMask } from "../../src/figures/mask.ts";
import { strokeLine } from "../../src/figures/stroke.ts";
import { drawText, fitText, textWidth } from "../../src/figures/text.ts";

/** Left, top, right and bottom of what is clearly not white, borders included. */
function bounds({ width, height, rgba }: Frame): number[] {
  const box = [width, height, -1, -1];
  for (let i = 0; i < width * height; i++) {
    if (rgba[4 * i] > 230) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

/** How dark each row of the frame is, in full black pixels. */
function darkness({ width, height, rgba }: Frame): number[] {
  return Array.from({ length: height }, (_, y) => {
    let sum = 0;
    for (let x = 0; x < width; x++) sum += 1 - rgba[4 * (y * width + x)] / 255;
    return sum;
  });
}

Deno.test("paintMask() measures how much of each pixel is covered", () => {
  const { share } = paintMask(3, 3, (context) => {
    context.beginPath();
    context.rect(0.5, 0.25, 2, 1.75);
    context.fill();
  });
  [0.375, 0.75, 0.375, 0.5, 1, 0.5, 0, 0, 0].forEach((expected, i) =>
    assertAlmostEquals(share[i], expected, 0.01)
  );
});

Deno.test("paintMask() does not count twice what is painted twice", () => {
  const { share } = paintMask(2, 1, (context) => {
    for (const width of [1.25, 1.25, 0.5]) context.fillRect(0, 0, width, 1);
  });
  assertAlmostEquals(share[0], 1, 0.01);
  assertAlmostEquals(share[1], 0.25, 0.01);
});

Deno.test("drawText() draws bars equally thick wherever they fall between pixel rows", () => {
  const thickness = [18, 18.3, 18.7, 19.2, 19.6].map((size) => {
    const frame = newFrame(40, 40);
    drawText(frame, "\u2014", 5, 30, { size, color: [0, 0, 0] });
    return darkness(frame).reduce((sum, row) => sum + row, 0) / size ** 2;
  });
  assert(Math.max(...thickness) < 1.15 * Math.min(...thickness), `${thickness}`);
});

Deno.test("strokeLine() draws a flat slope without steps", () => {
  const frame = newFrame(100, 20);
  strokeLine(frame, [[5, 8], [50, 9], [95, 10]], { width: 2, color: [0, 0, 0] });
  for (let x = 10; x < 90; x++) {
    let [sum, moment] = [0, 0];
    for (let y = 0; y < 20; y++) {
      const share = 1 - frame.rgba[4 * (y * 100 + x)] / 255;
      sum += share;
      moment += share * (y + 0.5);
    }
    assertAlmostEquals(sum, 2, 0.2);
    assertAlmostEquals(moment / sum, 8 + (x + 0.5 - 5) / 45, 0.1);
  }
});

Deno.test("drawText() stands on its baseline", () => {
  const frame = newFrame(80, 40);
  drawText(frame, "HH", 10, 30, { size: 22 });
  const [left, top, right, bottom] = bounds(frame);
  assertEquals([top, bottom], [14, 29], "capitals of size 22 are 16 pixels high");
  assert(left >= 11 && right <= 10 + textWidth("HH", 22));
});

Deno.test("drawText() aligns to either end and to the middle", () => {
  const width = textWidth("label");
  const lefts = (["left", "center", "right"] as const).map((align) => {
    const frame = newFrame(120, 30);
    drawText(frame, "label", 60, 20, { align });
    return bounds(frame)[0];
  });
  assertAlmostEquals(lefts[0] - lefts[1], width / 2, 1);
  assertAlmostEquals(lefts[0] - lefts[2], width, 1);
});

Deno.test("drawText() upwards is the same text turned by a quarter", () => {
  const [flat, turned] = [newFrame(50, 50), newFrame(50, 50)];
  drawText(flat, "Qj4", 10, 30);
  drawText(turned, "Qj4", 30, 40, { upwards: true });
  for (let y = 0; y < 50; y++) {
    for (let x = 0; x < 50; x++) {
      assertEquals(turned.rgba[4 * ((49 - x) * 50 + y)], flat.rgba[4 * (y * 50 + x)]);
    }
  }
});

Deno.test("drawText() is cut at the frame's border", () => {
  const frame = newFrame(20, 10);
  drawText(frame, "far too long a text", -30, 12);
  assert(bounds(frame)[2] >= 0);
});

Deno.test("fitText() shortens with an ellipsis", () => {
  assertEquals(fitText("short", 100), "short");
  const cut = fitText("a name that is far too long", 80);
  assert(cut.endsWith("…") && textWidth(cut) <= 80);
});
