// pureimage comes without a usable type of its font, opentype.js without any: declared here.
import { type Context, make, registerFont } from "npm:pureimage@0.4.20";
import opentype from "npm:opentype.js@0.4.11";
import { dejavuSans } from "../font/dejavu_sans.ts";
import type { Frame, Rgb } from "./canvas.ts";

/** What pureimage draws with: the canvas API of browsers, as far as it goes. */
export type { Context };

/** The part of an opentype.js glyph used here. */
export interface Glyph {
  /** How far the pen moves on, in font units. */
  advanceWidth: number;
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

/** The name under which pureimage knows {@linkcode font}. */
export const fontFamily = "DejaVu Sans";

/** DejaVu Sans, from the bytes in `src/figures/font/`. */
export const font: Font = opentype.parse(dejavuSans.buffer);

// Marked as loaded, so that pureimage never reads the file that its first argument would name.
Object.assign(registerFont("", fontFamily), { font, loaded: true });

/** A pureimage context that paints right into the bytes of `frame`. */
export function contextOf({ width, height, rgba }: Frame): Context {
  // make(width, height) would allocate bytes of its own and blacken them one pixel after another.
  return Object.assign(make(0, 0), { width, height, data: rgba }).getContext("2d");
}

/** `color` as a fill or stroke style. */
export function styleOf(color: Rgb): string {
  return `rgb(${color.join(",")})`;
}
