/** How colours look to different eyes, and how far apart they then are: the judge of the palette. */

import type { Rgb } from "../../src/figures/paint/canvas.ts";

/** A point of the CIELAB space. */
type Lab = [lightness: number, a: number, b: number];

/**
 * The ways to see: normal, and the dichromacies as 3 x 3 matrices on linear RGB at full severity
 * (Machado, Oliveira and Fernandes 2009, table 1, https://doi.org/10.1109/TVCG.2009.113).
 */
export const eyes = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  // deno-fmt-ignore
  protanopia: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  // deno-fmt-ignore
  deuteranopia: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881,
  ],
  // deno-fmt-ignore
  tritanopia: [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900,
  ],
} as const;

/** The smallest CIELAB distance (CIE 1976) between two of the colours, seen with such eyes. */
export function smallestDistance(colors: readonly Rgb[], eye: keyof typeof eyes): number {
  const seen = colors.map((color) => toLab(see(color, eyes[eye])));
  let smallest = Infinity;
  seen.forEach((one, i) => {
    for (const other of seen.slice(i + 1)) {
      smallest = Math.min(smallest, Math.hypot(...one.map((value, c) => value - other[c])));
    }
  });
  return smallest;
}

/** The lightness of a colour, L* of CIELAB, from 0 to 100. */
export function lightness(color: Rgb): number {
  return toLab(see(color, eyes.normal))[0];
}

/** The linear RGB that stands for how `color` looks. */
function see(color: Rgb, eye: readonly number[]): number[] {
  const linear = color.map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [0, 3, 6].map((row) => {
    const value = linear.reduce((sum, channel, c) => sum + eye[row + c] * channel, 0);
    return Math.min(1, Math.max(0, value));
  });
}

/** CIELAB with the white of sRGB, D65. */
function toLab([red, green, blue]: number[]): Lab {
  const curve = (t: number) => t > (6 / 29) ** 3 ? Math.cbrt(t) : t * 841 / 108 + 4 / 29;
  const x = curve((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
  const y = curve(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = curve((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
