/** Curves of a run over its epochs. */
import { numberIn } from "../../../src/base/csv_lines.ts";
import { objectiveOf } from "../../../src/losses/objective.ts";
import { type LineChart, lineChart } from "../charts.ts";
import { type Html, markup } from "../html.ts";
import { accuracyOf, rulesOf, type RunView } from "../read_run.ts";
import { betweenCenters, withinClasses } from "../separation.ts";

/** Losses, accuracies and distances, each with its sentence. */
export function curvesSection(run: RunView): Html {
  const charts = [lossChart(run), accuracyChart(run), ...distanceCharts(run)];
  return markup`
<section aria-labelledby="curves">
<h2 id="curves">Over the epochs</h2>
<div class="panels">${charts.map(lineChart)}</div>
</section>`;
}

function lossChart({ config: { plan }, metrics }: RunView): LineChart {
  const { terms, weights } = objectiveOf(plan.recipe.loss);
  return {
    title: "Loss by term",
    unit: "loss",
    lines: terms.flatMap((term, k) => {
      const name = `${weights[k] === 1 ? "" : `${weights[k]} x `}${term.replace("_", "-")}`;
      return (["train", "test"] as const).map((split) => ({
        name: `${name}, ${split === "train" ? "training" : "test"}`,
        color: `var(--c${k})`,
        dashed: split === "test",
        values: metrics.map((line) => weights[k] * numberIn(line, `${split}_${term}`)),
      }));
    }),
  };
}

function accuracyChart(run: RunView): LineChart {
  const color = { logit: "var(--c0)", "nearest-center": "var(--c1)" };
  return {
    title: "Accuracy",
    unit: "share of images",
    share: true,
    lines: rulesOf(run).flatMap((rule) =>
      (["train", "test"] as const).map((split) => ({
        name: `by ${rule.replace("-", " ")}, ${split === "train" ? "training" : "test"}`,
        color: color[rule],
        dashed: split === "test",
        values: run.metrics.map((_, i) => accuracyOf(run, rule, split, i + 1)),
      }))
    ),
  };
}

function distanceCharts(run: RunView): LineChart[] {
  const [train, test] = (["train", "test"] as const).map((split) => withinClasses(run, split));
  const between = betweenCenters(run);
  if (train.length === 0) return [];
  const ratio = between.map((value, i) => value / test[i]);
  return [
    {
      title: "Distances within and between classes",
      unit: "distance, in units of the features",
      note:
        "Within: root of the mean squared distance of a sample to its own center. Between: mean over pairs of centers.",
      lines: [
        { name: "within, training", color: "var(--c0)", values: train },
        { name: "within, test", color: "var(--c0)", dashed: true, values: test },
        { name: "between centers", color: "var(--c3)", values: between },
      ],
    },
    ...ratio.length === 0 ? [] : [{
      title: "How many times farther apart than wide",
      unit: "between centers / within, test",
      note: "Whether classes part, whatever the scale of the features is.",
      lines: [{ name: "between / within", color: "var(--c2)", values: ratio }],
    }],
  ];
}
