/**
 * One digit in one style, as pixels.
 *
 * @module
 */
import type { DigitStyle } from "./digit_style.ts";
import { FIELD_EXTENT, FIELD_SIZE } from "./glyph_field.ts";
import { philox4x32, type PhiloxCounter, type PhiloxKey } from "../../src/base/philox.ts";

/**
 * Draws a glyph, white on black with soft edges, in a square image.
 *
 * Every pixel is taken back to the glyph it shows (shift, rotation, scale, slant and bend undone, in this
 * order), where the distance to the outline says how far the ink reaches. Only sums, products, quotients
 * and square roots are used, which IEEE 754 rounds the same everywhere: so are the bytes.
 *
 * @param pixels Where to draw, shape [side, side]; every byte is written.
 * @param field The glyph, from `glyphField()`.
 * @param key Philox key of the grain.
 * @param counter Where the grain's draws lie: the first word is counted up from 0, the others are kept.
 */
export function drawDigit(
  pixels: Uint8Array,
  field: Float32Array,
  style: DigitStyle,
  key: PhiloxKey,
  counter: PhiloxCounter,
): void {
  const side = Math.sqrt(pixels.length);
  const cosine = 1 / Math.sqrt(1 + style.turn * style.turn);
  const sine = style.turn * cosine;
  const words = new Uint32Array(4);
  for (let i = 0; i < pixels.length; i++) {
    if (i % 16 === 0) philox4x32([i / 16, counter[1], counter[2], counter[3]], key, words);
    const grain = ((words[(i >> 2) & 3] >>> (8 * (i & 3))) & 255) / 256;
    const right = i % side + 0.5 - side / 2 - style.shiftX;
    const down = Math.floor(i / side) + 0.5 - side / 2 - style.shiftY;
    const level = (cosine * right + sine * down) / (style.size * style.aspect);
    const y = (cosine * down - sine * right) / style.size + style.bowY * (4 * level * level - 0.3);
    const bend = style.bowX * (4 * y * y - 0.3) + style.waveX * (8 * y * y - 1.4) * y;
    const x = level + style.slant * y + bend;
    const weight = style.weight + style.weightX * x + style.weightY * y;
    const reach = sample(field, x, y) * style.size + weight;
    const coverage = Math.min(Math.max(reach / style.softness + 0.5, 0), 1);
    const ink = Math.min(coverage * style.ink * (1 - style.grain * grain), 1);
    pixels[i] = Math.round(255 * ink);
  }
}

/** The field at (x, y), in glyph heights, between its four nearest samples; its border goes on outside. */
function sample(field: Float32Array, x: number, y: number): number {
  const last = FIELD_SIZE - 1;
  const column = Math.min(Math.max((x / FIELD_EXTENT + 0.5) * FIELD_SIZE - 0.5, 0), last - 1e-6);
  const row = Math.min(Math.max((y / FIELD_EXTENT + 0.5) * FIELD_SIZE - 0.5, 0), last - 1e-6);
  const left = Math.floor(column), top = Math.floor(row);
  const fx = column - left, fy = row - top;
  const at = top * FIELD_SIZE + left;
  const above = field[at] * (1 - fx) + field[at + 1] * fx;
  const below = field[at + FIELD_SIZE] * (1 - fx) + field[at + FIELD_SIZE + 1] * fx;
  return above * (1 - fy) + below * fy;
}
