/** The file of `--tiles FILE`. */
import { UsageError } from "../base/errors.ts";
import { readIfThere } from "../base/files.ts";
import { parseJson } from "../base/json.ts";
import type { Tiles } from "../gpu/tiles/tiles.ts";
import { type AdapterLimits, misfitAmong } from "../gpu/tiles/misfit.ts";
import { parseTiles } from "./parse_tiles.ts";

/**
 * Tiles from a file: as `deno task tune --write FILE` writes them, or a run's `config.json`.
 *
 * @throws {UsageError} When there is no such file, or it holds no tiles.
 */
export async function readTilesFile(path: string): Promise<Tiles> {
  const bytes = await readIfThere(path).catch(({ message }: Error) => {
    throw new UsageError(`--tiles ${message}`);
  });
  if (!bytes) throw new UsageError(`--tiles ${path} cannot be read: there is no such file`);
  try {
    return parseJson(bytes, (json) => {
      const run = json as { plan?: unknown; tiles?: unknown } | null;
      return parseTiles(run?.plan && run.tiles ? run.tiles : json);
    });
  } catch (error) {
    throw new UsageError(
      `--tiles ${path} holds no tiles: ${(error as Error).message} ` +
        "(`deno task tune --write FILE` writes such a file, and a run's config.json is one)",
    );
  }
}

/**
 * Tiles of a file that the adapter can run.
 *
 * @throws {UsageError} When there is no such file, it holds no tiles, or the adapter cannot run them.
 */
export async function tilesForAdapter(path: string, adapter: AdapterLimits): Promise<Tiles> {
  const tiles = await readTilesFile(path);
  const why = misfitAmong(tiles, adapter);
  if (why) throw new UsageError(`--tiles ${path}: ${why}`);
  return tiles;
}
