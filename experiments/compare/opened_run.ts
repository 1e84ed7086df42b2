/** A run that can be compared: some epochs of it are finished, and none of its tables is damaged. */
import type { Config } from "../run_folder/config.ts";
import type { FoundRun } from "./found_run.ts";

/** Such a run. */
export interface OpenedRun extends FoundRun {
  readonly config: Config;
}

/** Why a run cannot be compared; undefined where it can. */
export function whyNot({ state, reason, metrics }: FoundRun): string | undefined {
  if (state === "damaged") return reason;
  if (metrics.length > 0) return undefined;
  return state === "failed"
    ? `no epoch of it is finished. ${reason}`
    : "no epoch of it is finished";
}
