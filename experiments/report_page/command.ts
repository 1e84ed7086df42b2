/** The command that repeats a run. */
import { quoted } from "../../src/base/printable.ts";
import { changes } from "../plan/differences.ts";
import { withFrom } from "../plan/from.ts";
import { planOf } from "../plan/plan.ts";
import { rowOf } from "../rows/catalog.ts";
import type { Config } from "../run_folder/config.ts";

/** Flags by where what they set stands in a plan. */
const FLAGS: Readonly<Record<string, string>> = {
  "epochs": "epochs",
  "evalEvery": "eval-every",
  "trainSize": "train-size",
  "testSize": "test-size",
  "recipe.batchSize": "batch-size",
  "recipe.featureDim": "feat-dim",
  "recipe.widthFactor": "width",
  "recipe.blocks": "blocks",
  "recipe.centers.lr": "lr-center",
  "recipe.optimizer.lr": "lr",
  "recipe.optimizer.momentum": "momentum",
  "recipe.optimizer.weightDecay": "weight-decay",
  "recipe.loss.weight": "weight-center",
  "recipe.loss.weightIntra": "weight-intra",
  "recipe.loss.weightInter": "weight-inter",
  "recipe.loss.alpha": "exponent",
  "recipe.loss.form": "form",
  "recipe.loss.margin": "margin",
  "recipe.loss.rule": "rule",
  "schedule.kind": "schedule",
  "schedule.stepSize": "step-size",
  "schedule.gamma": "gamma",
  "schedule.factor": "factor",
  "schedule.patience": "patience",
  "schedule.peak": "peak",
  "schedule.centerRamp": "center-ramp",
};

/** `deno task exp ...`, in one line. */
export function commandOf({ plan }: Config): string {
  const { id, preset, seed, ownData, from } = plan;
  const flags = [`--preset ${preset}`, `--seed ${seed}`];
  if (ownData) flags.push(`--data ${quoted(ownData.source)}`);
  if (from !== undefined) flags.push(`--from ${quoted(from)}`);
  const row = rowOf(id), published = row && planOf(row, preset);
  const base = published && (from === undefined ? published : withFrom(published, from));
  for (const { name, after } of base ? changes(base, plan) : []) {
    const flag = FLAGS[name];
    if (flag && after !== undefined) flags.push(`--${flag} ${after.replaceAll('"', "")}`);
  }
  return `deno task exp ${quoted(plan.file?.path ?? id)} ${flags.join(" ")}`;
}
