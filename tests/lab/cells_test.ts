import { assertEquals } from "@std/assert";
import {
  BY_ANGLE,
  BY_CENTER,
  BY_LOGIT,
  FIRST_LOOK,
  type Source,
} from "../../lab/draw/map_painter.ts";
import { cellsOf, type Corner, scoresOf, type Triple } from "../../lab/draw/plain/cells.ts";
import { philox4x32, uniform } from "../../src/base/philox.ts";

const CLASSES = 7;

/** A square in the plane, and an eighth of a sphere: each counterclockwise. */
const SQUARE = outlineOf([-1, -1, 1], [1, -1, 1], [1, 1, 1], [-1, 1, 1]);
const EIGHTH = outlineOf([1, 0, 0], [0, 1, 0], [0, 0, 1]);

Deno.test("cellsOf() gives each place of a plane to the class with the largest score", () => {
  const source = sourceOf(2), { centers: c, weights: w, bias } = source;
  const score: Record<number, (k: number, x: number, y: number) => number> = {
    [BY_LOGIT]: (k, x, y) => w[k] * x + w[CLASSES + k] * y + bias![k],
    [BY_CENTER]: (k, x, y) => -((x - c[2 * k]) ** 2) - (y - c[2 * k + 1]) ** 2,
    [BY_ANGLE]: (k, x, y) =>
      (w[k] * x + w[CLASSES + k] * y) / Math.hypot(w[k], w[CLASSES + k]) / Math.hypot(x, y),
  };
  for (const region of [BY_LOGIT, BY_CENTER, BY_ANGLE]) {
    const cells = cellsOf(SQUARE, scoresOf(source, { ...FIRST_LOOK, region }));
    for (let i = 0; i < 200; i++) {
      const [x, y] = [random(9, i, 0), random(9, i, 1)];
      assertEquals(cellsAround(cells, [x, y, 1]), [largest((k) => score[region](k, x, y))]);
    }
  }
});

Deno.test("cellsOf() gives each place of a sphere to the nearest direction", () => {
  const source = sourceOf(3), { centers: c } = source;
  const look = { ...FIRST_LOOK, region: BY_CENTER, directions: true };
  const cells = cellsOf(EIGHTH, scoresOf(source, look));
  for (let i = 0; i < 200; i++) {
    const p: Triple = [0, 1, 2].map((d) => Math.abs(random(9, i, d))) as unknown as Triple;
    const cosine = (k: number) => {
      const own = c.subarray(3 * k, 3 * k + 3);
      return own.reduce((sum, v, d) => sum + v * p[d], 0) / Math.hypot(...own);
    };
    assertEquals(cellsAround(cells, p), [largest(cosine)]);
  }
});

Deno.test("cellsOf() marks edges between classes, and gives equals to the first", () => {
  const [left, right] = cellsOf(SQUARE, [[-1, 0, 0], [1, 0, 0]]);
  assertEquals(left.map(({ at: [x, y], border }) => [x, y, border]), [
    ...[[-1, -1, false], [0, -1, true], [0, 1, false], [-1, 1, false]],
  ]);
  assertEquals(right.filter(({ border }) => border).map(({ at }) => at), [[0, 1, 1]]);
  assertEquals(cellsOf(SQUARE, [[1, 2, 3], [1, 2, 3]]), [SQUARE, []]);
});

function outlineOf(...places: Triple[]): Corner[] {
  return places.map((at) => ({ at, border: false }));
}

/** Between -1 and 1, the same for the same numbers. */
function random(...counter: [number, number, number]): number {
  return 2 * uniform(philox4x32([...counter, 0], [1, 2])[0]) - 1;
}

function sourceOf(dim: number): Source {
  const list = (which: number, length: number) =>
    Float32Array.from({ length }, (_, i) => random(which, i, dim));
  return {
    ...{ table: list(0, 0), centers: list(1, dim * CLASSES), weights: list(2, dim * CLASSES) },
    ...{ bias: list(3, CLASSES), rows: 0, place: 0, stride: dim + 3, dim },
    ...{ classes: CLASSES, columns: CLASSES },
  };
}

/** The cells that a place is in: to the left of all edges, seen from the origin. */
function cellsAround(cells: readonly Corner[][], [x, y, z]: Triple): number[] {
  return cells.flatMap((cell, k) => {
    const inside = cell.every(({ at: [a, b, c] }, i) => {
      const [u, v, w] = cell[(i + 1) % cell.length].at;
      return (b * w - c * v) * x + (c * u - a * w) * y + (a * v - b * u) * z >= 0;
    });
    return inside && cell.length > 0 ? [k] : [];
  });
}

function largest(score: (k: number) => number): number {
  const scores = Array.from({ length: CLASSES }, (_, k) => score(k));
  return scores.indexOf(Math.max(...scores));
}
