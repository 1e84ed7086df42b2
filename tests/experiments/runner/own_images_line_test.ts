import { assertEquals, assertThrows } from "@std/assert";
import opentype from "npm:opentype.js@0.4.11";
import { ownImagesLine } from "../../../experiments/runner/said/own_images_line.ts";
import { lettersNote, tryLetters } from "../../../experiments/runner/letters.ts";
import { UsageError } from "../../../src/base/errors.ts";
import { font } from "../../../src/figures/font/font.ts";
import type { ImageSet } from "../../../src/dataset/image_set.ts";

const set = (labels: number[], classNames: string[], channels = 1) =>
  ({
    ...{ name: "shapes", height: 16, width: 20, channels, count: labels.length, classNames },
    labels: Uint8Array.from(labels),
  }) as ImageSet;

Deno.test("ownImagesLine() says which classes there are, and how many images of each", () => {
  const names = ["bar", "disc\n"];
  assertEquals(
    ownImagesLine({ train: set([0, 0, 1, 1, 1], names), test: set([0, 1], names) }),
    "shapes: 2 classes (bar 3, disc\\n 4), 5 images to train and 2 to test, 16x20 pixels, grey",
  );
  const many = Array.from({ length: 15 }, (_, k) => `c${k}`), all = [...many.keys()];
  assertEquals(
    ownImagesLine({ train: set([...all, 14], many, 3), test: set(all, many, 3) }),
    `shapes: 15 classes (${
      many.slice(0, 12).map((it) => `${it} 2`).join(", ")
    } and 3 more of 2 to 3 images), ` +
      "16 images to train and 15 to test, 16x20 pixels, colour",
  );
});

Deno.test("lettersNote() names each letter that pictures lack once, and how to give them", () => {
  assertEquals(lettersNote(["Äpfel", "вишня", "ελιά"]), undefined);
  const note =
    "Pictures have no letters for 猫 犬 and show \uFFFD instead: name a font that has them with --font FILE";
  assertEquals(lettersNote(["猫", "犬 dog", "猫2"]), note);
});

Deno.test("tryLetters() names the letter that a damaged font cannot draw", () => {
  const { getPath } = opentype.Glyph.prototype, damaged = font.charToGlyph("\u017f");
  opentype.Glyph.prototype.getPath = function (...given: unknown[]) {
    if (this === damaged) throw new Error("Bad flags.");
    return getPath.apply(this, given);
  };
  try {
    tryLetters("a.ttf", ["cat", "dog"]);
    const words = "--font a.ttf cannot be used: it is damaged at \u017f (Bad flags.)";
    assertThrows(() => tryLetters("a.ttf", ["cat", "do\u017f"]), UsageError, words);
  } finally {
    opentype.Glyph.prototype.getPath = getPath;
  }
});
