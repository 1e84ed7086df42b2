/** Tiles from JSON, checked. */
import { type Tile, TILED, type Tiles } from "../gpu/tiles.ts";
import { useOf } from "./use.ts";

/** The largest value of each number of a tile; the smallest is 1. */
const MOST = { rows: 64, cols: 64, lanes: 1024, parallel: 1 << 20 };
/** Groups of four sums a thread may keep: more would compile for minutes. */
const MOST_SUMS = 128;
/** The values of numbers that only tiles with workgroup memory have. */
const OF_WORKGROUPS: Record<string, readonly number[]> = {
  lanesX: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
  depth: [4, 8, 16, 32],
};
const SHARES: readonly Tile["share"][] = ["nothing", "subgroup", "workgroup"];
const OPERANDS: readonly Tiles["operands"][] = ["storage", "texture"];

/**
 * A tile.
 *
 * @param name What the message calls it.
 * @throws {TypeError} When it is none: what is wrong, and what it must be.
 */
export function parseTile(json: unknown, name: string): Tile {
  const given = fields(json, name, [...Object.keys(MOST), "share"], Object.keys(OF_WORKGROUPS));
  for (const [field, most] of Object.entries(MOST)) {
    const value = given[field];
    if (!(Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most)) {
      throw new TypeError(
        `${name}.${field} is ${show(value)}; it must be a whole number from 1 to ${most}`,
      );
    }
  }
  const sums = Number(given.rows) * Number(given.cols);
  if (sums > MOST_SUMS) {
    throw new TypeError(
      `${name} has ${given.rows} rows x ${given.cols} cols; it may have ${MOST_SUMS} at most`,
    );
  }
  oneOf(given.share, SHARES, `${name}.share`);
  for (const [field, values] of Object.entries(OF_WORKGROUPS)) {
    if (given[field] === undefined) continue;
    if (given.share !== "workgroup") {
      throw new TypeError(`${name} has ${field}, which goes with share "workgroup" alone`);
    }
    oneOf(given[field], values, `${name}.${field}`);
  }
  return { ...given } as unknown as Tile;
}

/**
 * Tiles of all kernels.
 *
 * @throws {TypeError} When they are none: which field is wrong, and what it must be.
 */
export function parseTiles(json: unknown): Tiles {
  const given = fields(json, "it", ["operands", ...TILED], ["tuned"]);
  oneOf(given.operands, OPERANDS, "operands");
  const tiles = { operands: given.operands } as Tiles;
  for (const kernel of TILED) tiles[kernel] = parseTile(given[kernel], kernel);
  if (given.tuned !== undefined) tiles.tuned = parseTuned(given.tuned);
  return tiles;
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

/** A record of these fields and no others. */
export function fields(
  json: unknown,
  name: string,
  needed: readonly string[],
  optional: readonly string[] = [],
): Record<string, unknown> {
  const given = record(json, name);
  const missing = needed.find((field) => !(field in given));
  if (missing) throw new TypeError(`${name} lacks ${missing}`);
  const unknown = Object.keys(given).find((it) => !needed.includes(it) && !optional.includes(it));
  if (unknown) throw new TypeError(`${name} has the unknown field ${unknown}`);
  return given;
}

/** A record of whatever fields. */
export function record(json: unknown, name: string): Record<string, unknown> {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) {
    return json as Record<string, unknown>;
  }
  throw new TypeError(`${name} is ${show(json)}; it must be an object`);
}

function oneOf(value: unknown, words: readonly unknown[], name: string): void {
  if (words.includes(value)) return;
  throw new TypeError(`${name} is ${show(value)}; it must be one of ${words.join(", ")}`);
}

/** A value from JSON, short. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
