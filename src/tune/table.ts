/** What the tuner found, as text. */
import type { Tile } from "../gpu/tiles/tiles.ts";
import type { Use } from "./use.ts";
import type { CachedTile } from "./cache.ts";

const NUMBER_WIDTH = 9;

/** Rows and columns of a thread, lanes, wanted workgroups and how threads share, short. */
export function tileWords({ rows, cols, lanes, parallel, share, lanesX, depth }: Tile): string {
  return [
    `${rows}x${4 * cols}`,
    `${lanes} lanes${lanesX === undefined ? "" : ` (${lanesX} along columns)`}`,
    `${parallel} groups`,
    ...share === "nothing" ? [] : [share],
    ...depth === undefined ? [] : [`depth ${depth}`],
  ].join(", ");
}

/** The table of these kernels and shapes; made before the first is timed, so that lines can be printed as they come. */
export function tuneTable(uses: readonly Use[]) {
  const width = (of: keyof Use) => 2 + Math.max(of.length, ...uses.map((use) => use[of].length));
  const widths = [width("kernel"), width("shape")];
  const line = (kernel: string, shape: string, numbers: string[], tile: string) =>
    kernel.padEnd(widths[0]) + shape.padEnd(widths[1]) +
    numbers.map((it) => it.padStart(NUMBER_WIDTH)).join("") + `  ${tile}`;
  return {
    titles: line("kernel", "shape", ["own ms", "best ms", "ratio"], "tile"),
    line: ({ kernel, shape }: Use, { tile, ms, defaultMs }: CachedTile) =>
      line(
        kernel,
        shape,
        [defaultMs.toPrecision(3), ms.toPrecision(3), (defaultMs / ms).toFixed(2)],
        tileWords(tile),
      ),
  };
}
