import { type Context, contextOf } from "./pureimage.ts";

/** How much of each pixel something covers. */
export interface Mask {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Covered share of each pixel, 0 to 1, row by row. */
  readonly share: Float32Array;
}

/** Samples in a pixel: more down, because pureimage smooths only what it crosses along a row. */
export type Grid = readonly [across: number, down: number];

/**
 * The coverage of what `paint` fills with pureimage, in black and in coordinates of the mask.
 *
 * pureimage looks at a shape once a row, so that a hyphen is one or two pixels thick by chance and
 * slanted lines have steps. Therefore it paints here on a bitmap that is larger by `grid`, and a
 * pixel gets the mean of its samples.
 */
export function paintMask(
  width: number,
  height: number,
  [across, down]: Grid,
  paint: (context: Context) => void,
): Mask {
  const fine = {
    width: width * across,
    height: height * down,
    rgba: new Uint8Array(width * across * height * down * 4),
  };
  const context = contextOf(fine);
  // Rows are looked at along their upper edge and not in the middle. Raised by a quarter of a row,
  // shapes get the smallest error, and letters that stand on a pixel's edge stay crisp.
  context.translate(0, -0.25);
  context.scale(across, down);
  context.fillStyle = "black";
  // Black's packed value is its alpha, so the larger coverage stays: as good here, and much faster.
  Object.assign(context, { composite: Math.max });
  paint(context);
  const share = new Float32Array(width * height);
  const weight = 1 / (255 * across * down);
  for (let y = 0, sample = 0; y < fine.height; y++) {
    const row = Math.floor(y / down) * width;
    for (let x = 0; x < fine.width; x++, sample++) {
      const alpha = fine.rgba[4 * sample + 3];
      if (alpha > 0) share[row + Math.floor(x / across)] += alpha * weight;
    }
  }
  return { width, height, share };
}
