/**
 * Figures of the published table that set its losses beside each other, a panel a data set: the gap of training and test
 * accuracy over the epochs, and confusions of two classes by the distance of their centers.
 */
import { titleOfSet } from "../../data/sets/facts.ts";
import { join } from "node:path";
import { CIFAR10, CIFAR10_CLASS_NAMES } from "../../data/sets/cifar10.ts";
import { FASHION_MNIST } from "../../data/sets/fashion_mnist.ts";
import { meanOf } from "../../src/base/averages.ts";
import { numberIn, readLines } from "../../src/base/csv_lines.ts";
import { signed } from "../../src/base/format.ts";
import { withSlashes } from "../../src/base/path.ts";
import { classColor, curves, encodePng, scatter } from "../../src/figures/mod.ts";
import { type Relationship, relationshipOf } from "./relationship.ts";
import type { Result } from "./results.ts";
import { lossName } from "../plan/loss_name.ts";
import { columnOf } from "../run_folder/run_summary.ts";

/** A figure, where it belongs, and what it shows. */
export interface LossFigure {
  path: string;
  /** What is seen, for those who see no pictures. */
  text: string;
  draw: () => Uint8Array;
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  [FASHION_MNIST.name]: FASHION_MNIST.classNames,
  [CIFAR10]: CIFAR10_CLASS_NAMES,
};
/** In the order of their colours. */
const LOSSES = ["cross-entropy", "center", "standalone"];
/** Pairs of a run whose names are written. */
const NAMED = 2;

/** Both figures of each preset and dimension, of the runs with seed 1; without what no run has the tables for. */
export async function lossFigures(results: readonly Result[]): Promise<LossFigure[]> {
  const first = results.filter(({ config: { plan } }) =>
    plan.seed === 1 && LOSSES.includes(plan.recipe.loss.kind)
  );
  const found = new Map(
    await Promise.all(first.map(async (run) => [run, await readRelationship(run)] as const)),
  );
  const groups = Map.groupBy(
    first,
    ({ config: { plan } }) => `${plan.preset} ${plan.recipe.featureDim}`,
  );
  return [...groups.values()].flatMap((runs): LossFigure[] => {
    const { preset, recipe: { featureDim: dim } } = runs[0].config.plan;
    const path = (name: string) => join("results", preset, `${name}-${dim}d.png`);
    const of = `${preset}, ${dim} features`, related = runs.filter((run) => found.get(run));
    return [
      {
        path: path("gap"),
        text: `Training less test accuracy over the epochs, ${of}`,
        draw: () => drawGap(runs, of),
      },
      ...(related.length > 0
        ? [{
          path: path("confusions"),
          text: `Confusions of two classes by the distance of their centers, ${of}`,
          draw: () => drawConfusions(related, (run) => found.get(run)!, of),
        }]
        : []),
    ];
  });
}

async function readRelationship({ folder }: Result): Promise<Relationship | undefined> {
  const read = async (name: string) => await readLines(join(folder, name), { numbers: [] }) ?? [];
  return relationshipOf(await read("center_distances.csv"), await read("confusion.csv"));
}

/** A panel for each data set, with a colour for each loss, the same in all. */
function panelsOf<Series>(
  runs: readonly Result[],
  seriesOf: (run: Result, loss: { name: string; color: ReturnType<typeof classColor> }) => Series,
): { title: string; series: Series[] }[] {
  return [...Map.groupBy(runs, ({ config }) => config.plan.dataset)].map(([set, own]) => ({
    title: titleOfSet(set),
    series: own.map((run) => {
      const name = lossName(run.config.plan.recipe.loss);
      return seriesOf(run, {
        name,
        color: classColor(LOSSES.indexOf(run.config.plan.recipe.loss.kind)),
      });
    }),
  }));
}

function drawGap(runs: readonly Result[], of: string): Uint8Array {
  const panels = panelsOf(runs, ({ metrics, config: { plan: { scoring } } }, loss) => {
    const points = (line: typeof metrics[number]) =>
      100 * (numberIn(line, columnOf(scoring, "train")) - numberIn(line, columnOf(scoring)));
    return { ...loss, values: metrics.map(points) };
  });
  return encodePng(curves({
    title: `Training less test accuracy · ${of}`,
    legend: "once",
    panels: panels.map((panel) => ({ ...panel, yLabel: "percentage points" })),
  }));
}

function drawConfusions(
  runs: readonly Result[],
  found: (run: Result) => Relationship,
  of: string,
): Uint8Array {
  return encodePng(scatter({
    title: `Confusions by the distance of two centers · ${of}`,
    subtitle:
      "a point for each pair of classes, test images; r is Spearman's rank correlation, beside that under shuffled names",
    panels: panelsOf(runs, (run, loss) => seriesOf(run, found(run), loss)),
    xLabel: "distance of the centers, by the mean of all pairs",
    yLabel: "test images taken for the other class, of 1,000",
  }));
}

function seriesOf<Loss>(
  { config: { plan } }: Result,
  { pairs, samples, correlation }: Relationship,
  loss: Loss,
) {
  const { value, mean, deviation, rank } = correlation;
  const apart = meanOf(pairs.map(({ distance }) => distance));
  const named = pairs.toSorted((a, b) => b.confusions - a.confusions).slice(0, NAMED);
  const nameOf = (k: string) => NAMES[plan.dataset]?.[Number(k)] ?? k;
  return {
    ...loss,
    note: `r ${signed(value)}, shuffled ${signed(mean)} ± ${signed(deviation)}, p ${
      rank.toFixed(3)
    }`,
    points: pairs.map((pair) => ({
      x: pair.distance / apart,
      y: 1000 * pair.confusions / samples,
      ...(named.includes(pair) && { name: pair.names.map(nameOf).join(", ") }),
    })),
  };
}

/** The block of a page. */
export function figureLines(figures: readonly LossFigure[], up: string): string[] {
  return figures.flatMap(({ path, text }, i) => [
    ...(i > 0 ? [""] : []),
    `![${text}](${up}${withSlashes(path)})`,
  ]);
}
