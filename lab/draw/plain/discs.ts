/** Discs: samples, centers and marks. The twin of `discs.wgsl`. */
import type { Camera } from "../camera.ts";
import { dotRadius, type Mark, type Source } from "../map_painter.ts";
import { projected } from "../projection.ts";
import { type Brush, DISC, STROKE, TEXT } from "./brush.ts";

/** Width of a rim. */
const RIM = 1.8;

/** Samples: those of a sphere's far side first. */
export function drawSamples(brush: Brush, source: Source, { shown: { middle } }: Camera): void {
  const { table, rows, stride, dim, place } = source, { by } = brush;
  const dot = dotRadius(rows), space = dim === 3, sphere = space && by.directions;
  const depthOf = projected(middle, { ...by, directions: false }).w;
  for (const far of sphere ? [true, false] : [false]) {
    for (let row = 0; row < rows; row++) {
      const label = table[row * stride + dim];
      if (brush.hides(label)) continue;
      const at = projected(table, by, row * stride);
      if (at.far !== far) continue;
      // Rows are written round and round; what was just seen is stronger and larger.
      const fresh = 1 - (place + rows - 1 - row) % rows / rows;
      const depth = space ? Math.min(1.4, Math.max(0.5, depthOf / at.w)) : 1;
      const strength = (0.4 + 0.52 * fresh * fresh) * Math.min(depth, 1) * brush.presence(at);
      brush.disc(at, dot * (0.85 + 0.25 * fresh) * depth, brush.own(label), strength);
    }
  }
}

/** Centers: a disc of paper with a rim of the class's color, and its name, of two letters at the most. */
export function drawCenters(brush: Brush, source: Source, names: readonly string[]): void {
  const { centers, classes, dim } = source, { context, look: { pixel } } = brush;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let k = 0; k < classes; k++) {
    if (brush.hides(k)) continue;
    const at = projected(centers, brush.by, k * dim), alpha = brush.presence(at);
    brush.disc(at, 8.5 - RIM / 2, brush.ink(DISC), alpha);
    brush.ring(at, 8.5, RIM, brush.own(k), alpha);
    const text = names[k];
    context.font = `600 ${
      (text.length > 1 ? 8 : 11) * pixel
    }px system-ui, "DejaVu Sans", sans-serif`;
    context.fillStyle = brush.ink(TEXT);
    context.fillText(text, at.x, at.y + 0.5 * pixel);
  }
}

/** Marks: what a visitor points at, and what was drawn by hand. */
export function drawMarks(brush: Brush, marks: readonly Mark[]): void {
  for (const { place, label } of marks) {
    const at = projected(place, brush.by);
    if (label === undefined) {
      brush.ring(at, 7, RIM, brush.look.dark ? brush.ink(STROKE) : brush.ink(TEXT));
      continue;
    }
    brush.disc(at, 6, brush.own(label));
    brush.ring(at, 6, RIM, brush.look.dark ? brush.ink(STROKE) : brush.ink(TEXT));
  }
}
