/**
 * DejaVu Sans 2.37, so that drawing text needs no read permission.
 *
 * Printable ASCII, Latin-1 and Latin Extended-A (the letters of most European languages, for
 * class names), the characters of axes and captions, `–—λΔ→≤≥…−`, and U+FFFD, which stands for any
 * that no font has, without hinting. Made from `npm:dejavu-fonts-ttf@2.37.3` with fonttools and `base64 -w 96`:
 *
 * ```sh
 * pyftsubset package/ttf/DejaVuSans.ttf \
 *   --unicodes=U+0020-007E,U+00A0-017F,U+FFFD --text="–—λΔ→≤≥…−" \
 *   --no-hinting --legacy-kern --drop-tables+=GPOS,GSUB,GDEF,MATH,FFTM --notdef-outline \
 *   --name-IDs=0,1,2,5,13,14 --output-file=dejavu_sans.ttf
 * ```
 *
 * What of Latin, Greek and Cyrillic is not among these is in `dejavu_sans_more.ttf.base64`, made in the same way by
 * `--unicodes=U+0180-024F,U+0370-052F,U+1E00-1EFF,U+1F00-1FFF`, and parsed when a text wants it.
 *
 * Free to embed: the licence stands in LICENSE.txt beside this file and in the font's name table.
 *
 * @module
 */
// opentype.js comes without types: declared here.
import opentype from "npm:opentype.js@0.4.11";
import base64 from "./dejavu_sans.ttf.base64" with { type: "text" };
import more from "./dejavu_sans_more.ttf.base64" with { type: "text" };

/**
 * A piece of an outline: moves to, draws a line to, a quadratic curve over `(x1, y1)`, or a cubic one over `(x2, y2)`, too,
 * to `(x, y)`.
 */
export interface PathCommand {
  type: "M" | "L" | "Q" | "C" | "Z";
  x: number;
  y: number;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** The part of an opentype.js glyph used here. */
export interface Glyph {
  /** How far the pen moves on, in font units. */
  advanceWidth: number;
  /** The outlines in font units, y pointing up. */
  path: { commands: PathCommand[] };
  /** The outlines with the pen at `(x, y)`, in pixels, y pointing down. */
  getPath(x: number, y: number, fontSize: number): { commands: PathCommand[] };
}

/** The part of an opentype.js font used here. */
export interface Font {
  /** Font units in one font size. */
  unitsPerEm: number;
  /** The place of one character's glyph in the font; 0 where the font has none. */
  charToGlyphIndex(character: string): number;
  /** The glyph of one character; an empty box where the font has none. */
  charToGlyph(character: string): Glyph;
  /** Correction of the distance between two glyphs, in font units. */
  getKerningValue(left: Glyph, right: Glyph): number;
}

/** A font of base64 text, whose lines `atob()` joins; `Uint8Array.fromBase64` is not in every runtime. */
const parsed = (text: string): Font =>
  opentype.parse(Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0)).buffer);

/** DejaVu Sans. */
export const font: Font = parsed(base64);

/** Fonts that are searched after {@linkcode font}, the first before the second. */
let furtherFonts: Font[] | undefined, ownFont: Font | undefined;

/** The first font that has a character; undefined where none has it. */
export function fontWith(character: string): Font | undefined {
  if (font.charToGlyphIndex(character) > 0) return font;
  furtherFonts ??= more ? [parsed(more)] : []; // a page may leave it out
  return [...furtherFonts, ...(ownFont ? [ownFont] : [])].find((it) =>
    it.charToGlyphIndex(character) > 0
  );
}

/**
 * Takes the letters that the fonts here lack, such as those of Chinese, Japanese and Korean, from another font, for all that
 * is drawn afterwards; nothing is taken any more where none is given.
 *
 * @param bytes A TrueType or OpenType font. Collections (.ttc) and packed fonts (.woff2) are none.
 * @throws {TypeError} When it is none. The message begins with "it is no", so that the caller can put the file's name before.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import opentype from "npm:opentype.js@0.4.11";
 * import { lettersWithout, useFallbackFont } from "../../../figures.ts";
 *
 * const path = new opentype.Path();
 * const glyphs = [[0, ".notdef"], [0x732b, "cat"]].map(([unicode, name]) =>
 *   new opentype.Glyph({ name, unicode: unicode || undefined, advanceWidth: 1000, path })
 * );
 * const names = { familyName: "one", styleName: "letter", unitsPerEm: 1000, ascender: 900, descender: -100 };
 * useFallbackFont(new Uint8Array(new opentype.Font({ ...names, glyphs }).toBuffer())); // as a file holds it
 * assertEquals(lettersWithout("猫犬"), ["犬"]);
 * useFallbackFont();
 * assertEquals(lettersWithout("猫"), ["猫"]);
 * ```
 */
export function useFallbackFont(bytes?: Uint8Array<ArrayBuffer>): void {
  try {
    ownFont = bytes && opentype.parse(new Uint8Array(bytes).buffer);
  } catch {
    throw new TypeError(
      "it is no TrueType or OpenType font; collections (.ttc) and .woff2 are none",
    );
  }
}

/**
 * The characters of a text that no font has, each once.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { lettersWithout } from "../../../figures.ts";
 *
 * assertEquals(lettersWithout("Äpfel, ελιά, вишня, 猫猫"), ["猫"]);
 * ```
 */
export function lettersWithout(text: string): string[] {
  return [...new Set(text.normalize("NFC"))].filter((character) =>
    !/[\p{C}\p{Z}]/u.test(character) && !fontWith(character)
  );
}
