/** What part of a plane or a space a map shows, and from where: it follows the samples without haste. */
import type { Measures } from "../train/measures.ts";

/** Deviations around a class's mean that are to be seen. */
const DEVIATIONS = 2.6;
/** Share of the way to its aim that a frame goes, and how near is near enough, in half sides. */
const PACE = 0.12, NEAR = 0.01;
/** Distance of the eye, in half sides of the box; and the scale that lets the box fill the map. */
const EYE = 3.4, ZOOM = 2.15;
/** The largest factor by which a visitor zooms in or out of the view that follows the samples: float32 has seven digits. */
const MOST_ZOOM = 1e4;
/** Half a side around directions: a circle, and a sphere, of radius 1. */
const AROUND_DIRECTIONS = { 2: 1.24, 3: 0.82 } as const;

/** What is shown: a middle and half a side. */
export interface Shown {
  middle: [number, number, number];
  half: number;
}

/** Follows one map. */
export class Camera {
  /** What is shown now. */
  shown: Shown = { middle: [0, 0, 0], half: 2 };
  /** How the space is turned, in radians; a visitor may turn it, too. */
  turn = 0.6;
  tilt = 0.35;
  /** Whether a visitor turned the space, which then stays. */
  held = false;
  /** Whether features stand at their directions: there is nothing to follow. */
  #directions = false;
  #aim: Shown | undefined;
  /** A visitor's own view of a plane, over the one that follows. */
  #own: Shown | undefined;

  /** Shows directions, on a circle or a sphere, or features where they are. */
  showDirections(on: boolean, dim: number): void {
    if (on === this.#directions) return;
    this.#directions = on;
    this.#own = this.#aim = undefined;
    if (!on) return;
    this.shown = this.#aim = { middle: [0, 0, 0], half: AROUND_DIRECTIONS[dim === 2 ? 2 : 3] };
  }

  /** Aims at what samples and centers take up; `dim` is 2 or 3. */
  follow({ means, deviations, counts }: Measures, centers: Float32Array, dim: number): void {
    if (this.#directions) return;
    const low = [0, 0, 0], high = [0, 0, 0];
    centers.forEach((c, i) => {
      low[i % dim] = Math.min(low[i % dim], c);
      high[i % dim] = Math.max(high[i % dim], c);
    });
    counts.forEach((count, k) => {
      if (count === 0) return;
      for (let d = 0; d < dim; d++) {
        const mean = means[k * dim + d], reach = DEVIATIONS * deviations[k * dim + d];
        low[d] = Math.min(low[d], mean - reach);
        high[d] = Math.max(high[d], mean + reach);
      }
    });
    const half = Math.max(1e-6, ...high.map((h, d) => (h - low[d]) / 2)) * 1.06;
    if (!Number.isFinite(half)) return;
    const middle = high.map((h, d) => (h + low[d]) / 2) as Shown["middle"];
    if (!this.#aim) this.shown = { middle, half };
    this.#aim = { middle, half };
  }

  /** What it shows, or is on its way to. */
  get aim(): Shown {
    return this.#own ?? this.#aim ?? this.shown;
  }

  /** Goes a little on; true while it moves. */
  advance(): boolean {
    const { aim } = this;
    const { middle, half } = this.shown;
    const off = Math.max(
      Math.abs(half - aim.half),
      ...middle.map((m, d) => Math.abs(m - aim.middle[d])),
    );
    if (off < NEAR * half) return false;
    const on = (from: number, to: number) => from + PACE * (to - from);
    this.shown = {
      middle: middle.map((m, d) => on(m, aim.middle[d])) as Shown["middle"],
      half: on(half, aim.half),
    };
    return true;
  }

  /** Shows what is a factor larger or smaller about a place, or about its middle, from now on. */
  zoom(factor: number, about?: readonly [number, number]): void {
    const { middle, half } = this.#own ?? this.shown, whole = (this.#aim ?? this.shown).half;
    const to = Math.min(whole * MOST_ZOOM, Math.max(whole / MOST_ZOOM, half * factor));
    const [x, y] = (about ?? middle).map((a, d) => a + (middle[d] - a) * to / half);
    this.#own = { middle: [x, y, middle[2]], half: to };
  }

  /** Moves what is shown, from now on. */
  pan(dx: number, dy: number): void {
    const { middle, half } = this.#own ?? this.shown;
    this.#own = { middle: [middle[0] - dx, middle[1] - dy, middle[2]], half };
    this.shown = { ...this.#own, half: this.shown.half };
  }

  /** Turns the space, by pixels. */
  rotate(dx: number, dy: number): void {
    this.held = true;
    this.turn -= 0.008 * dx;
    this.tilt = Math.max(-1.5, Math.min(1.5, this.tilt + 0.008 * dy));
  }

  /** Follows the samples again, and turns by itself. */
  release(): void {
    this.held = false;
    this.#own = undefined;
  }

  /** Units of a feature a pixel, where the smaller side has so many pixels. */
  unit(pixels: number): number {
    return 2 * this.shown.half / pixels;
  }

  /** From features to clip space, column by column; `dim` is 2 or 3. */
  matrix(width: number, height: number, dim: number): Float32Array {
    const { middle: [x, y, z], half } = this.shown;
    const side = Math.min(width, height), sx = side / width, sy = side / height;
    if (dim === 2) {
      const [a, b] = [sx / half, sy / half];
      return Float32Array.of(a, 0, 0, 0, 0, b, 0, 0, 0, 0, 0, 0, -a * x, -b * y, 0.5, 1);
    }
    const [c, s, u, v] = [
      Math.cos(this.turn),
      Math.sin(this.turn),
      Math.cos(this.tilt),
      Math.sin(this.tilt),
    ];
    // Rows of the turned space: right, up, and towards the eye.
    const rows = [[c, s, 0], [-s * v, c * v, u], [s * u, -c * u, v]];
    const away = (row: readonly number[]) => -(row[0] * x + row[1] * y + row[2] * z) / half;
    const [right, up, near] = rows.map((row) => [...row.map((n) => n / half), away(row)]);
    const clip = [
      right.map((n) => n * sx * ZOOM),
      up.map((n) => n * sy * ZOOM),
      near.map((n, i) => -0.5 * n + (i === 3 ? 0.5 * EYE : 0)),
      near.map((n, i) => -n + (i === 3 ? EYE : 0)),
    ];
    return Float32Array.from({ length: 16 }, (_, i) => clip[i % 4][Math.floor(i / 4)]);
  }
}

/** A round number for the distance of grid lines: 1, 2 or 5 times a power of ten, some five on a half. */
export function gridStep(half: number): number {
  const rough = half / 2.5, power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough) ?? 10;
  return factor * power;
}
