/** Tiles from JSON, checked, with those of single shapes. */
import { type Check, mapOf } from "../base/json.ts";
import { parseTable, parseTile } from "../gpu/tiles/parse_tile.ts";
import type { Tiles } from "../gpu/tiles/tiles.ts";
import { useOf } from "./use.ts";

/**
 * Tiles of all kernels.
 *
 * @throws {TypeError} When they are none: which field is wrong, and what it must be.
 */
export function parseTiles(json: unknown): Tiles {
  const { tuned, ...tiles } = parseTable(json);
  return tuned === undefined ? tiles : { ...tiles, tuned: byUse(parseTile)(tuned, "tuned") };
}

/** A record with something for each of some kernels and shapes. */
export function byUse<T>(check: Check<T>): Check<Record<string, T>> {
  return (json, name) => {
    const found = mapOf(check)(json, name);
    const wrong = Object.keys(found).find((key) => !useOf(key));
    if (wrong === undefined) return found;
    throw new TypeError(`${name} has "${wrong}", which names no kernel and shape`);
  };
}
