import { encode } from "npm:fast-png@8.0.0";
import { checkFrame, type Frame } from "./canvas.ts";

/**
 * The frame as a PNG file: 8-bit RGB, not interlaced, alpha left out because frames are opaque. Equal
 * frames give equal bytes on every machine.
 *
 * @throws {RangeError} When a side is no whole number from 1 to 2^31 - 1.
 * @throws {TypeError} When the frame has not four bytes for each pixel.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { encodePng } from "../../../figures.ts";
 *
 * const file = encodePng({ width: 2, height: 1, rgba: Uint8Array.of(255, 0, 0, 255, 0, 0, 255, 255) }); // red, blue
 * assertEquals([...file.subarray(1, 4)], [..."PNG"].map((c) => c.charCodeAt(0)));
 * ```
 */
export function encodePng({ width, height, rgba }: Frame): Uint8Array {
  checkFrame("encode a frame", { width, height, rgba }, 2 ** 31 - 1);
  const data = new Uint8Array(3 * width * height);
  for (let from = 0, to = 0; from < rgba.length; from += 4) {
    for (let c = 0; c < 3; c++) data[to++] = rgba[from + c];
  }
  return encode({ width, height, data, channels: 3 });
}
