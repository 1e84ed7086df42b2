/** What pages call a run. */
import { nameOfRun, ownOf } from "../plan/variant.ts";
import type { Config } from "../run_folder/config.ts";

/** The row with what the run has of its own, and the images where they are one's own. */
export function titleOf({ plan }: Config): string {
  return plan.ownData
    ? [`${plan.id} on ${plan.dataset}`, ownOf(plan)].filter((it) => it).join(" · ")
    : nameOfRun(plan);
}
