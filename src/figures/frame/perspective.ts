/** Three dimensions on a flat frame: a box of features, looked at in perspective. */
import type { PlotArea } from "./plot_area.ts";
import { bulk } from "./range.ts";

/** A place or a direction in feature space. */
export type Point3 = readonly [x: number, y: number, z: number];

/** What a figure shows of three features. */
export interface Box {
  /** The corner with the smallest features. */
  readonly low: Point3;
  /** The corner with the largest. */
  readonly high: Point3;
}

/** Where the eye is, in degrees. */
export interface View {
  /** About the third axis, from the first towards the second. */
  azimuth: number;
  /** Above the plane of the first two. */
  elevation: number;
}

/** A point of the space on the frame. */
export interface Projected {
  /** Column. */
  x: number;
  /** Row. */
  y: number;
  /** How much larger than in the middle of the box things are there: more than 1 is nearer. */
  scale: number;
}

/** A box and an eye. */
export interface Perspective {
  readonly box: Box;
  /** The unit vector from the box to the eye. */
  readonly towards: Point3;
  /** The third feature of the face that lies behind everything: the lower one, seen from above. */
  readonly floor: number;
  /** Where a point of the space lies on the frame. */
  project(point: Point3): Projected;
}

/** Room for a legend of ten classes. */
const leastHeight = 440;

/** How far the eye is from the middle, in half diagonals of the box: near enough to see depth. */
const distance = 3;

/**
 * Looks at `box` so that it fills `area`; all three axes have one scale. Throws a `RangeError` for a view
 * that is not finite.
 *
 * @param fitting Views in which the box must fit with the same scale and place; default: this one.
 */
export function perspectiveOn(
  area: PlotArea,
  box: Box,
  view: View,
  fitting: readonly View[] = [view],
): Perspective {
  if (!Number.isFinite(view.azimuth) || !Number.isFinite(view.elevation)) {
    throw new RangeError(
      `Cannot look from azimuth ${view.azimuth}, elevation ${view.elevation}: both must be finite`,
    );
  }
  const { towards, look } = eyeOn(box, view);
  const corners = fitting.flatMap((other) => cornersOf(box).map(eyeOn(box, other).look));
  const [left, right] = ends(corners.map(({ x }) => x));
  const [top, bottom] = ends(corners.map(({ y }) => y));
  const zoom = Math.min(area.width / (right - left), area.height / (bottom - top));
  const x0 = area.left + area.width / 2 - zoom * (left + right) / 2;
  const y0 = area.top + area.height / 2 - zoom * (top + bottom) / 2;
  const project = (point: Point3): Projected => {
    const { x, y, scale } = look(point);
    return { x: x0 + zoom * x, y: y0 + zoom * y, scale };
  };
  return { box, towards, floor: (towards[2] >= 0 ? box.low : box.high)[2], project };
}

/**
 * The size of a frame in which a box, seen from all of these views, leaves no empty band above and below.
 *
 * @param most The frame's width, and the height that it has at most.
 */
export function fittedTo(
  most: { width: number; height: number },
  { left, top, right, bottom }: Record<"left" | "top" | "right" | "bottom", number>,
  box: Box,
  views: readonly View[],
): { width: number; height: number } {
  const corners = views.flatMap((view) => cornersOf(box).map(eyeOn(box, view).look));
  const [[west, east], [north, south]] = [
    ends(corners.map(({ x }) => x)),
    ends(corners.map(({ y }) => y)),
  ];
  const down = (most.width - left - right) * (south - north) / (east - west);
  // A view that cannot be is refused where it is drawn.
  const height = Number.isFinite(down) ? top + bottom + Math.ceil(down) : most.height;
  return { width: most.width, height: Math.min(most.height, Math.max(leastHeight, height)) };
}

/** The direction to an eye, and how it sees points, in units of its distance from the middle. */
function eyeOn(box: Box, { azimuth, elevation }: View): {
  towards: Point3;
  look(point: Point3): Projected;
} {
  const [turn, rise] = [azimuth * Math.PI / 180, elevation * Math.PI / 180];
  const [c, s, flat, up] = [Math.cos(turn), Math.sin(turn), Math.cos(rise), Math.sin(rise)];
  const towards: Point3 = [c * flat, s * flat, up];
  const across: Point3 = [-s, c, 0];
  const upwards: Point3 = [-c * up, -s * up, flat];
  const middle = box.low.map((low, k) => (low + box.high[k]) / 2);
  const reach = Math.hypot(...box.low.map((low, k) => (box.high[k] - low) / 2)) * distance;
  const look = (point: Point3): Projected => {
    const [x, y, z] = point.map((v, k) => (v - middle[k]) / reach);
    const along = ([a, b, c]: Point3) => a * x + b * y + c * z;
    const scale = 1 / (1 - along(towards));
    return { x: along(across) * scale, y: -along(upwards) * scale, scale };
  };
  return { towards, look };
}

/**
 * The box of points, `[n, 3]` row by row, with a margin: their inner 99 % on each axis, stretched by
 * up to 15 % to take in what lies just beyond. No side is shorter than a fifth of the longest.
 */
export function boxAround(points: Float32Array): Box {
  const sides = [0, 1, 2].map((k) => {
    const values = Float32Array.from({ length: points.length / 3 }, (_, i) => points[3 * i + k])
      .filter(Number.isFinite);
    const [low, high] = values.length > 0 ? bulk(values) : [0, 0];
    return { middle: (low + high) / 2, half: (high - low) / 2 };
  });
  const longest = Math.max(...sides.map(({ half }) => half));
  const least = longest > 0 ? longest / 5 : Math.max(1, ...sides.map((s) => Math.abs(s.middle)));
  const halves = sides.map(({ half }) => Math.max(1.1 * half, least));
  const ends = (sign: number) => sides.map((s, k) => s.middle + sign * halves[k]);
  return { low: ends(-1) as unknown as Point3, high: ends(1) as unknown as Point3 };
}

/** All eight corners. */
function cornersOf({ low, high }: Box): Point3[] {
  return Array.from({ length: 8 }, (_, i): Point3 => [
    i & 1 ? high[0] : low[0],
    i & 2 ? high[1] : low[1],
    i & 4 ? high[2] : low[2],
  ]);
}

function ends(values: number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
