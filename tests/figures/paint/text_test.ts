import { Buffer } from "node:buffer";
import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import opentype from "npm:opentype.js@0.4.11";
import { font, lettersWithout, useFallbackFont } from "../../../src/figures/font/font.ts";
import { newFrame } from "../../../src/figures/paint/canvas.ts";
import {
  drawText,
  shortenBefore,
  shortenNames,
  shortenText,
  textSize,
  textWidth,
  wrapText,
} from "../../../src/figures/paint/text.ts";

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

Deno.test("drawText() draws Latin, Greek and Cyrillic beyond the first font, and lettersWithout() names the rest", () => {
  const letters = [..."ƒșǎḥạỹαβΩώἀбдЖяёіўәқ"];
  assertEquals(letters.filter((it) => font.charToGlyphIndex(it) > 0), []);
  assertEquals(
    new Set(["\uFFFD", ...letters].map((it) => drawn(it).join())).size,
    letters.length + 1,
  );
  assertEquals(lettersWithout("вишня ελιά Äpfel \u65e5 \u{1f600}\u65e5\n"), [
    "\u65e5",
    "\u{1f600}",
  ]);
  const error = assertThrows(() => useFallbackFont(Uint8Array.of(1, 2, 3)), TypeError);
  assertEquals(error.message.includes("no TrueType or OpenType font"), true);
});

Deno.test("drawText() takes what is left from the font that is given", () => {
  const path = new opentype.Path();
  path.moveTo(100, 0);
  path.curveTo(100, 900, 900, 900, 900, 0);
  path.close();
  const glyphs = [[0, ".notdef"], [0x732b, "cat"]].map(([unicode, name]) =>
    new opentype.Glyph({ name, unicode: unicode || undefined, advanceWidth: 1000, path })
  );
  const names = {
    familyName: "one",
    styleName: "letter",
    unitsPerEm: 1000,
    ascender: 900,
    descender: -100,
  };
  const bytes = new Uint8Array(new opentype.Font({ ...names, glyphs }).toBuffer());
  const file = Buffer.concat([new Uint8Array(1), bytes]).subarray(1); // as Node reads files
  useFallbackFont(file);
  try {
    assertEquals(lettersWithout("\u732b\u72ac"), ["\u72ac"]);
    assertNotEquals(drawn("\u732b"), drawn("\uFFFD"));
    assertEquals(textWidth("\u732b", 20), 20);
    assertEquals(drawn("Äя"), (useFallbackFont(), drawn("Äя")), "ours come first");
  } finally {
    useFallbackFont();
  }
  assertEquals(lettersWithout("\u732b"), ["\u732b"]);
});

Deno.test("shortenBefore() cuts the first text and never the second", () => {
  assertEquals(shortenBefore("short", "93.75 %", 200), "short · 93.75 %");
  const label = "cent-mnist-2, small, mnist, weight-center=0.1",
    cut = shortenBefore(label, "93.75 %", 300);
  assert(cut.startsWith("cent-mnist-2, small") && cut.endsWith("… · 93.75 %"), cut);
  assert(textWidth(cut) <= 300 && !cut.includes(label), cut);
});

Deno.test("shortenText() shortens with an ellipsis", () => {
  assertEquals(shortenText("short", 100), "short");
  const cut = shortenText("a name that is far too long", 80);
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

Deno.test("shortenNames() keeps names apart that begin alike", () => {
  const names = ["Indo-Pacific bottlenose dolphin", "Indo-Pacific humpback dolphin (young)", "cat"];
  const size = textSize.small, short = shortenNames(names, 80, size);
  assertEquals([new Set(short).size, short[2]], [3, "cat"]);
  for (const name of short) assert(textWidth(name, size) <= 80, name);
  assertEquals(shortenNames(["Indo-Pacific dolphin"], 50, size), ["Indo-P…"]);
  const numbered = Array.from({ length: 12 }, (_, k) => `the class number ${k} of my photographs`);
  const own = shortenNames(numbered, 80, size);
  assertEquals(new Set(own).size, 12);
  own.forEach((name, k) => assert(name.includes(` ${k}`) && textWidth(name, size) <= 80, name));
});
