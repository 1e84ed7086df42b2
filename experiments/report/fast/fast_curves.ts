/** How rows that miss their bars went on, epoch by epoch. */
import { join } from "node:path";
import { titleOfSet } from "../../../data/sets/facts.ts";
import { numberIn } from "../../../src/base/csv_lines.ts";
import { classColor, curves, encodePng } from "../../../src/figures/mod.ts";
import { lossName } from "../../plan/loss_name.ts";
import type { Experiment } from "../../rows/experiment.ts";
import { columnOf } from "../../run_folder/run_summary.ts";
import type { LossFigure } from "../loss_figures.ts";
import type { Result } from "../results.ts";
import { barOf, fastLine, shortOf } from "./fast_table.ts";

/** The figure of the rows that end under their bars, by the first seed of each; none where there are none. */
export function missedFigure(
  rows: readonly Experiment[],
  results: readonly Result[],
): LossFigure[] {
  const missed = rows.flatMap((row) => {
    const line = fastLine(row, results);
    return line && shortOf(row, line) > 0 ? [{ row, run: line.runs[0] }] : [];
  });
  if (missed.length === 0) return [];
  return [{
    path: join("results", "fast", "missed.png"),
    text: "Accuracy of the rows that end under their bars, epoch by epoch",
    draw: () => draw(missed),
  }];
}

function draw(missed: readonly { row: Experiment; run: Result }[]): Uint8Array {
  return encodePng(curves({
    title: "Rows under their bars · fast",
    subtitle: "by the row's own rule; training as the pass saw it",
    panels: missed.map(({ row, run: { metrics } }) => {
      const all = metrics.length;
      const line = (value: number) => new Array<number>(all).fill(100 * value);
      const percent = (split: "train" | "test") =>
        metrics.map((line) => 100 * numberIn(line, columnOf(row.scoring, split)));
      return {
        title: `${titleOfSet(row.dataset)}, ${row.recipe.featureDim}-D, ${
          lossName(row.recipe.loss)
        }`,
        yLabel: "accuracy, %",
        series: [
          {
            name: "training",
            color: classColor(0),
            values: percent("train"),
          },
          { name: "test", color: classColor(1), values: percent("test") },
          { name: "bar", color: classColor(1), values: line(barOf(row)), dashed: true },
          {
            name: "published",
            color: classColor(2),
            values: line(row.source!.accuracy!),
            dashed: true,
          },
        ],
      };
    }),
    legend: "once",
    size: { width: 460 * missed.length, height: 440 },
  }));
}
