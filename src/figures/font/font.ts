/**
 * DejaVu Sans 2.37, so that drawing text needs no read permission.
 *
 * Only printable ASCII, Latin-1 and Latin Extended-A (the letters of most European languages, for
 * class names), the characters of axes and captions, `–—λΔ→≤≥…−`, and U+FFFD, which stands for any
 * other, without hinting. Made from `npm:dejavu-fonts-ttf@2.37.3` with fonttools and `base64 -w 96`:
 *
 * ```sh
 * pyftsubset package/ttf/DejaVuSans.ttf \
 *   --unicodes=U+0020-007E,U+00A0-017F,U+FFFD --text="–—λΔ→≤≥…−" \
 *   --no-hinting --legacy-kern --drop-tables+=GPOS,GSUB,GDEF,MATH,FFTM --notdef-outline \
 *   --name-IDs=0,1,2,5,13,14 --output-file=dejavu_sans.ttf
 * ```
 *
 * Free to embed: the licence stands in LICENSE.txt beside this file and in the font's name table.
 *
 * @module
 */
// opentype.js comes without types: declared here.
import opentype from "npm:opentype.js@0.4.11";
import base64 from "./dejavu_sans.ttf.base64" with { type: "text" };

/** A piece of an outline: moves to, draws a line to, or a quadratic curve over `(x1, y1)` to `(x, y)`. */
export interface PathCommand {
  type: "M" | "L" | "Q" | "Z";
  x: number;
  y: number;
  x1: number;
  y1: number;
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

/** DejaVu Sans. */
export const font: Font = opentype.parse(Uint8Array.fromBase64(base64).buffer);
