import type { Dots } from "../paint/scatter.ts";
import type { Point3, Seen, Space } from "./perspective.ts";
import type { Hidden } from "./remarks.ts";

/** A sample inside the box. */
export interface Placed {
  readonly index: number;
  readonly point: Point3;
  readonly seen: Seen;
}

/** The samples inside the box, the farthest first, and how many are not. */
export function placeIn(
  space: Space,
  count: number,
  pointOf: (index: number) => Point3,
): Hidden & { placed: Placed[] } {
  const { low, high } = space.box;
  const placed: Placed[] = [];
  let [outside, notFinite] = [0, 0];
  for (let index = 0; index < count; index++) {
    const point = pointOf(index);
    if (!point.every(Number.isFinite)) notFinite++;
    else if (!point.every((v, k) => v >= low[k] && v <= high[k])) outside++;
    else placed.push({ index, point, seen: space.see(point) });
  }
  placed.sort((a, b) => a.seen.scale - b.seen.scale || a.index - b.index);
  return { placed, outside, notFinite };
}

/** The places on the floor, at height `floor`, straight below or above the samples. */
export function onFloor(
  space: Space,
  placed: readonly Placed[],
  labels: ArrayLike<number>,
  floor: number,
): Dots {
  const seen = placed.map(({ point: [x, y] }) => space.see([x, y, floor]));
  return {
    x: Float32Array.from(seen, ({ x }) => x),
    y: Float32Array.from(seen, ({ y }) => y),
    label: placed.map(({ index }) => labels[index]),
  };
}

/** How near each sample is: 0 for the farthest, 1 for the nearest. */
export function nearness(placed: readonly Placed[]): number[] {
  const [far, near] = [placed[0]?.seen.scale, placed.at(-1)?.seen.scale ?? 1];
  return placed.map(({ seen: { scale } }) => near > far ? (scale - far) / (near - far) : 1);
}
