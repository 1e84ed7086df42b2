/** How dense dots lie, on a grid. */
import type { Dots } from "../paint/dots.ts";
import type { PlotArea } from "../frame/plot_area.ts";

/** Pixels between two nodes of the grid. */
export const CELL = 4;

/** Bandwidths in pixels: a single dot is a spot, and a class that is everywhere still has a shape. */
const LEAST = 4, MOST = 40;

/** Of the bandwidth that is best for a single normal heap. */
const NARROWER = 0.75;

/** Boxes over each other that make a bell. */
const PASSES = 3;

/**
 * A kernel density of some dots in an area, linear between nodes that are four pixels apart.
 *
 * Dots are shared among their four nodes; three passes of a box along rows and columns have the variance of a normal kernel. Its
 * deviation is three quarters of Silverman's n^(-1/6) s (*Density Estimation*, 1986, 4.14), because classes have several heaps. There
 * s comes from quartiles, so that strays do not blur the rest.
 */
export class Density {
  readonly #area: PlotArea;
  readonly #columns: number;
  readonly #rows: number;
  readonly #nodes: Float32Array;

  /** @param own Which of the dots count. */
  constructor(area: PlotArea, dots: Dots, own: readonly number[]) {
    this.#area = area;
    this.#columns = Math.ceil(area.width / CELL) + 2;
    this.#rows = Math.ceil(area.height / CELL) + 2;
    this.#nodes = new Float32Array(this.#columns * this.#rows);
    for (const i of own) this.#share(dots.x[i], dots.y[i]);
    const reach = bandwidthOf(dots, own) / CELL;
    // A box of 2 r + 1 nodes has the variance r (r + 1) / 3.
    const radius = Math.max(1, Math.round(Math.sqrt(3 * reach ** 2 / PASSES + 0.25) - 0.5));
    const nodes = this.#nodes, other = new Float32Array(nodes.length);
    const rows = { length: this.#columns, step: 1, lines: this.#rows, next: this.#columns };
    const columns = { length: this.#rows, step: this.#columns, lines: this.#columns, next: 1 };
    for (let pass = 0; pass < PASSES; pass++) {
      boxes(nodes, other, rows, radius);
      boxes(other, nodes, columns, radius);
    }
  }

  /** The density at a place of the frame, and how it grows along columns and rows, per pixel. */
  at(x: number, y: number): readonly [value: number, alongX: number, alongY: number] {
    const { node, right, below } = this.#cell(x, y), nodes = this.#nodes;
    const [a, b] = [nodes[node], nodes[node + 1]];
    const [c, d] = [nodes[node + this.#columns], nodes[node + this.#columns + 1]];
    const top = a + (b - a) * right, bottom = c + (d - c) * right;
    const alongX = (b - a) * (1 - below) + (d - c) * below;
    return [top + (bottom - top) * below, alongX / CELL, (bottom - top) / CELL];
  }

  /**
   * The first pixels, from the area's corner, of the four-pixel cells that may be within four pixels of where the density is `level`.
   */
  *cellsNear(level: number): Generator<readonly [column: number, row: number]> {
    const nodes = this.#nodes;
    for (let row = 0; row < this.#rows - 1; row++) {
      for (let column = 0; column < this.#columns - 1; column++) {
        const node = row * this.#columns + column, next = node + this.#columns;
        const [a, b, c, d] = [nodes[node], nodes[node + 1], nodes[next], nodes[next + 1]];
        const least = Math.min(a, b, c, d), most = Math.max(a, b, c, d);
        // It changes by no more in the cell beside than twice what it changes here.
        const around = 2 * (most - least);
        if (level >= least - around && level <= most + around) yield [column * CELL, row * CELL];
      }
    }
  }

  /** Adds a dot to the four nodes around it. */
  #share(x: number, y: number): void {
    const { node, right, below } = this.#cell(x, y), nodes = this.#nodes;
    nodes[node] += (1 - right) * (1 - below);
    nodes[node + 1] += right * (1 - below);
    nodes[node + this.#columns] += (1 - right) * below;
    nodes[node + this.#columns + 1] += right * below;
  }

  /** The upper left node of a place's cell, and where in the cell it is, 0 to 1. */
  #cell(x: number, y: number): { node: number; right: number; below: number } {
    const across = (x - this.#area.left) / CELL, down = (y - this.#area.top) / CELL;
    const column = Math.floor(across), row = Math.floor(down);
    return { node: row * this.#columns + column, right: across - column, below: down - row };
  }
}

/** How lines of nodes lie: how many to a line, from node to node, how many lines, from line to line. */
interface Lines {
  length: number;
  step: number;
  lines: number;
  next: number;
}

/** The mean of the nodes up to `radius` away, along each line; beyond the grid there is nothing. */
function boxes(
  from: Float32Array,
  to: Float32Array,
  { length, step, lines, next }: Lines,
  radius: number,
): void {
  for (let line = 0; line < lines; line++) {
    const at = (i: number) => i < 0 || i >= length ? 0 : from[line * next + i * step];
    let sum = 0;
    for (let i = 0; i < radius; i++) sum += at(i);
    for (let i = 0; i < length; i++) {
      sum += at(i + radius) - at(i - radius - 1);
      to[line * next + i * step] = sum / (2 * radius + 1);
    }
  }
}

function bandwidthOf({ x, y }: Dots, own: readonly number[]): number {
  const deviation = (values: Float32Array) => {
    const sorted = Float32Array.from(own, (i) => values[i]).sort();
    const quartile = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
    // Of a normal distribution, the quartiles are 1.349 deviations apart.
    return (quartile(0.75) - quartile(0.25)) / 1.349;
  };
  const both = Math.sqrt((deviation(x) ** 2 + deviation(y) ** 2) / 2);
  return Math.min(MOST, Math.max(LEAST, NARROWER * both * own.length ** (-1 / 6)));
}
