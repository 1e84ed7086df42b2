/** Where features are on a canvas, on the CPU: as the shader places them. */

/** How a map stands on its canvas. */
export interface Projection {
  /** From features to clip space. */
  matrix: Float32Array;
  /** Numbers of a feature. */
  dim: number;
  /** Whether features stand at their directions. */
  directions: boolean;
  width: number;
  height: number;
  /** Device pixels a pixel of the page. */
  pixel: number;
}

/** A place on a canvas, in device pixels. */
export interface Place {
  x: number;
  y: number;
  /** How far from the eye. */
  w: number;
  /** Whether it is on the far side of a sphere. */
  far: boolean;
}

/** Where the feature is whose numbers begin at a place of a list. */
export function projected(numbers: ArrayLike<number>, by: Projection, at = 0): Place {
  const { matrix: m, dim, directions, width, height } = by;
  let x = numbers[at], y = numbers[at + 1], z = dim === 3 ? numbers[at + 2] : 0;
  if (directions) {
    const length = Math.sqrt(x * x + y * y + z * z) || 1;
    [x, y, z] = [x / length, y / length, z / length];
  }
  const w = m[3] * x + m[7] * y + m[11] * z + m[15];
  return {
    x: ((m[0] * x + m[4] * y + m[8] * z + m[12]) / w + 1) / 2 * width,
    y: (1 - (m[1] * x + m[5] * y + m[9] * z + m[13]) / w) / 2 * height,
    w,
    // The horizon of a sphere is nearer than its middle.
    far: directions && dim === 3 && w > m[15] - (m[3] ** 2 + m[7] ** 2 + m[11] ** 2) / m[15],
  };
}
