/** Whether an adapter can run a tile. */
import type { AdapterFacts } from "../adapter/facts.ts";
import type { Tile, Tiles } from "./tiles.ts";

/** What of an adapter decides. */
export type AdapterLimits = Pick<AdapterFacts, "subgroupSize" | "limits">;

/** Limits on the lanes of a workgroup, which lie along x. */
const LANE_LIMITS = ["maxComputeInvocationsPerWorkgroup", "maxComputeWorkgroupSizeX"];

/** Why the adapter cannot run the tile; undefined when it can, as far as can be told before compiling. */
export function misfit(
  tile: Tile,
  { subgroupSize, limits }: AdapterLimits,
): string | undefined {
  const most = Math.min(...LANE_LIMITS.map((name) => limits[name] ?? Infinity));
  if (tile.lanes > most) {
    return `it has ${tile.lanes} lanes, but workgroups of this adapter at most ${most}`;
  }
  if (tile.share === "subgroup" && tile.lanes !== subgroupSize) {
    return `it shares within subgroups of ${tile.lanes} lanes, but those of this adapter ${
      subgroupSize === 0 ? "have no fixed size" : `have ${subgroupSize}`
    }`;
  }
}

/** Which of these tiles the adapter cannot run, and why; undefined when it can run all. */
export function misfitAmong(
  { operands: _, tuned, ...kernels }: Partial<Tiles>,
  adapter: AdapterLimits,
): string | undefined {
  for (const [name, tile] of Object.entries({ ...kernels, ...tuned })) {
    const why = misfit(tile, adapter);
    if (why) return `the tile of ${name} does not run here: ${why}`;
  }
}
