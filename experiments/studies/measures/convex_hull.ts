/** The convex hull of points in the plane. */

/**
 * The corners of the convex hull, counter-clockwise from the point of the least x (then y): Andrew's monotone chain
 * (Information Processing Letters 9, 1979). Points within an edge are no corners; of points that coincide, the first is
 * the corner; points that are not finite are left out. On one line the corners are its two ends.
 *
 * For float32 points of like magnitude the turns are exact: their differences and products fit into float64.
 *
 * @param points `[n, 2]`, row by row.
 * @returns The corners' row numbers.
 * @throws {TypeError} When `points` is no whole number of pairs.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(convexHull([1, 1, 0, 0, 2, 0, 2, 2, 0, 2]), [1, 2, 3, 4]);
 * assertEquals(onHull([1, 1, 0, 0, 2, 0, 2, 2, 0, 2]), [false, true, true, true, true]);
 * ```
 */
export function convexHull(points: ArrayLike<number>): number[] {
  checkPairs(points);
  const x = (i: number) => points[2 * i], y = (i: number) => points[2 * i + 1];
  const order = Array.from({ length: points.length / 2 }, (_, i) => i)
    .filter((i) => Number.isFinite(x(i)) && Number.isFinite(y(i)))
    .sort((i, j) => x(i) - x(j) || y(i) - y(j) || i - j)
    .filter((i, at, all) => at === 0 || x(i) !== x(all[at - 1]) || y(i) !== y(all[at - 1]));
  if (order.length < 3) return order;
  /** Positive where `a`, `b`, `c` turn left. */
  const turn = (a: number, b: number, c: number) =>
    (x(b) - x(a)) * (y(c) - y(a)) - (y(b) - y(a)) * (x(c) - x(a));
  const chain = (along: readonly number[]) => {
    const corners: number[] = [];
    for (const i of along) {
      while (corners.length > 1 && turn(corners.at(-2)!, corners.at(-1)!, i) <= 0) corners.pop();
      corners.push(i);
    }
    return corners.slice(0, -1);
  };
  return [...chain(order), ...chain(order.toReversed())];
}

/**
 * Which points are corners of the convex hull of all, or coincide with one. The others, inside or within an edge, are
 * enclosed; `undefined` for a point that is not finite.
 *
 * @param points `[n, 2]`, row by row.
 * @throws {TypeError} When `points` is no whole number of pairs.
 */
export function onHull(points: ArrayLike<number>): (boolean | undefined)[] {
  const corners = convexHull(points);
  return Array.from({ length: points.length / 2 }, (_, i) => {
    const [x, y] = [points[2 * i], points[2 * i + 1]];
    if (!(Number.isFinite(x) && Number.isFinite(y))) return undefined;
    return corners.some((c) => points[2 * c] === x && points[2 * c + 1] === y);
  });
}

function checkPairs(points: ArrayLike<number>): void {
  if (points.length % 2 !== 0) {
    throw new TypeError(`Cannot read ${points.length} numbers as points in the plane: give pairs`);
  }
}
