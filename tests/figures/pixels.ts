/** What tests look for in figures: single pixels, where plots lie, and whether all is opaque. */

import { assert } from "@std/assert";
import type { Frame, Rgb } from "../../src/figures/paint/canvas.ts";

/** The colour of the pixel in column `x` and row `y`. */
export function colorAt(frame: Frame, x: number, y: number): number[] {
  const at = (Math.floor(y) * frame.width + Math.floor(x)) * 4;
  return [...frame.rgba.subarray(at, at + 3)];
}

/** Throws unless a pixel has a colour, up to one step of rounding in each channel. */
export function assertColor(
  frame: Frame,
  [x, y]: readonly [number, number],
  expected: Rgb | number[],
  message = "",
): void {
  const seen = colorAt(frame, x, y);
  const close = seen.every((value, c) => Math.abs(value - expected[c]) <= 1);
  assert(close, `${message} (${x}, ${y}) is ${seen}, not ${expected}`);
}

/** Throws unless every pixel is opaque, as a picture's must be. */
export function assertOpaque({ rgba }: Frame): void {
  for (let at = 3; at < rgba.length; at += 4) {
    if (rgba[at] !== 255) throw new Error(`pixel ${at >> 2} has alpha ${rgba[at]}`);
  }
}

/**
 * Pixels for which `holds`, their number and their mean place.
 *
 * @param box Left, top, right and bottom of where to look, rounded; default: everywhere.
 */
export function spot(
  frame: Frame,
  holds: (color: number[]) => boolean,
  box: readonly number[] = [0, 0, frame.width, frame.height],
): { pixels: number; x: number; y: number } {
  const [x0, y0, x1, y1] = box.map(Math.round);
  let [pixels, x, y] = [0, 0, 0];
  for (let row = y0; row < y1; row++) {
    for (let column = x0; column < x1; column++) {
      if (holds(colorAt(frame, column, row))) [pixels, x, y] = [pixels + 1, x + column, y + row];
    }
  }
  return { pixels, x: x / pixels, y: y / pixels };
}

/** Whether a colour is nearly `wanted`. */
export function like(wanted: Rgb | number[], within = 30): (color: number[]) => boolean {
  return (color) => color.every((value, c) => Math.abs(value - wanted[c]) <= within);
}

/** The insides of the plots' borders, in the order of reading. */
export function plotsOf(frame: Frame): { left: number; top: number; side: number }[] {
  const { width, rgba } = frame;
  const border = (x: number, y: number) => {
    const at = 4 * (y * width + x);
    return rgba[at] === 186 && rgba[at + 1] === 191 && rgba[at + 2] === 199;
  };
  const plots = [];
  for (let y = 1; y < frame.height - 1; y++) {
    for (let x = 1; x < frame.width - 1; x++) {
      if (!border(x, y) || border(x - 1, y) || border(x, y - 1)) continue;
      if (!border(x + 1, y) || !border(x, y + 1)) continue;
      let right = x;
      while (border(right + 1, y)) right++;
      plots.push({ left: x + 1, top: y + 1, side: right - x - 1 });
    }
  }
  return plots;
}

/** SHA-256 of a frame's bytes, in hexadecimal. */
export async function digest({ rgba }: Frame): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", rgba)).toHex();
}
