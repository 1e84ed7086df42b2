import type { Rgb } from "../paint/canvas.ts";

/**
 * ColorBrewer's RdBu in eleven classes, reversed: blue for -1, near white for 0, red for 1
 * (https://colorbrewer2.org/#type=diverging&scheme=RdBu&n=11, safe for colour-blind eyes).
 */
const anchors: readonly Rgb[] = [
  [0x05, 0x30, 0x61],
  [0x21, 0x66, 0xac],
  [0x43, 0x93, 0xc3],
  [0x92, 0xc5, 0xde],
  [0xd1, 0xe5, 0xf0],
  [0xf7, 0xf7, 0xf7],
  [0xfd, 0xdb, 0xc7],
  [0xf4, 0xa5, 0x82],
  [0xd6, 0x60, 0x4d],
  [0xb2, 0x18, 0x2b],
  [0x67, 0x00, 0x1f],
];

/**
 * The colour of a value from -1 to 1, straight between eleven anchors; values beyond take the end's.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(divergingColor(0), [247, 247, 247]);
 * assertEquals(divergingColor(1), [103, 0, 31]);
 * ```
 */
export function divergingColor(value: number): Rgb {
  const place = (Math.min(1, Math.max(-1, value)) + 1) / 2 * (anchors.length - 1);
  const first = Math.min(anchors.length - 2, Math.floor(place));
  const [from, to] = [anchors[first], anchors[first + 1]];
  const channel = (c: number) => Math.round(from[c] + (to[c] - from[c]) * (place - first));
  return [channel(0), channel(1), channel(2)];
}
