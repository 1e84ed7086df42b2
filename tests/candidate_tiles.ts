/** Every table of tiles that the tuner may come to. */
import { GPU_CANDIDATES, SOFTWARE_CANDIDATES } from "../src/gpu/candidates.ts";
import { gpu } from "../src/gpu/device.ts";
import {
  defaultTiles,
  fittedTile,
  type Tile,
  TILED,
  type Tiled,
  type Tiles,
} from "../src/gpu/tiles.ts";

/** Tables by what they are called. */
export function candidateTables(): Map<string, () => Tiles> {
  const tables = new Map<string, () => Tiles>();
  for (
    const [kind, candidates] of Object.entries({
      software: SOFTWARE_CANDIDATES,
      GPU: GPU_CANDIDATES,
    })
  ) {
    for (let n = 0; n < most(candidates); n++) {
      tables.set(`${kind} candidate ${n + 1}`, () => tilesOf(kind === "software", n));
    }
  }
  return tables;
}

/** The n-th candidate of every kernel, or its last. */
function tilesOf(software: boolean, n: number): Tiles {
  const candidates: Record<Tiled, Tile[]> = software ? SOFTWARE_CANDIDATES : GPU_CANDIDATES;
  const adapter = { ...gpu().adapter, software };
  const tiles = { ...defaultTiles(adapter) };
  for (const kernel of TILED) {
    tiles[kernel] = fittedTile(candidates[kernel].at(n) ?? candidates[kernel].at(-1)!, adapter);
  }
  return tiles;
}

function most(candidates: Record<Tiled, Tile[]>): number {
  return Math.max(...Object.values(candidates).map((list) => list.length));
}
