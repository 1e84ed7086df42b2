import { type Point, visitCovered } from "./polygon.ts";

/** How much of each pixel something covers. */
export interface Coverage {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Covered share of each pixel, 0 to 1, row by row. */
  readonly share: Float32Array;
}

/** Samples in a pixel: more down, because {@linkcode visitCovered} is smooth only along a row. */
export type SampleGrid = readonly [across: number, down: number];

/**
 * The coverage of what lies inside of closed outlines: the mean of a pixel's samples.
 *
 * @param outlinesIn Gives the outlines, each point put among the samples by `at`.
 * @param joined Keeps the scan lines in place whatever the outlines are, so that neighbours fit together.
 */
export function coverageOf(
  width: number,
  height: number,
  [across, down]: SampleGrid,
  outlinesIn: (at: (x: number, y: number) => Point) => Point[][],
  joined = false,
): Coverage {
  const size = { width: width * across, height: height * down };
  // A scan line is the upper edge of its row, not the middle. Raised by a quarter of a row, shapes get
  // the smallest error, and letters that stand on a pixel's edge stay crisp.
  const outlines = outlinesIn((x, y) => [x * across, y * down - 0.25]);
  const share = new Float32Array(width * height);
  const samples = new Uint8Array(size.width * size.height);
  visitCovered(outlines, size, (pixel, covered) => {
    samples[pixel] = Math.max(samples[pixel], Math.round(255 * covered));
  }, joined ? size.height : undefined);
  const weight = 1 / (255 * across * down);
  for (let y = 0, sample = 0; y < size.height; y++) {
    const row = Math.floor(y / down) * width;
    for (let x = 0; x < size.width; x++, sample++) {
      if (samples[sample] > 0) share[row + Math.floor(x / across)] += samples[sample] * weight;
    }
  }
  return { width, height, share };
}
