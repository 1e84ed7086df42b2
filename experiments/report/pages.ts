/** The pages of the other published experiments: what is written into each from `results/`. */
import { join } from "node:path";
import { type Lines, numberIn, readLines } from "../../src/base/csv_lines.ts";
import { withSlashes } from "../../src/base/path.ts";
import { mostSeeds, type Setting, settingName, settingsIn } from "./claims/evidence.ts";
import { fewerOf, meanAndDeviation, shown } from "../compare/over_seeds.ts";
import { type Column, tableOf, wrapped } from "../compare/markdown.ts";
import { ALTERNATIVES_STUDIES } from "../studies/alternatives.ts";
import type { Result } from "./results.ts";
import { OTHER_ROWS, resultLines, resultsTable } from "./results_table.ts";

/** A group of rows with a page of its own. */
interface Group {
  /** Ids of its rows. */
  rows: RegExp;
  /** Tables of its studies: the lines that have a value in a column, or all. */
  tables: readonly Table[];
}

/** A table of a study. */
interface Table {
  study: string;
  file: string;
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
    rows: /^density(-|$)/,
    tables: [
      { study: "density-claims", file: "claims.csv" },
      { study: "density-claims", file: "paths.csv" },
    ],
  },
  alternatives: {
    rows: /^(center-(repulsion|softmax)|margin)-/,
    tables: ALTERNATIVES_STUDIES.map(({ id: study }) => ({ study, file: "comparison.csv" })),
  },
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
  for (const table of tables) {
    const found = await Promise.all(settings.map((setting) => seedsOf(table, setting)));
    // Of settings with as many seeds the nearest to what was published, as for verdicts.
    const best = mostSeeds(found);
    if (best) lines.push(...await studyTable(table, best));
  }
  return lines;
}

/** A study's table under one setting, a list of lines a seed. */
interface Found {
  setting: Setting;
  seeds: { seed: number; path: string; lines: Lines }[];
}

async function seedsOf({ study, file, only }: Table, setting: Setting): Promise<Found> {
  const seeds = [];
  for (const seed of setting.seeds) {
    const path = join(setting.folder(study, seed), file);
    const all = await readLines(path, { needed: only ? [only.column] : [], numbers: [] }) ?? [];
    const lines = all.filter((line) => !only || line[only.column] === only.value);
    if (lines.length > 0) seeds.push({ seed, path, lines });
  }
  return { setting, seeds };
}

async function studyTable(
  { study, file }: Table,
  { setting, seeds }: Found,
): Promise<string[]> {
  const [{ seed, path, lines }] = seeds, names = Object.keys(lines[0]);
  // A table over seeds has a column that says so.
  const over = "seeds" in lines[0];
  const told = over
    ? ""
    : seeds.length === 1
    ? `, seed ${seed}`
    : `, seeds ${seeds.map((it) => it.seed).join(", ")}: mean ± standard deviation`;
  const of = await settingName(setting, study, seed);
  const rows = sameLines(over ? [lines] : seeds.map((it) => it.lines));
  return [
    "",
    ...wrapped(`[${study}, ${file}](../../${withSlashes(path)}), preset ${of}${told}:`),
    "",
    ...tableOf(names.map((name) => csvColumn(name, rows, over ? 1 : seeds.length)), rows),
  ];
}

const isNumber = (text: string | undefined) => !text || Number.isFinite(Number(text));

/**
 * Lines that say the same in words, seed by seed: studies may have had other rows, or another order, when a seed was run. Of
 * lines of one seed with the same words, each is one of its own.
 */
function sameLines(seeds: readonly Lines[]): Lines[] {
  const wordsOf = (line: Lines[number]) =>
    Object.values(line).filter((text) => !isNumber(text)).join("\n");
  const numbered = seeds.flatMap((lines) =>
    [...Map.groupBy(lines, wordsOf)].flatMap(([words, own]) =>
      own.map((line, i) => ({ key: `${i}\n${words}`, line }))
    )
  );
  const groups = Map.groupBy(numbered, ({ key }) => key).values();
  return [...groups].map((own) => own.map(({ line }) => line));
}

/** A column of a CSV file, line by line over its seeds: numbers with four digits that count, on the right. */
function csvColumn(name: string, rows: readonly Lines[], seeds: number): Column<Lines> {
  const title = name.replaceAll("_", " ");
  if (!rows.flat().every((line) => isNumber(line[name]))) {
    return [title, "left", ([line]) => line[name]];
  }
  const numbersOf = (row: Lines) =>
    row.map((line) => numberIn(line, name)).filter((it) => !Number.isNaN(it));
  // What is the same for all seeds in every line was not measured: it is a setting, or was published.
  const measured = rows.some((row) => meanAndDeviation(numbersOf(row)).deviation > 0);
  const ofDeviation = (deviation: number) => String(Number(deviation.toPrecision(2)));
  return [title, "right", (row) => {
    const values = numbersOf(row), { mean, deviation } = meanAndDeviation(values);
    const text = shown({ mean, deviation: measured ? deviation : NaN }, shortened, ofDeviation);
    return text + fewerOf(values.length, seeds);
  }];
}

function shortened(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}
