/** Runs beside each other: those that differ in their seed alone are one line. */
import { numberIn } from "../../src/base/csv_lines.ts";
import { ownOf } from "../plan/variant.ts";
import type { Plan } from "../plan/plan.ts";
import { bestSoFar, columnOf } from "../run_folder/run_summary.ts";
import { type Difference, differencesOf, inOrder, labelOf } from "./differing.ts";
import { groupKey, type MeanAndDeviation, meanAndDeviation } from "./over_seeds.ts";
import type { OpenedRun } from "./opened_run.ts";
import { readSeparation } from "./separation.ts";

/** Runs that differ in their seed alone, and how they ended. */
export interface Group {
  readonly label: string;
  /** By their seeds. */
  readonly runs: readonly OpenedRun[];
  /** Epochs that all of them have finished. */
  readonly epochs: number;
  readonly outcomes: Readonly<Record<OutcomeName, MeanAndDeviation>>;
  /** The distance between centers, by the size of a class, epoch by epoch of each run; none where a table is missing. */
  readonly apart: readonly (readonly number[])[];
}

/**
 * What came out of runs, after the last epoch that all of a group have finished where nothing else is said; accuracies after the
 * last of these that all have tested.
 */
export const OUTCOMES = {
  accuracy: "test accuracy by the row's own rule",
  best: "the best of these epochs",
  otherRule: "test accuracy by the other rule",
  trainLoss: "training loss",
  apart:
    "mean distance between two centers divided by the size of a class (root mean square, training)",
  seconds: "time of all epochs",
} as const;

/** The name of one. */
export type OutcomeName = keyof typeof OUTCOMES;

/** What is compared. */
export interface Comparison {
  readonly differences: readonly Difference[];
  /** In the order of what differs, numbers by their size. */
  readonly groups: readonly Group[];
  /** What all runs have: row, variant, preset. */
  readonly title: string;
  /** Which seeds there are, as text. */
  readonly seeds: string;
}

/** Compares runs. */
export async function compared(runs: readonly OpenedRun[]): Promise<Comparison> {
  const groups = [...Map.groupBy(runs, ({ config }) => groupKey(config)).values()].map((own) =>
    named(own.toSorted((a, b) => a.config.plan.seed - b.config.plan.seed))
  );
  const differences = differencesOf(groups.flat());
  groups.sort(([a], [b]) =>
    differences.map(({ of }) => inOrder(of(a), of(b))).find((way) => way !== 0) ?? 0
  );
  return {
    differences,
    groups: await Promise.all(groups.map((own) => groupOf(own, labelOf(own[0], differences)))),
    title: titleOf(runs.map(({ config }) => config.plan)),
    seeds: seedsOf(runs.map(({ config }) => config.plan.seed)),
  };
}

/** The runs of a group, without the names that not all of them have: the group is not called so. */
function named(own: readonly OpenedRun[]): readonly OpenedRun[] {
  const [first] = own;
  if (own.every(({ config }) => config.plan.name === first.config.plan.name)) return own;
  return own.map((run) => {
    const { name: _, ...plan } = run.config.plan;
    return { ...run, config: { ...run.config, plan } };
  });
}

async function groupOf(runs: readonly OpenedRun[], label: string): Promise<Group> {
  const { scoring } = runs[0].config.plan;
  const epochs = Math.min(...runs.map(({ metrics }) => metrics.length));
  const after = (epoch: number, column: string) =>
    runs.map(({ metrics }) => numberIn(metrics[epoch - 1], column));
  // Under --eval-every, the last epoch of a run that is not finished may be one without a test.
  const tested =
    Array.from({ length: epochs }, (_, i) => epochs - i).find((epoch) =>
      after(epoch, columnOf(scoring)).every(Number.isFinite)
    ) ?? epochs;
  const best = runs.map(({ metrics, config: { plan } }) =>
    bestSoFar(metrics.slice(0, epochs), plan)?.accuracy ?? NaN
  );
  const separations = await Promise.all(
    runs.map(({ folder, config, metrics }) => readSeparation(folder, config.plan, metrics)),
  );
  const apart = separations.flatMap((it) => it ? [it.relative] : []);
  return {
    label,
    runs,
    epochs,
    outcomes: {
      accuracy: meanAndDeviation(after(tested, columnOf(scoring))),
      best: meanAndDeviation(best),
      otherRule: meanAndDeviation(
        after(tested, columnOf(scoring === "logit" ? "nearest-center" : "logit")),
      ),
      trainLoss: meanAndDeviation(after(epochs, "train_loss")),
      apart: meanAndDeviation(
        apart.length === runs.length ? apart.map((of) => of[epochs - 1]) : [NaN],
      ),
      seconds: meanAndDeviation(runs.map(({ seconds }) => seconds)),
    },
    apart: apart.length === runs.length ? apart : [],
  };
}

/** What all plans have. */
function titleOf(plans: readonly Plan[]): string {
  const same = (of: (plan: Plan) => string) => new Set(plans.map(of)).size === 1;
  const [first] = plans, ids = [...new Set(plans.map(({ id }) => id))];
  const row = ids.length > 3 ? `${ids.length} rows` : ids.join(", ");
  const parts = plans.map(({ variant = "" }) => variant.split("+").filter((part) => part));
  const shared = parts[0].filter((part) => parts.every((other) => other.includes(part)));
  const own = ownOf({ ...first, name: undefined, variant: shared.join("+") });
  const images = first.ownData ? [`on ${first.dataset}`] : [];
  return [
    [row, ...same(({ dataset }) => dataset) ? images : []].join(" "),
    own,
    same(({ preset }) => preset) ? first.preset : "",
  ].filter((part) => part).join(" · ");
}

/** `seed 1`, `seeds 1 to 3` or `seeds 1, 4`. */
function seedsOf(all: readonly number[]): string {
  const seeds = [...new Set(all)].sort((a, b) => a - b);
  if (seeds.length === 1) return `seed ${seeds[0]}`;
  const row = seeds.length > 2 && seeds.every((seed, i) => seed === seeds[0] + i);
  return row ? `seeds ${seeds[0]} to ${seeds.at(-1)}` : `seeds ${seeds.join(", ")}`;
}
