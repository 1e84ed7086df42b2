/** The pages of the other published experiments: what is written into each from `results/`. */
import { join } from "node:path";
import { numberIn, readLines } from "../../src/base/csv_lines.ts";
import { settingName, settingsIn } from "./claims/evidence.ts";
import { type Column, tableOf, wrapped } from "../compare/markdown.ts";
import type { Result } from "./results.ts";
import { OTHER_ROWS, resultLines, resultsTable } from "./results_table.ts";

/** A group of rows with a page of its own. */
interface Group {
  /** Ids of its rows. */
  rows: RegExp;
  /** Tables of its studies: of seed 1, the lines that have a value in a column, or all. */
  tables: readonly { study: string; file: string; only?: { column: string; value: string } }[];
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
    rows: /^density(-|$)/,
    tables: [
      { study: "density-claims", file: "claims.csv" },
      { study: "density-claims", file: "paths.csv" },
    ],
  },
  alternatives: { rows: /^(center-(repulsion|softmax)|margin)-/, tables: [] },
  wen: {
    rows: /^(wen-mnist|lambda-sweep-.*)$/,
    tables: [
      { study: "lambda-sweep", file: "comparison.csv" },
      { study: "lambda-sweep-alpha", file: "comparison.csv" },
    ],
  },
};

/** The block of a page: how its rows ended, then its studies' tables. */
export async function pageLines(
  { rows, tables }: Group,
  results: readonly Result[],
  root: string,
): Promise<string[]> {
  const own = results.filter(({ config: { plan } }) => rows.test(plan.id));
  const lines = resultsTable(OTHER_ROWS, resultLines(own));
  const settings = settingsIn(root);
  for (const { study, file, only } of tables) {
    const needed = only ? [only.column] : [];
    // The nearest to what was published.
    for (const setting of settings) {
      const path = join(setting.folder(study, 1), file);
      const all = await readLines(path, { needed, numbers: [] }) ?? [];
      const shown = all.filter((line) => !only || line[only.column] === only.value);
      if (shown.length === 0) continue;
      const of = await settingName(setting, study, 1);
      const seed = "seeds" in shown[0] ? "" : ", seed 1";
      lines.push("", ...wrapped(`[${study}, ${file}](../../${path}), preset ${of}${seed}:`), "");
      lines.push(...tableOf(Object.keys(shown[0]).map((name) => csvColumn(name, shown)), shown));
      break;
    }
  }
  return lines;
}

/** A column of a CSV file: numbers with four digits that count, on the right. */
function csvColumn(
  name: string,
  lines: readonly Record<string, string>[],
): Column<typeof lines[0]> {
  const title = name.replaceAll("_", " ");
  const isNumber = lines.every((line) => line[name] === "" || Number.isFinite(Number(line[name])));
  return isNumber ? [title, "right", (line) => shortened(line, name)] : [
    title,
    "left",
    (line) => line[name],
  ];
}

function shortened(line: Record<string, string>, name: string): string {
  const value = numberIn(line, name);
  if (Number.isNaN(value)) return "-";
  return Number.isInteger(value) ? line[name] : String(Number(value.toPrecision(4)));
}
