/** `--resume --epochs N`: a run goes on for more epochs than it was begun with. */
import { UsageError } from "../../src/base/errors.ts";
import { isThere } from "../../src/base/files.ts";
import { join } from "node:path";
import { type Plan, withEpochs } from "../plan/plan.ts";
import type { Options } from "../plan/request.ts";
import { rowPlan, variantOf } from "../plan/variant.ts";
import type { Config } from "../run_folder/config.ts";
import { CONFIG, pathOf } from "../run_folder/path.ts";

/** The options with the folder that a run is resumed in: one that is to grow lies where it lay with fewer epochs. */
export async function whereItGrows(options: Options): Promise<Options> {
  const { resume, changed, plan } = options;
  if (!resume || !changed.includes("epochs") || plan.name !== undefined) return options;
  const variant = (plan.variant ?? "").split("+").filter((it) => !it.startsWith("epochs="));
  const { variant: _, ...rest } = plan;
  const own = variant.join("+"), shorter = { ...rest, ...(own && { variant: own }) };
  const has = async (it: Plan) => await isThere(join(pathOf({ ...options, plan: it }), CONFIG));
  return !await has(plan) && await has(shorter) ? { ...options, plan: shorter } : options;
}

/**
 * The config of a run that goes on to a later epoch; of a run of two stages, the second goes on.
 *
 * @throws {UsageError} When what it trained already would have been another training.
 */
export function grown(config: Config, path: string, epochs: number): Config {
  const { plan } = config, total = plan.epochs;
  const refuse = (why: string) =>
    new UsageError(
      `--epochs ${epochs} does not fit ${path}: ${why}; start another run from its weights with --from ${path}`,
    );
  if (epochs < total) {
    throw new UsageError(`--epochs is ${epochs}, and ${path} has ${total} already: give more`);
  }
  if (plan.schedule.kind === "one-cycle") {
    throw refuse(`the rate of its one cycle went by all of ${total} epochs`);
  }
  if (plan.lastEpochFactor !== 1) {
    throw refuse(`the rate of its last epoch, ${total}, is ${plan.lastEpochFactor} of the others'`);
  }
  const longer = withEpochs(plan, epochs), row = rowPlan(plan);
  const variant = plan.variant !== undefined && row && variantOf(row, longer);
  return {
    ...config,
    plan: { ...longer, ...(variant && { variant }) },
    grown: [...config.grown ?? [], total],
  };
}
