/** The tile that a kernel is launched with. */
import { type AdapterLimits, misfit } from "./misfit.ts";
import { type Tile, type Tiled, tileKey, type Tiles } from "./tiles.ts";

/**
 * The tile for a shape on a device: the tuned one, else the kernel's.
 *
 * @throws {TypeError} When its adapter cannot run that: lanes that a subgroup lacks would broadcast what is not theirs.
 */
export function tileFor(
  { tiles, adapter }: { tiles: Tiles; adapter: AdapterLimits },
  kernel: Tiled,
  shape: string,
): Tile {
  const tile = tiles.tuned?.[tileKey(kernel, shape)] ?? tiles[kernel];
  const why = misfit(tile, adapter);
  if (why) throw new TypeError(`Cannot use the tile of ${kernel} on this adapter: ${why}`);
  return tile;
}
