import type { Frame, Rgb } from "./canvas.ts";
import { classColor, tint } from "./palette.ts";

/** 256 colours and the way from any colour to the closest of them. */
export interface GifPalette {
  /** The colour table, the same for every frame so that nothing flickers. */
  readonly colors: readonly Rgb[];
  /** For each colour cut to 5 bits a channel, `red << 10 | green << 5 | blue`, its table index. */
  readonly nearest: Uint8Array;
}

/** An index whose color, the cube's white, the greys have too: no pixel takes it, so it can stand for none. */
export const UNUSED = 95;

const made = new Map<number, GifPalette>();

/**
 * The colour table for figures of `classes` classes: 32 greys for text and lines, a coarse 4 x 4 x 4
 * cube for mixtures, and 160 tints of the class colours, from pale to full. Made once a count;
 * past 160 classes the later ones fall back on their neighbours in the table.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(gifPalette(10).colors.length, 256);
 * ```
 */
export function gifPalette(classes: number): GifPalette {
  const known = made.get(classes);
  if (known) return known;
  const colors: Rgb[] = [];
  for (let i = 0; i < 32; i++) colors.push(grey(Math.round(i * 255 / 31)));
  for (let i = 0; i < 64; i++) colors.push([(i >> 4) * 85, (i >> 2 & 3) * 85, (i & 3) * 85]);
  const steps = Math.max(1, Math.floor(160 / Math.max(1, classes)));
  for (let k = 0; k < classes && colors.length + steps <= 256; k++) {
    for (let i = 1; i <= steps; i++) colors.push(tint(classColor(k), i / steps));
  }
  while (colors.length < 256) colors.push(grey(255));
  const palette = { colors, nearest: nearestColors(colors) };
  made.set(classes, palette);
  return palette;
}

/** The table index of every pixel of `frame`, row by row. */
export function toIndices(frame: Frame, palette: GifPalette): Uint8Array {
  const { rgba } = frame;
  const indices = new Uint8Array(frame.width * frame.height);
  for (let i = 0, from = 0; i < indices.length; i++, from += 4) {
    const cell = (rgba[from] >> 3) << 10 | (rgba[from + 1] >> 3) << 5 | rgba[from + 2] >> 3;
    indices[i] = palette.nearest[cell];
  }
  return indices;
}

function grey(level: number): Rgb {
  return [level, level, level];
}

/** Closest by squared distance with the usual weights of the eye, 2 : 4 : 3. */
function nearestColors(colors: readonly Rgb[]): Uint8Array {
  const nearest = new Uint8Array(32 ** 3);
  for (let cell = 0; cell < nearest.length; cell++) {
    const red = (cell >> 10) * 255 / 31;
    const green = (cell >> 5 & 31) * 255 / 31;
    const blue = (cell & 31) * 255 / 31;
    let best = Infinity;
    for (let i = 0; i < colors.length; i++) {
      const [r, g, b] = colors[i];
      const distance = 2 * (r - red) ** 2 + 4 * (g - green) ** 2 + 3 * (b - blue) ** 2;
      if (distance < best) [best, nearest[cell]] = [distance, i];
    }
  }
  return nearest;
}
