/** Every table of tiles that the tuner may come to. */
import { GPU_CANDIDATES, SOFTWARE_CANDIDATES } from "../../src/tune/candidates.ts";
import { gpu } from "../../src/gpu/device.ts";
import {
  defaultTiles,
  fittedTile,
  type Tile,
  TILED,
  type Tiled,
  type Tiles,
} from "../../src/gpu/tiles/tiles.ts";

/** Tables of one kind of adapter, by what they are called. */
export function candidateTables(kind: "software" | "GPU"): Map<string, () => Tiles> {
  const candidates: Record<Tiled, Tile[]> = kind === "software"
    ? SOFTWARE_CANDIDATES
    : GPU_CANDIDATES;
  const count = Math.max(...Object.values(candidates).map((list) => list.length));
  return new Map(
    Array.from({ length: count }, (_, n) => [`${kind} candidate ${n + 1}`, () => {
      const adapter = { ...gpu().adapter, software: kind === "software" };
      const tiles = { ...defaultTiles(adapter) };
      // The n-th of each kernel, or its last.
      for (const kernel of TILED) {
        tiles[kernel] = fittedTile(candidates[kernel].at(n) ?? candidates[kernel].at(-1)!, adapter);
      }
      return tiles;
    }]),
  );
}
