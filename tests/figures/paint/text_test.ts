import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { type Frame, newFrame } from "../../../src/figures/paint/canvas.ts";
import { font } from "../../../src/figures/paint/pureimage.ts";
import { drawText, fitText, textWidth, wrapText } from "../../../src/figures/paint/text.ts";

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

Deno.test("drawText() draws bars equally thick wherever they fall between pixel rows", () => {
  const thickness = [18, 18.3, 18.7, 19.2, 19.6].map((size) => {
    const frame = newFrame(40, 40);
    drawText(frame, "\u2014", 5, 30, { size, color: [0, 0, 0] });
    return darkness(frame).reduce((sum, row) => sum + row, 0) / size ** 2;
  });
  assert(Math.max(...thickness) < 1.15 * Math.min(...thickness), `${thickness}`);
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

/** The characters from code point `from` to `to`. */
function characters(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));
}

/** The bytes of a small frame with nothing but `text`. */
function drawn(text: string): Uint8Array {
  const frame = newFrame(60, 24);
  drawText(frame, text, 4, 18);
  return frame.rgba;
}

Deno.test("font carries ASCII, Latin-1, Latin Extended-A and the signs of captions", () => {
  const carried = [
    ...characters(0x20, 0x7e),
    ...characters(0xa0, 0x17f),
    ..."±×·–—²°µλΔ→≤≥…−\uFFFD",
  ];
  assertEquals(carried.filter((character) => font.charToGlyphIndex(character) === 0), []);
});

Deno.test("drawText() draws every letter of Latin-1 and Latin Extended-A as itself", () => {
  // Icelandic Ð (U+00D0) and Croatian Đ (U+0110) look the same: only the first is asked for.
  const letters = characters(0xa1, 0x17f).filter((letter) => /[^\P{L}\u0110]/u.test(letter));
  const pictures = new Set(["\u65e5", " ", ...letters].map((letter) => drawn(letter).join()));
  assertEquals(pictures.size, 2 + letters.length, "no two alike, none missing or empty");
});

Deno.test("drawText() draws Äpfel with its accent, composed or not", () => {
  assertEquals(drawn("A\u0308pfel"), drawn("Äpfel"));
  assertEquals(textWidth("A\u0308pfel"), textWidth("Äpfel"));
  assertEquals(textWidth("Äpfel"), textWidth("Apfel"), "as wide as without");
  assertNotEquals(drawn("Äpfel"), drawn("Apfel"));
  assertNotEquals(drawn("Äpfel"), drawn("\u65e5pfel"));
});

Deno.test("drawText() draws what the font lacks as the replacement character", () => {
  assertEquals(drawn("\u65e5\u672c"), drawn("\uFFFD\uFFFD"));
  assertEquals(textWidth("\u65e5\u{1f600}"), textWidth("\uFFFD\uFFFD"));
});

Deno.test("fitText() shortens with an ellipsis", () => {
  assertEquals(fitText("short", 100), "short");
  const cut = fitText("a name that is far too long", 80);
  assert(cut.endsWith("…") && textWidth(cut) <= 80);
});

Deno.test("wrapText() breaks between words, and never within one", () => {
  assertEquals(wrapText("most certain sample", 1000), ["most certain sample"]);
  assertEquals(wrapText("most certain sample", textWidth("most certain")), [
    "most certain",
    "sample",
  ]);
  assertEquals(wrapText("unbreakable", 10), ["unbreakable"]);
  assertEquals(wrapText("a b c", 1), ["a", "b", "c"]);
});
