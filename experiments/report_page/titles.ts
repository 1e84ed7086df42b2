/** What pages call a run. */
import { ownOf } from "../plan/variant.ts";
import type { Config } from "../run_folder/config.ts";

/** The row, with the images where they are one's own, and what the run has of its own. */
export function titleOf({ plan }: Config): string {
  const row = plan.ownData ? `${plan.id} on ${plan.dataset}` : plan.id, own = ownOf(plan);
  return own ? `${row} · ${own}` : row;
}
