/** A number of a plan, as a flag sets it. */
import type { Range } from "../../src/base/range.ts";
import type { Plan } from "./plan.ts";

/** A number of a plan: what it is, what it may be, and the plan with another one. */
export interface PlanNumber {
  readonly what: string;
  /** Where it stands in a plan. */
  readonly path: string;
  readonly range: Range;
  /** Another name of the flag. */
  readonly alias?: string;
  readonly with: (plan: Plan, value: number) => Plan;
}
