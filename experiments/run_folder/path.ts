/** Names of run folders. */
import { join } from "node:path";
import type { Options } from "../plan/request.ts";

/** Where the files of a run are. */
export function pathOf({ out, plan }: Pick<Options, "out" | "plan">): string {
  const { id, preset, seed, ownData, dataset } = plan;
  return join(out, ownData ? `${id}@${dataset}` : id, preset, `seed-${seed}`);
}
