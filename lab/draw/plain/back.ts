/** What lies behind: regions, a grid, a circle, a sphere. The twin of `back.wgsl`. */
import { type Camera, gridStep } from "../camera.ts";
import { NO_REGION, type Source } from "../map_painter.ts";
import { projected } from "../projection.ts";
import { type Brush, PAPER, type Spot, STROKE } from "./brush.ts";
import { between, cellsOf, type Corner, scoresOf, type Triple } from "./cells.ts";

/** Pieces of the outline of a sphere, and of a border on it. */
const OUTLINE = 72, ARC = 12;

/** Draws it. */
export function drawBack(brush: Brush, source: Source, camera: Camera): void {
  const { context, by: { dim, directions, width, height } } = brush;
  context.globalAlpha = 1;
  context.fillStyle = brush.ink(PAPER);
  context.fillRect(0, 0, width, height);
  if (dim === 2) drawPlane(brush, source, camera);
  else if (directions) drawSphere(brush, source);
}

function drawPlane(brush: Brush, source: Source, camera: Camera): void {
  const { by: { width, height, directions }, look: { pixel } } = brush;
  const { middle: [a, b], half } = camera.shown, unit = camera.unit(Math.min(width, height));
  const at = (x: number, y: number) => ({
    x: width / 2 + (x - a) / unit,
    y: height / 2 - (y - b) / unit,
  });
  // A little more than is seen.
  const [right, up] = [width, height].map((side) => (side / 2 + 2) * unit);
  const corners: [number, number][] = [[-right, -up], [right, -up], [right, up], [-right, up]];
  const outline = corners.map(([x, y]) => ({ at: [a + x, b + y, 1] as const, border: false }));
  drawRegions(brush, source, outline, ([x, y]) => at(x, y), 1);
  const across = (x: number) => [at(x, b - up), at(x, b + up)];
  const along = (y: number) => [at(a - right, y), at(a + right, y)];
  const step = gridStep(half), stroke = brush.ink(STROKE);
  const multiples = (middle: number, reach: number) => {
    const first = Math.ceil((middle - reach) / step), last = Math.floor((middle + reach) / step);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((i) => i !== 0)
      .map((i) => i * step);
  };
  if (!directions) {
    const grid = [...multiples(a, right).map(across), ...multiples(b, up).map(along)];
    brush.lines(grid, 1, stroke, 0.05);
  } else {
    brush.ring(at(0, 0), 1 / unit / pixel + 0.5, 1, stroke, 0.2);
  }
  brush.lines([across(0), along(0)], 1, stroke, 0.16);
}

function drawSphere(brush: Brush, source: Source): void {
  const { context, by: { matrix: m, width, height }, look: { pixel } } = brush;
  const unit = (from: number, sign: number) => {
    const row = [m[from], m[4 + from], m[8 + from]].map((c) => c * sign),
      length = Math.hypot(...row);
    return { length, row: row.map((c) => c / length) };
  };
  const [right, up, near] = [unit(0, 1), unit(1, 1), unit(3, -1)], eye = m[15];
  // A sphere is seen to its horizon, which is so far towards the eye, and so far from that axis.
  const rise = near.length / eye, reach = Math.sqrt(1 - rise * rise);
  const radius = 0.5 * width * right.length * reach / (eye - near.length * rise);
  const glass = context.createRadialGradient(
    ...[width / 2, height / 2, 0, width / 2, height / 2, radius] as const,
  );
  const shade = brush.look.dark ? "255 255 255" : "0 0 0";
  for (let i = 0; i <= 10; i++) {
    const away = Math.sin(i / 10 * Math.PI / 2), facing = 2.2 * rise * Math.sqrt(1 - away * away);
    glass.addColorStop(away, `rgb(${shade} / ${0.1 - 0.075 * Math.min(1, facing)})`);
  }
  brush.disc({ x: width / 2, y: height / 2 }, radius / pixel, glass);
  const outline = Array.from({ length: OUTLINE }, (_, i): Corner => {
    const angle = 2 * Math.PI * i / OUTLINE,
      c = reach * Math.cos(angle),
      s = reach * Math.sin(angle);
    const at = near.row.map((n, d) => rise * n + c * right.row[d] + s * up.row[d]);
    return { at: [at[0], at[1], at[2]], border: false };
  });
  drawRegions(brush, source, outline, (at) => projected(at, brush.by), ARC);
}

/** Fills the cell of each class; a border is drawn in so many pieces. */
function drawRegions(
  brush: Brush,
  source: Source,
  outline: readonly Corner[],
  place: (at: Triple) => Spot,
  pieces: number,
): void {
  const { context, look } = brush;
  if (look.region === NO_REGION) return;
  cellsOf(outline, scoresOf(source, look)).forEach((cell, k) => {
    const edges = cell.map(({ at, border }, i) => {
      const next = cell[(i + 1) % cell.length].at, count = border ? pieces : 1;
      return Array.from({ length: count + 1 }, (_, j) => place(between(at, next, j / count)));
    });
    context.beginPath();
    for (const edge of edges) for (const { x, y } of edge) context.lineTo(x, y);
    context.globalAlpha = look.dark ? 0.2 : 0.13;
    context.fillStyle = brush.own(k);
    context.fill();
    brush.lines(edges.filter((_, i) => cell[i].border), 0.9, brush.own(k), 0.3);
  });
}
