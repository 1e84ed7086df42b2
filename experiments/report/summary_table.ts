/** The README's table: each data set under each loss, beside what was published. */
import { type Cell, type Column, tableOf } from "../compare/markdown.ts";
import { lossName } from "../plan/loss_name.ts";
import { publishedOf, type ResultLine, shown } from "./results_table.ts";

/**
 * Data sets and feature sizes down, losses across: test accuracy after the last epoch by the row's own rule, the published
 * value in brackets. The first line of a row and loss counts, as results come in the order of presets.
 */
export function summaryLines(lines: readonly ResultLine[]): string[] {
  if (lines.length === 0) return ["No results are in the repository yet."];
  const places = Map.groupBy(
    lines,
    ({ plan: { dataset, recipe } }) => `${dataset}, ${recipe.featureDim}-D`,
  );
  const columns = [...new Set(lines.map(lossOf))].map((
    loss,
  ): Column<[string, ResultLine[]]> => [
    loss,
    "left",
    ([, own]) => cellOf(own.find((line) => lossOf(line) === loss)),
  ]);
  return tableOf([["", "left", ([place]) => place], ...columns], [...places]);
}

const lossOf = ({ plan }: ResultLine) => lossName(plan.recipe.loss);

function cellOf(line: ResultLine | undefined): Cell {
  if (!line) return "";
  const { plan: { preset }, last, runs } = line;
  const published = publishedOf(line)?.toFixed(3);
  const seeds = runs.length > 1 ? `, ${runs.length} seeds` : "";
  return `${shown(last)}${published ? ` (${published})` : ""} ${preset}${seeds}`;
}
