/** The cache of tuned tiles: one file for all adapters that were tuned from this folder. */
import { RunError } from "../base/errors.ts";
import { readIfThere, writeShared } from "../base/files.ts";
import { type Check, fields, mapOf, parseJson } from "../base/json.ts";
import type { AdapterFacts } from "../gpu/adapter/facts.ts";
import { parseTile } from "../gpu/tiles/parse_tile.ts";
import type { Tile } from "../gpu/tiles/tiles.ts";
import { misfitAmong } from "../gpu/tiles/misfit.ts";
import { byUse } from "./parse_tiles.ts";
import type { Tuned } from "./tune_one.ts";
import { keyOf } from "./use.ts";

/** The tile of a kernel and shape, and the milliseconds of a run with it and with the kernel's own. */
export interface CachedTile {
  tile: Tile;
  ms: number;
  defaultMs: number;
}

/** What was found on one adapter, by `keyOf()`. */
export type CachedTiles = Record<string, CachedTile>;

/** Its name within the folder of runs. */
export const CACHE_NAME = "tiles.json";

/** Of the file; another number is another program's. */
const FORMAT = "centerlab tiles 1";

/** The adapter's name in the cache: all that tells it apart, and the Deno whose WebGPU runs it. */
export function adapterKey(
  { description, vendor, architecture, backend, subgroupSize }: AdapterFacts,
  deno: string | undefined = globalThis.Deno?.version.deno,
): string {
  const name = [description, `vendor ${vendor}`, architecture];
  return [...name, backend, `subgroups of ${subgroupSize}`, `Deno ${deno}`]
    .filter((it) => it !== "").join(", ");
}

/**
 * What the cache holds for an adapter; nothing when there is no such file.
 *
 * @throws {RunError} When the file is broken, or something else: its name, what is wrong and what to do.
 */
export async function cachedTiles(path: string, adapter: AdapterFacts): Promise<CachedTiles> {
  const found = (await readCache(path))[adapterKey(adapter)] ?? {};
  const why = misfitAmong({ tuned: tilesOf(found) }, adapter);
  if (why) throw refusal(path, why);
  return found;
}

/**
 * Adds what was found on an adapter to the file, beside all that is in it.
 *
 * @throws {RunError} When the file there is broken, or cannot be written.
 */
export async function storeTiles(
  path: string,
  adapter: AdapterFacts,
  tuned: readonly Tuned[],
): Promise<void> {
  const adapters = await readCache(path), key = adapterKey(adapter);
  const all = { ...adapters, [key]: { ...adapters[key], ...cachedOf(tuned) } };
  const text = JSON.stringify({ format: FORMAT, adapters: all }, null, 2);
  await writeShared(path, `${text}\n`, "name another file with --cache");
}

/** What was found, as the file has it. */
export function cachedOf(tuned: readonly Tuned[]): CachedTiles {
  return Object.fromEntries(
    tuned.map((it) => [keyOf(it), { tile: it.tile, ms: it.ms, defaultMs: it.defaultMs }]),
  );
}

/** The tiles alone. */
export function tilesOf(cached: CachedTiles): Record<string, Tile> {
  return Object.fromEntries(Object.entries(cached).map(([key, { tile }]) => [key, tile]));
}

async function readCache(path: string): Promise<Record<string, CachedTiles>> {
  const bytes = await readIfThere(path);
  if (!bytes) return {};
  try {
    return parseJson(bytes, cache);
  } catch (error) {
    throw refusal(path, (error as Error).message);
  }
}

function refusal(path: string, state: string): RunError {
  return new RunError(
    `${path} is no cache of tiles: ${state}; delete it (deno task tune makes it anew), ` +
      "or leave it out of a run with --no-tune",
  );
}

const cache: Check<Record<string, CachedTiles>> = (json, name) => {
  const { format, adapters } = fields(json, name, ["format", "adapters"]);
  if (format !== FORMAT) throw new TypeError(`its format is ${JSON.stringify(format)}`);
  return mapOf(byUse(cachedTile))(adapters, "adapters");
};

const cachedTile: Check<CachedTile> = (json, name) => {
  const { tile, ...times } = fields(json, name, ["tile", "ms", "defaultMs"]);
  for (const time of Object.values(times)) {
    if (typeof time === "number" && time > 0 && time < Infinity) continue;
    throw new TypeError(`${name} has a time of ${JSON.stringify(time)}`);
  }
  return { tile: parseTile(tile, `${name}.tile`), ...times } as CachedTile;
};
