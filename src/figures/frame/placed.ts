import type { Dots } from "../paint/dots.ts";
import type { Perspective, Point3, Projected } from "./perspective.ts";
import type { Hidden } from "./remarks.ts";

/** A sample inside the box. */
export interface Placed extends Projected {
  /** Which of the samples it is. */
  readonly index: number;
  /** Its features. */
  readonly point: Point3;
}

/** The samples inside the box, the farthest first, and how many are not. */
export function placeIn(
  perspective: Perspective,
  count: number,
  pointOf: (index: number) => Point3,
): Hidden & { placed: Placed[] } {
  const { low, high } = perspective.box;
  const placed: Placed[] = [];
  let [outside, notFinite] = [0, 0];
  for (let index = 0; index < count; index++) {
    const point = pointOf(index);
    if (!point.every(Number.isFinite)) notFinite++;
    else if (!point.every((v, k) => v >= low[k] && v <= high[k])) outside++;
    else placed.push({ index, point, ...perspective.project(point) });
  }
  placed.sort((a, b) => a.scale - b.scale || a.index - b.index);
  return { placed, outside, notFinite };
}

/** The places on the floor, at height `floor`, straight below or above the samples. */
export function onFloor(
  perspective: Perspective,
  placed: readonly Placed[],
  labels: ArrayLike<number>,
  floor: number,
): Dots {
  const spots = placed.map(({ point: [x, y] }) => perspective.project([x, y, floor]));
  return {
    x: Float32Array.from(spots, ({ x }) => x),
    y: Float32Array.from(spots, ({ y }) => y),
    label: placed.map(({ index }) => labels[index]),
  };
}

/** How near each sample is: 0 for the farthest, 1 for the nearest. */
export function nearness(placed: readonly Placed[]): number[] {
  const [far, near] = [placed[0]?.scale, placed.at(-1)?.scale ?? 1];
  return placed.map(({ scale }) => near > far ? (scale - far) / (near - far) : 1);
}
