/** Names: of run folders, and of what is in them. */
import { join } from "node:path";
import type { Options } from "../plan/request.ts";

/** Where the files of a run are. */
export function pathOf({ out, plan }: Pick<Options, "out" | "plan">): string {
  const { id, preset, seed, ownData, dataset } = plan;
  return join(out, ownData ? `${id}@${dataset}` : id, preset, `seed-${seed}`);
}

/** Names of files in a run folder. */
export const CONFIG = "config.json", CONFUSION = "confusion.csv";
/** The checkpoints: of the last epoch, and of the best one. */
export const LAST = "last.safetensors", BEST = "best.safetensors";

/** The name of an epoch's file in a run folder. */
export function epochFile(kind: "features" | "predictions", epoch: number): string {
  return `${kind}/epoch-${String(epoch).padStart(3, "0")}.npy`;
}
