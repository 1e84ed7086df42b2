/** The curves of runs over each other. */
import { numberIn } from "../../src/base/csv_lines.ts";
import { classColor, curves, type Frame, type Series } from "../../src/figures/mod.ts";
import { columnOf } from "../run_folder/run_summary.ts";
import type { Comparison, Group } from "./comparison.ts";
import { meanAndDeviation } from "./over_seeds.ts";

/** Training loss, test accuracy and how far classes part: a line a group, its mean over seeds with a band of the deviation. */
export function drawCurves({ groups, title, seeds }: Comparison): Frame {
  const ofColumn = (column: (group: Group) => string) => (group: Group) =>
    group.runs.map(({ metrics }) => metrics.map((line) => numberIn(line, column(group))));
  const panel = (title: string, yLabel: string, of: (group: Group) => Values, bounds = ANY) => ({
    ...{ title, yLabel },
    series: groups.map((group, i) => seriesOf(group.label, i, of(group), bounds)),
  });
  const losses = panel("Training loss", "loss", ofColumn(() => "train_loss"));
  const several = groups.some(({ runs }) => runs.length > 1);
  return curves({
    title,
    subtitle: several ? `mean of ${seeds}; the band is the deviation` : seeds,
    legend: "once",
    panels: [
      {
        ...losses,
        log: losses.series.every(({ values }) => Array.from(values).every((it) => it > 0)),
      },
      panel(
        `Test accuracy by ${ruleOf(groups)}`,
        "accuracy",
        ofColumn(({ runs }) => columnOf(runs[0].config.plan.scoring)),
        SHARE,
      ),
      ...(groups.some(({ apart }) => apart.length > 0)
        ? [panel("Separation", "center distance / class size", ({ apart }) => apart)]
        : []),
    ],
  });
}

/** By which rule the accuracies of these are. */
export function ruleOf(groups: readonly Group[]): string {
  const rules = new Set(groups.map(({ runs }) => runs[0].config.plan.scoring));
  return rules.size > 1 ? "each row's rule" : [...rules][0].replace("-", " ");
}

/** Of each run its values, epoch by epoch. */
type Values = readonly (readonly number[])[];

/** Between what values are. */
type Bounds = readonly [low: number, high: number];
const ANY: Bounds = [-Infinity, Infinity], SHARE: Bounds = [0, 1];

/** The mean of each epoch that all runs have finished, and its deviation. */
function seriesOf(name: string, index: number, runs: Values, [low, high]: Bounds): Series {
  const epochs = runs.length > 0 ? Math.min(...runs.map((of) => of.length)) : 0;
  const each = Array.from(
    { length: epochs },
    (_, epoch) => meanAndDeviation(runs.map((of) => of[epoch])),
  );
  return {
    name,
    color: classColor(index),
    values: each.map(({ mean }) => mean),
    ...(runs.length > 1 && {
      band: {
        low: each.map(({ mean, deviation }) => Math.max(low, mean - deviation)),
        high: each.map(({ mean, deviation }) => Math.min(high, mean + deviation)),
      },
    }),
  };
}
