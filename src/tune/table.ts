/** What the tuner found, as text. */
import { digits } from "../base/format.ts";
import { column, textTable } from "../base/text_table.ts";
import type { Tile } from "../gpu/tiles/tiles.ts";
import type { Use } from "./use.ts";
import type { CachedTile } from "./cache.ts";

/** Rows and columns of a thread, lanes, wanted workgroups and how threads share, short. */
export function tileWords(
  { rows, cols, lanes, parallel, share, lanesX, depth, winograd }: Tile,
): string {
  return [
    `${rows}x${4 * cols}`,
    `${lanes} lanes${lanesX === undefined ? "" : ` (${lanesX} along columns)`}`,
    `${parallel} groups`,
    ...share === "nothing" ? [] : [share],
    ...depth === undefined ? [] : [`depth ${depth}`],
    ...winograd ? ["Winograd"] : [],
  ].join(", ");
}

/** The table of these kernels and shapes; made before the first is timed, so that lines can be printed as they come. */
export function tuneTable(uses: readonly Use[]) {
  const { titles, line } = textTable(
    (["kernel", "shape"] as const).map((name) => column(name, uses.map((use) => use[name]))),
    ["own ms", "best ms", "ratio"],
  );
  return {
    titles: `${titles}  tile`,
    line: ({ kernel, shape }: Use, { tile, ms, defaultMs }: CachedTile) => {
      const numbers = [digits(defaultMs), digits(ms), (defaultMs / ms).toFixed(2)];
      return `${line([kernel, shape], numbers)}  ${tileWords(tile)}`;
    },
  };
}
