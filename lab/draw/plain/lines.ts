/** Lines around a space or on a sphere, the paths of the centers, and pins. The twin of `lines.wgsl`. */
import type { Camera } from "../camera.ts";
import type { Source } from "../map_painter.ts";
import { type Place, projected } from "../projection.ts";
import { type Brush, STROKE } from "./brush.ts";

/** Strengths that a path has as it fades. */
const STRENGTHS = 20;

/** A box around a space, as twelve lines, so that its turning can be seen. */
export function drawBox(brush: Brush, { shown: { middle, half } }: Camera): void {
  const corner = (bits: number) =>
    projected(middle.map((m, d) => m + (bits >> d & 1 ? half : -half)), brush.by);
  const edges = [1, 2, 4].flatMap((axis) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bits) => (bits & axis) === 0)
      .map((bits) => [corner(bits), corner(bits | axis)])
  );
  brush.lines(edges, 1.5, brush.ink(STROKE), 0.16);
}

/** The net of a sphere: twelve meridians that end near the poles, and five parallels. */
export function drawNet(brush: Brush): void {
  const at = (east: number, north: number) => {
    const [e, n] = [east, north].map((degrees) => degrees * Math.PI / 180), flat = Math.cos(n);
    return projected([flat * Math.cos(e), flat * Math.sin(e), Math.sin(n)], brush.by);
  };
  const pieces = (count: number, place: (i: number) => Place) => {
    const places = Array.from({ length: count + 1 }, (_, i) => place(i));
    return places.slice(1).map((end, i) => [places[i], end]);
  };
  const meridians = Array.from(
    { length: 12 },
    (_, k) => pieces(18, (i) => at(30 * k, i / 18 * 156 - 78)),
  );
  const parallels = Array.from({ length: 5 }, (_, k) => pieces(36, (i) => at(10 * i, 30 * k - 60)));
  const all = [...meridians, ...parallels].flat(), stroke = brush.ink(STROKE);
  brush.lines(all.filter(([start]) => start.far), 1.5, stroke, 0.06);
  brush.lines(all.filter(([start]) => !start.far), 1.5, stroke, 0.13);
}

/** The paths of the centers: `trail` has them from old to new, and they fade with their age. */
export function drawTrail(
  brush: Brush,
  { classes, dim }: Source,
  trail: readonly Float32Array[],
): void {
  brush.context.lineJoin = brush.context.lineCap = "round";
  const same = Math.ceil(trail.length / STRENGTHS);
  for (let from = 0; from < trail.length - 1; from += same) {
    const piece = trail.slice(from, from + same + 1),
      fresh = (from + piece.length / 2 + 1) / trail.length;
    for (let k = 0; k < classes; k++) {
      if (brush.hides(k)) continue;
      const path = piece.map((centers) => projected(centers, brush.by, k * dim));
      brush.lines([path], 2, brush.own(k), 0.85 * fresh * fresh);
    }
  }
  brush.context.lineJoin = "miter";
  brush.context.lineCap = "butt";
}

/** The directions of the last layer's weights: pins that stand on the circle or the sphere. */
export function drawPins(brush: Brush, { weights, columns, classes, dim }: Source): void {
  for (let column = 0; column < columns; column++) {
    const k = Math.floor(column * classes / columns);
    if (brush.hides(k)) continue;
    const w = Array.from({ length: dim }, (_, d) => weights[d * columns + column]);
    const length = Math.hypot(...w) || 1, foot = projected(w, brush.by);
    const head = projected(w.map((c) => 1.13 * c / length), { ...brush.by, directions: false });
    brush.lines([[foot, head]], 4.5, brush.own(k), brush.presence(foot));
  }
}
