/**
 * How far classes part under each loss: the source closes by asking whether softmax keeps growing the distance between
 * classes once they are apart.
 */
import { titleOfSet } from "../../data/sets/facts.ts";
import { join } from "node:path";
import { percent } from "../../src/base/format.ts";
import { withSlashes } from "../../src/base/path.ts";
import { classColor, curves, encodePng } from "../../src/figures/mod.ts";
import { readSeparation, type Separation } from "../compare/separation.ts";
import { lossName } from "../plan/loss_name.ts";
import { left, right, tableOf } from "../compare/markdown.ts";
import { marked, olderLines } from "./older_settings.ts";
import type { Result } from "./results.ts";

/** Runs of one preset, and where their figure belongs. */
export interface SeparationFigure {
  path: string;
  runs: Separation[];
}

/** What can be drawn: of each preset the runs with seed 1. */
export async function separationFigures(results: readonly Result[]): Promise<SeparationFigure[]> {
  const first = results.filter(({ config }) => config.plan.seed === 1);
  const runs = (await Promise.all(
    first.map(({ folder, config, metrics }) => readSeparation(folder, config.plan, metrics)),
  )).filter((run) => run !== undefined);
  return [...Map.groupBy(runs, ({ plan }) => plan.preset)].map(([preset, runs]) => ({
    path: join("results", preset, "separation.png"),
    runs,
  }));
}

/** Curves of all runs, a panel for each loss: the distance between centers, by that of the first epoch. */
export function drawSeparation(runs: readonly Separation[]): Uint8Array {
  const panels = [...Map.groupBy(runs, ({ plan }) => lossName(plan.recipe.loss))];
  const nameOf = ({ plan }: Separation) =>
    `${titleOfSet(plan.dataset)}, ${plan.recipe.featureDim}-D`;
  // A row has the same colour in all panels.
  const names = [...new Set(runs.map(nameOf))];
  return encodePng(curves({
    title: `Mean distance between centers · ${runs[0].plan.preset}`,
    legend: "once",
    yAxis: "common",
    panels: panels.map(([title, own]) => ({
      title,
      yLabel: "times that of epoch 1",
      log: true, // growth by equal factors is a line
      series: own.map((run) => ({
        name: nameOf(run),
        color: classColor(names.indexOf(nameOf(run))),
        values: run.apart.map((distance) => distance / run.apart[0]),
      })),
    })),
  }));
}

/**
 * The lines of docs/results.md: the figures, and a table of what they say from the middle of the training, when the classes are
 * apart under most losses, to its end: from the epoch that half of the epochs end with, of three the first.
 */
export function separationLines(figures: readonly SeparationFigure[]): string[] {
  const images = figures.flatMap(({ path, runs: [{ plan }] }) => [
    `![Distances between centers over the epochs, preset ${plan.preset}](../${withSlashes(path)})`,
    "",
  ]);
  return [...images, ...separationTable(figures.flatMap(({ runs }) => runs))];
}

function separationTable(runs: readonly Separation[]): string[] {
  const middle = ({ apart }: Separation) => Math.max(1, Math.floor(apart.length / 2));
  const growth = (run: Separation, of: "apart" | "relative") =>
    `x ${(run[of].at(-1)! / run[of][middle(run) - 1]).toFixed(2)}`;
  const table = tableOf<Separation>([
    left("row", ({ plan }) => plan.id),
    left("preset", ({ plan }) => marked(plan.preset, plan)),
    right("epochs compared", (run) => `${middle(run)} and ${run.apart.length}`),
    right("growth of the distance between centers", (run) => growth(run, "apart")),
    right("growth relative to the size of classes", (run) => growth(run, "relative")),
    right(
      "training accuracy by nearest center, after the first of these epochs",
      (run) => percent(run.accuracy[middle(run) - 1]),
    ),
    right("after the last", (run) => percent(run.accuracy.at(-1)!)),
  ], runs);
  return [...table, ...olderLines(runs.map(({ plan }) => plan))];
}
