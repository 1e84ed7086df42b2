/** The file of `--tiles FILE`. */
import { checkEnds } from "../base/files.ts";
import { UsageError } from "../base/errors.ts";
import { reason } from "../base/reason.ts";
import { type Tile, TILED, type Tiles } from "../gpu/tiles/tiles.ts";
import { misfit, type Room } from "./misfit.ts";
import { parseTiles } from "./parse_tiles.ts";

/** A config of a run on many classes has their names, too. */
const MOST_BYTES = 1e8;

/**
 * Tiles from a file: as `deno task tune --write FILE` writes them, or a run's `config.json`.
 *
 * @throws {UsageError} When there is no such file, or it holds no tiles.
 */
export async function readTilesFile(path: string): Promise<Tiles> {
  let text: string;
  try {
    checkEnds(await Deno.stat(path), MOST_BYTES);
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw new UsageError(`--tiles ${path} cannot be read: ${reason(error)}`);
  }
  try {
    const json = JSON.parse(text);
    return parseTiles(json?.plan && json.tiles ? json.tiles : json);
  } catch (error) {
    throw new UsageError(
      `--tiles ${path} holds no tiles: ${(error as Error).message} ` +
        "(`deno task tune --write FILE` writes such a file, and a run's config.json is one)",
    );
  }
}

/** Every tile with its name. */
function named(tiles: Tiles): [string, Tile][] {
  return [...TILED.map((kernel): [string, Tile] => [kernel, tiles[kernel]])]
    .concat(Object.entries(tiles.tuned ?? {}));
}

/** Which of the tiles the adapter cannot run, and why; undefined when it can run all. */
export function misfitAmong(tiles: Tiles, adapter: Room): string | undefined {
  for (const [name, tile] of named(tiles)) {
    const why = misfit(tile, adapter);
    if (why) return `the tile of ${name} does not run here: ${why}`;
  }
}

/**
 * Tiles of a file that the adapter can run.
 *
 * @throws {UsageError} When there is no such file, it holds no tiles, or the adapter cannot run them.
 */
export async function tilesForAdapter(path: string, adapter: Room): Promise<Tiles> {
  const tiles = await readTilesFile(path);
  const why = misfitAmong(tiles, adapter);
  if (why) throw new UsageError(`--tiles ${path}: ${why}`);
  return tiles;
}
