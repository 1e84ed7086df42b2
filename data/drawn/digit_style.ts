/**
 * How one drawn digit differs from the printed one: the random part of `drawDigits()`.
 *
 * @module
 */
import { philox4x32, type PhiloxCounter, type PhiloxKey, uniform } from "../../src/base/philox.ts";

/** The style of one digit. Lengths are pixels, or glyph heights where it says so; y points down. */
export interface DigitStyle {
  /** How far right of the middle of the image the middle of the glyph lies, in pixels. */
  shiftX: number;
  /** How far below it, in pixels. */
  shiftY: number;
  /** Height of the glyph, in pixels. */
  size: number;
  /** Width over height, relative to the font's. */
  aspect: number;
  /** Tangent of the clockwise rotation. */
  turn: number;
  /** How far the top leans to the right, in glyph widths a glyph height. */
  slant: number;
  /** Depth of a bow in upright lines, in glyph heights. */
  bowX: number;
  /** Depth of an S in upright lines, in glyph heights. */
  waveX: number;
  /** Depth of a bow in level lines, in glyph heights. */
  bowY: number;
  /** What is added on either side of a stroke, in pixels; negative makes it thinner. */
  weight: number;
  /** How the weight grows from left to right, in pixels a glyph height. */
  weightX: number;
  /** How the weight grows from top to bottom, in pixels a glyph height. */
  weightY: number;
  /** Width of the soft edge, in pixels: 1 is plain anti-aliasing, more is a blur. */
  softness: number;
  /** The value of full ink, where 1 is white; what is above 1 is cut off, so more makes it denser. */
  ink: number;
  /** The part of the ink which grain may take away, in [0, 1]. */
  grain: number;
}

/** Each property's smallest and largest value; drawn uniformly between them. */
const RANGES: Readonly<Record<keyof DigitStyle, readonly [number, number]>> = {
  shiftX: [-2, 2],
  shiftY: [-1.75, 1.75],
  size: [16, 20],
  aspect: [0.7, 1.3],
  turn: [-0.3, 0.3],
  slant: [-0.25, 0.55],
  bowX: [-0.18, 0.18],
  waveX: [-0.15, 0.15],
  bowY: [-0.12, 0.12],
  weight: [-0.45, 0.85],
  weightX: [-0.7, 0.7],
  weightY: [-0.7, 0.7],
  softness: [1, 1.6],
  ink: [1.05, 1.4],
  grain: [0, 0.35],
};

const PROPERTIES = Object.keys(RANGES) as (keyof DigitStyle)[];

/**
 * A style drawn at random.
 *
 * @param key Philox key of the drawing.
 * @param counter Where this digit's draws lie: the first word is counted up from 0, the others are kept.
 */
export function randomStyle(key: PhiloxKey, counter: PhiloxCounter): DigitStyle {
  const [, ...rest] = counter;
  const style: Partial<DigitStyle> = {};
  let words = new Uint32Array(4);
  PROPERTIES.forEach((property, draw) => {
    if (draw % 4 === 0) words = philox4x32([draw / 4, ...rest], key);
    const [low, high] = RANGES[property];
    style[property] = low + (high - low) * uniform(words[draw % 4]);
  });
  return style as DigitStyle;
}
