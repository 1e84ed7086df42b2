/** The command that repeats a run. */
import { quoted } from "../../src/base/printable.ts";
import { ownFlags, rowPlan, variantOf } from "../plan/variant.ts";
import type { Config } from "../run_folder/config.ts";

/** `deno task exp ...`, in one line: the row, and what flags changed of it. */
export function commandOf({ plan }: Config): string {
  const { id, preset, seed, ownData, name } = plan;
  const flags = [`--preset ${preset}`, `--seed ${seed}`];
  if (ownData) flags.push(`--data ${quoted(ownData.source)}`);
  const base = rowPlan(plan), { name: _, ...unnamed } = plan;
  const variant = base ? variantOf(base, plan) : plan.variant;
  for (const [flag, value] of ownFlags({ ...unnamed, variant })) {
    flags.push(`--${flag} ${quoted(value)}`);
  }
  if (name !== undefined) flags.push(`--name ${quoted(name)}`);
  return `deno task exp ${quoted(id)} ${flags.join(" ")}`;
}
