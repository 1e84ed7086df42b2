import type { Rgb } from "./canvas.ts";

/**
 * Colours of the first ten classes, in order: blue, gold, mint, red, violet, brown, pink, teal, magenta, coral. All are of much
 * the same lightness (L* 45 to 69), so that none pushes itself forward. Found by hill climbing on the smallest pairwise CIELAB
 * distance, seen with normal eyes (41.9) and with simulated protanopia, deuteranopia and tritanopia (18.9);
 * `tests/figures/paint/palette_test.ts` holds the floors. In grey they cannot be told apart: centers carry their class.
 */
export const tenColors: readonly Rgb[] = [
  [73, 141, 251],
  [198, 168, 10],
  [9, 191, 147],
  [215, 57, 0],
  [120, 69, 246],
  [156, 94, 57],
  [232, 138, 200],
  [37, 117, 128],
  [213, 19, 196],
  [255, 96, 117],
];

/**
 * The colour of class `index`.
 *
 * The first ten are hand-made; from there on the hue turns by the golden angle and the lightness
 * steps through three levels, all in OKLCH. No set of that size can be told apart by colour alone:
 * read such a figure by position and name.
 *
 * Throws a `RangeError` where `index` is not a class index.
 *
 * @example
 * ```ts
 * import { assertEquals, assertNotEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { classColor } from "../../../figures.ts";
 *
 * assertEquals(classColor(3), [215, 57, 0]);
 * assertNotEquals(classColor(13), classColor(3));
 * ```
 */
export function classColor(index: number): Rgb {
  if (!(Number.isInteger(index) && index >= 0)) {
    throw new RangeError(`Cannot colour class ${index}: a class is an integer from 0`);
  }
  if (index < tenColors.length) return tenColors[index];
  const step = index - tenColors.length;
  return fromOklch([0.5, 0.72, 0.38][step % 3], 0.13, step * goldenAngle);
}

/** `color` laid over white with an opacity from 0 to 1. */
export function tint(color: Rgb, opacity: number): Rgb {
  const channel = (value: number) => Math.round(255 + (value - 255) * opacity);
  return [channel(color[0]), channel(color[1]), channel(color[2])];
}

/** In radians: successive multiples spread evenly over the circle, however many there are. */
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/** sRGB of an OKLCH colour (https://bottosson.github.io/posts/oklab/), cut off at the gamut. */
function fromOklch(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3;
  return [
    toByte(+4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toByte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s),
  ];
}

/** A linear-light channel, 0 to 1, as an sRGB byte. */
function toByte(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}
