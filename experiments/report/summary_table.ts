/** The README's table: each data set under each loss, beside what was published. */
import { titleOfSet } from "../../data/sets/facts.ts";
import { type Cell, type Column, tableOf } from "../compare/markdown.ts";
import { shown } from "../compare/over_seeds.ts";
import { lossName } from "../plan/loss_name.ts";
import { marked, olderNote } from "./older_settings.ts";
import { publishedOf, type ResultLine } from "./results_table.ts";

/**
 * Data sets and feature sizes down, losses across: test accuracy after the last epoch by the row's own rule, the published
 * value in brackets. The first line of a row and loss counts, as results come in the order of presets.
 */
export function summaryLines(lines: readonly ResultLine[]): string[] {
  if (lines.length === 0) return ["No results are in the repository yet."];
  const places = Map.groupBy(
    lines,
    ({ plan: { dataset, recipe } }) => `${titleOfSet(dataset)}, ${recipe.featureDim}-D`,
  );
  const columns = [...new Set(lines.map(lossOf))].map((
    loss,
  ): Column<[string, ResultLine[]]> => [
    loss,
    "left",
    ([, own]) => cellOf(own.find((line) => lossOf(line) === loss)),
  ]);
  const table = tableOf([["", "left", ([place]) => place], ...columns], [...places]);
  const told = [...places.values()].flatMap((own) =>
    [...Map.groupBy(own, lossOf).values()].map(([{ plan }]) => plan)
  );
  return [...table, ...olderNote(told, "docs/results.md")];
}

const lossOf = ({ plan }: ResultLine) => lossName(plan.recipe.loss);

function cellOf(line: ResultLine | undefined): Cell {
  if (!line) return "";
  const { plan, last, runs } = line;
  const published = publishedOf(line)?.toFixed(3);
  const seeds = runs.length > 1 ? `, ${runs.length} seeds` : "";
  return `${shown(last)}${published ? ` (${published})` : ""} ${marked(plan.preset, plan)}${seeds}`;
}
