/** The pages of the other published experiments: what is written into each from `results/`. */
import { join } from "node:path";
import { type MarkdownColumn, padded, wrapped } from "./markdown.ts";
import { type Lines, readLines } from "../../src/base/csv_lines.ts";
import type { Result } from "./results.ts";
import { othersTable, resultLines } from "./results_table.ts";

/** A group of rows with a page of its own. */
interface Group {
  /** Ids of its rows. */
  rows: RegExp;
  /** Tables of its studies. */
  tables: readonly StudyTable[];
}

/** A table of a study, or a part of it. */
interface StudyTable {
  /** A folder of `results/<preset>/`. */
  study: string;
  /** A CSV file there. */
  file: string;
  /** Its columns; all without. */
  columns?: readonly string[];
  /** Lines that have this value in that column; all without. */
  only?: { column: string; value: string };
}

/** By the page's name in `docs/experiments/`. */
export const GROUPS: Readonly<Record<string, Group>> = {
  kz: { rows: /^kz-/, tables: [] },
  jx: {
    rows: /^(jx|center-rules)-/,
    tables: [{ study: "center-rules", file: "comparison.csv" }],
  },
  mx: {
    rows: /^mx-/,
    tables: [
      { study: "mx-stages", file: "stages.csv" },
      { study: "mx-stages", file: "middle.csv", only: { column: "stage", value: "joint" } },
    ],
  },
  keras: {
    rows: /^keras-/,
    tables: [{ study: "keras-lambda", file: "calibration.csv" }],
  },
  density: {
    rows: /^density-/,
    tables: [{ study: "density", file: "claims.csv" }],
  },
  alternatives: { rows: /^center-(repulsion|softmax)-/, tables: [] },
  wen: {
    rows: /^(wen-mnist|lambda-sweep-.*)$/,
    tables: [{ study: "lambda-sweep", file: "comparison.csv" }],
  },
};

/** Where a group's page is. */
export function pageOf(name: string): string {
  return join("docs", "experiments", `${name}.md`);
}

/** What stands between the marks of a page: how its rows ended, then its studies' tables. */
export async function pageLines(
  { rows, tables }: Group,
  results: readonly Result[],
  root: string,
): Promise<string[]> {
  const own = results.filter(({ config: { plan } }) => rows.test(plan.id));
  const lines = othersTable(resultLines(own));
  const preset = own[0]?.config.plan.preset ?? "quick";
  for (const { study, file, columns, only } of tables) {
    const path = join(root, preset, study, "seed-1", file);
    const needed = [...columns ?? [], ...(only ? [only.column] : [])];
    const all = await readLines(path, { needed, numbers: [] }) ?? [];
    const table = only ? all.filter((line) => line[only.column] === only.value) : all;
    if (table.length === 0) continue;
    lines.push("", ...wrapped(`[${study}, ${file}](../../${path}), preset ${preset}:`), "");
    lines.push(...markdownOf(table, columns ?? Object.keys(table[0])));
  }
  return lines;
}

/** Lines of a CSV file as Markdown: numbers with four digits that count, on the right. */
function markdownOf(lines: Lines, columns: readonly string[]): string[] {
  const isNumber = (name: string) =>
    lines.every((line) => line[name] === "" || Number.isFinite(Number(line[name])));
  const titles = columns.map((name): MarkdownColumn => [
    name.replaceAll("_", " "),
    isNumber(name) ? "right" : "left",
  ]);
  const cells = lines.map((line) =>
    columns.map((name) => isNumber(name) ? shortened(line[name]) : line[name])
  );
  return padded(titles, cells);
}

function shortened(text: string): string {
  if (text === "") return "-";
  const value = Number(text);
  return Number.isInteger(value) ? text : String(Number(value.toPrecision(4)));
}
