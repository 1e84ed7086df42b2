import { type Context, contextOf } from "./pureimage.ts";

/** How much of each pixel something covers. */
export interface Coverage {
  /** Columns. */
  readonly width: number;
  /** Covered share of each pixel, 0 to 1, row by row. */
  readonly share: Float32Array;
}

/** Samples in a pixel: more down, because pureimage is smooth only along a row. */
export type SampleGrid = readonly [across: number, down: number];

/**
 * The coverage of what lies inside of a path, by the even-odd rule: the mean of a pixel's samples.
 *
 * @param trace Makes the path, in pixels; it must not be empty.
 */
export function coverageOf(
  width: number,
  height: number,
  [across, down]: SampleGrid,
  trace: (context: Context) => void,
): Coverage {
  const fine = {
    width: width * across,
    height: height * down,
    rgba: new Uint8Array(width * across * height * down * 4),
  };
  const context = contextOf(fine);
  // A scan line is the upper edge of its row, not the middle. Raised by a quarter of a row, shapes get
  // the smallest error, and letters that stand on a pixel's edge stay crisp.
  context.translate(0, -0.25);
  context.scale(across, down);
  // Black's packed value is its alpha, so the larger coverage stays: as good here, and much faster.
  Object.assign(context, { composite: Math.max });
  context.beginPath();
  trace(context);
  context.fill();
  const share = new Float32Array(width * height);
  const weight = 1 / (255 * across * down);
  for (let y = 0, sample = 0; y < fine.height; y++) {
    const row = Math.floor(y / down) * width;
    for (let x = 0; x < fine.width; x++, sample++) {
      const alpha = fine.rgba[4 * sample + 3];
      if (alpha > 0) share[row + Math.floor(x / across)] += alpha * weight;
    }
  }
  return { width, share };
}
