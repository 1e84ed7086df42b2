/** Tiles from JSON, checked, with those of single shapes. */
import { parseTable, parseTile } from "../gpu/tiles/parse_tile.ts";
import type { Tile, Tiles } from "../gpu/tiles/tiles.ts";
import { record } from "../base/json.ts";
import { useOf } from "./use.ts";

/**
 * Tiles of all kernels.
 *
 * @throws {TypeError} When they are none: which field is wrong, and what it must be.
 */
export function parseTiles(json: unknown): Tiles {
  const { tuned, ...tiles } = parseTable(json);
  return tuned === undefined ? tiles : { ...tiles, tuned: parseTuned(tuned) };
}

function parseTuned(json: unknown): Record<string, Tile> {
  const given = record(json, "tuned");
  return Object.fromEntries(
    Object.entries(given).map(([key, tile]) => {
      if (!useOf(key)) throw new TypeError(`tuned has "${key}", which names no kernel and shape`);
      return [key, parseTile(tile, `tuned["${key}"]`)];
    }),
  );
}
