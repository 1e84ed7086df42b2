/** Curves of several runs over each other. */
import { type LineChart, lineChart } from "../charts.ts";
import { type Html, markup } from "../html.ts";
import { accuracyOf, type RunView } from "../read_run.ts";
import { betweenCenters, withinClasses } from "../separation.ts";

/** A chart for each question, a color for each run. */
export function comparedCurves(runs: readonly RunView[], names: readonly string[]): Html {
  const chart = (
    of: Omit<LineChart, "lines">,
    values: (run: RunView) => number[],
  ): LineChart => ({
    ...of,
    lines: runs.map((run, k) => ({
      name: names[k],
      color: `var(--c${k % 100})`,
      values: values(run),
    })),
  });
  const accuracies = (split: "train" | "test", rule?: "nearest-center") => (run: RunView) =>
    run.metrics.map((_, i) => accuracyOf(run, rule ?? run.config.plan.scoring, split, i + 1));
  const share = { unit: "share of images", share: true };
  const ratio = (run: RunView) => {
    const within = withinClasses(run, "test");
    return betweenCenters(run).map((value, i) => value / within[i]);
  };
  const charts = [
    chart(
      { ...share, title: "Test accuracy", note: "By each row's own rule." },
      accuracies("test"),
    ),
    chart(
      { ...share, title: "Test accuracy by nearest center" },
      accuracies("test", "nearest-center"),
    ),
    chart(
      { ...share, title: "Training accuracy", note: "By each row's own rule." },
      accuracies("train"),
    ),
    chart(
      {
        title: "How many times farther apart than wide",
        unit: "between centers / within, test",
        note:
          "Mean distance of two centers by the root of the mean squared distance to the own one.",
      },
      ratio,
    ),
    chart({ title: "Distance between centers", unit: "in units of the features" }, betweenCenters),
    chart(
      { title: "Distance within classes, test", unit: "in units of the features" },
      (run) => withinClasses(run, "test"),
    ),
  ];
  return markup`
<section aria-labelledby="curves"><h2 id="curves">Over the epochs</h2>
<div class="panels">${charts.map(lineChart)}</div></section>`;
}
