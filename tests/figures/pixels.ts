/** Looking at what a figure painted. */
import type { Frame, Rgb } from "../../src/figures/canvas.ts";

/** A rectangle of a frame. */
export interface Window {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The colour of the pixel in which `(x, y)` lies. */
export function pixelAt(frame: Frame, x: number, y: number): number[] {
  const at = (Math.floor(y) * frame.width + Math.floor(x)) * 4;
  return [...frame.rgba.subarray(at, at + 3)];
}

/** How many pixels of a window have `color`, give or take `tolerance` in each channel. */
export function count(
  frame: Frame,
  color: Rgb,
  { window = whole(frame), tolerance = 0 }: { window?: Window; tolerance?: number } = {},
): number {
  let found = 0;
  for (let y = window.top; y < window.top + window.height; y++) {
    for (let x = window.left; x < window.left + window.width; x++) {
      const seen = pixelAt(frame, x, y);
      if (seen.every((value, c) => Math.abs(value - color[c]) <= tolerance)) found++;
    }
  }
  return found;
}

/** All of it. */
export function whole({ width, height }: Frame): Window {
  return { left: 0, top: 0, width, height };
}

/** SHA-256 of a frame's bytes, in hexadecimal. */
export async function digest({ rgba }: Frame): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", rgba)).toHex();
}
