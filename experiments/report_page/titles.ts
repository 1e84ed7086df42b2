/** What pages call a run. */
import type { Config } from "../run_folder/config.ts";

/** The row, with the images where they are one's own. */
export function titleOf({ plan }: Config): string {
  return plan.ownData ? `${plan.id} on ${plan.dataset}` : plan.id;
}
