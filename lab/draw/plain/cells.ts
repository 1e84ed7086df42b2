/** Regions as polygons: scores are linear, so that the places of a class are what other classes leave of all places. */
import { BY_ANGLE, BY_CENTER, type Look, type Source } from "../map_painter.ts";

/** A place: two numbers of a plane and 1, or a direction in space; or the score of a class, as factors of those. */
export type Triple = readonly [number, number, number];

/** A corner of a cell, and whether the edge that begins there is where another class begins. */
export interface Corner {
  at: Triple;
  border: boolean;
}

/** The score of each class: the same that `back.wgsl` computes. */
export function scoresOf(source: Source, { region, directions }: Look): Triple[] {
  const { centers, weights, bias, columns, dim, classes } = source;
  const byCenter = region === BY_CENTER;
  return Array.from({ length: classes }, (_, k) => {
    const own = (d: number) => byCenter ? centers[dim * k + d] : weights[columns * d + k];
    const w = Array.from({ length: dim }, (_, d) => own(d));
    const unit = region === BY_ANGLE || (directions && byCenter);
    const length = unit ? Math.hypot(...w) || 1 : byCenter ? 0.5 : 1;
    let more = 0;
    if (!unit && !directions) {
      more = byCenter ? -w.reduce((sum, c) => sum + c * c, 0) : bias?.[k] ?? 0;
    }
    const [x, y, z = more] = w.map((c) => c / length);
    return [x, y, z];
  });
}

/** What of an outline, which is convex, belongs to each class; among equals to the first. */
export function cellsOf(outline: readonly Corner[], scores: readonly Triple[]): Corner[][] {
  return scores.map((own, k) =>
    scores.reduce<Corner[]>((cell, other, j) => {
      if (j === k) return cell;
      return cut(cell, [own[0] - other[0], own[1] - other[1], own[2] - other[2]], k < j);
    }, [...outline])
  );
}

/** What of a cell is on the side where a score is above 0, or 0 itself where that counts. */
function cut(cell: Corner[], [a, b, c]: Triple, zero: boolean): Corner[] {
  const values = cell.map(({ at: [x, y, z] }) => a * x + b * y + c * z);
  const inside = values.map((value) => zero ? value >= 0 : value > 0);
  return cell.flatMap((corner, i) => {
    const next = (i + 1) % cell.length, kept = inside[i] ? [corner] : [];
    if (inside[i] === inside[next]) return kept;
    const share = values[i] / (values[i] - values[next]);
    // Where the outline leaves that side, it goes on along the border.
    const border = inside[i] || corner.border;
    return [...kept, { at: between(corner.at, cell[next].at, share), border }];
  });
}

/** A share of the way from one place to another. */
export function between(from: Triple, to: Triple, share: number): Triple {
  const on = (d: 0 | 1 | 2) => from[d] + share * (to[d] - from[d]);
  return [on(0), on(1), on(2)];
}
