// opentype.js comes without types: declared here.
import opentype from "npm:opentype.js@0.4.11";
import { dejavuSans } from "./dejavu_sans.ts";

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
export const font: Font = opentype.parse(dejavuSans.buffer);
