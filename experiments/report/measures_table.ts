/** Tables of what the studies of the family measured, over seeds: every loss, mean and deviation. */
import { join } from "node:path";
import { titleOfSet } from "../../data/sets/facts.ts";
import { type Lines, numberIn, readLines } from "../../src/base/csv_lines.ts";
import { isThere } from "../../src/base/files.ts";
import { withSlashes } from "../../src/base/path.ts";
import { type Cell, type Column, escaped, tableOf, wrapped } from "../compare/markdown.ts";
import { fewerOf, meanAndDeviation, shown } from "../compare/over_seeds.ts";
import { mostSeeds, type Setting, settingName, settingsIn } from "./claims/evidence.ts";
import { ACCURACY_COLUMNS } from "./claims/relatives.ts";

/** A measure: its column, its title, and which way is better. */
type MeasureColumn = readonly [column: string, title: string, better: "high" | "low"];

/** Tables beside each other would be too wide: one a question. */
const TABLES: Readonly<Record<string, readonly MeasureColumn[]>> = {
  "Test accuracy and calibration": [
    ["by_logit", "by logit", "high"],
    ["by_center", "by learned center", "high"],
    ["by_mean", "by class mean", "high"],
    ["by_cosine", "by cosine", "high"],
    ["by_knn", "by 5 neighbours", "high"],
    ["calibration_error", "calibration error", "low"],
  ],
  "Separation of the classes, and retrieval within the test set": [
    ["within_to_between", "within / between", "low"],
    ["silhouette", "silhouette", "high"],
    ["recall_at1", "recall@1", "high"],
    ["map", "mAP", "high"],
    ["map_at_r", "mAP@R", "high"],
    ["recall_at1_by_cosine", "recall@1, cosine", "high"],
    ["map_by_cosine", "mAP, cosine", "high"],
  ],
  "Neural collapse of the training set": [
    ["nc1", "NC1 variability", "low"],
    ["nc2_norms", "NC2 norms", "low"],
    ["nc2_angles", "NC2 angles", "low"],
    ["nc2_maximal", "NC2 largest angles", "low"],
    ["nc3", "NC3 self-duality", "low"],
    ["nc4", "NC4 nearest mean", "low"],
  ],
};

const UNKNOWN: readonly MeasureColumn[] = [
  ["unknown_by_distance", "AUROC by distance", "high"],
  ["unknown_by_cosine", "AUROC by cosine", "high"],
  ["by_logit", "accuracy by logit", "high"],
  ["by_mean", "by class mean", "high"],
];

/** What the seeds of one setting say. */
interface Measured {
  setting: Setting;
  /** Lines of `measures.csv`, seed by seed. */
  seeds: { seed: number; lines: Lines }[];
}

/** What a study measured under a setting. */
async function measuredIn(study: string, setting: Setting): Promise<Measured> {
  const read = await Promise.all(setting.seeds.map(async (seed) => {
    const path = join(setting.folder(study, seed), "measures.csv");
    return { seed, lines: await readLines(path, { numbers: [] }) ?? [] };
  }));
  return { setting, seeds: read.filter(({ lines }) => lines.length > 0) };
}

/** The setting of a study with the most seeds; of equals the one nearest to what was published. */
async function measuredBy(study: string, root: string): Promise<Measured | undefined> {
  return mostSeeds(
    await Promise.all(settingsIn(root).map((setting) => measuredIn(study, setting))),
  );
}

/** A line of a table: a loss, and its numbers by seed. */
interface Row {
  row: string;
  loss: string;
  features: string;
  /** How many there are, where each has the row. */
  seeds: number;
  values(of: (line: Lines[number]) => number): number[];
}

function rowsOf({ seeds }: Measured, dataset: string): Row[] {
  const all = seeds.flatMap(({ lines }) => lines).filter((line) => line.dataset === dataset);
  const first = new Map(all.map((line) => [line.row, line]));
  return [...first].map(([row, { loss, features }]) => ({
    row,
    loss,
    features,
    seeds: seeds.length,
    values: (of) => all.filter((line) => line.row === row).map(of).filter(Number.isFinite),
  }));
}

function datasetsOf({ seeds }: Measured): string[] {
  return [...new Set(seeds.flatMap(({ lines }) => lines.map(({ dataset }) => dataset)))];
}

/** The block of a study: the tables of each data set. */
export async function measureLines(study: string, root: string): Promise<string[]> {
  const found = await measuredBy(study, root);
  if (!found) return tableOf([], []);
  const tables = study === "relatives-open-set" ? { "Images of unknown classes": UNKNOWN } : TABLES;
  const lines = [...await aboutOf(study, found), "", ...boldOf(found)];
  for (const dataset of datasetsOf(found)) {
    const rows = rowsOf(found, dataset);
    for (const [title, columns] of Object.entries(tables)) {
      lines.push("", ...wrapped(`${title}, ${titleOfSet(dataset)}:`), "");
      lines.push(...tableOf([...NAMES, ...columns.map((column) => columnOf(column, rows))], rows));
    }
  }
  return lines;
}

const NAMES: readonly Column<Row>[] = [
  ["loss", "left", ({ loss }) => loss],
  ["features", "right", ({ features }) => features],
];

async function aboutOf(study: string, { setting, seeds }: Measured): Promise<string[]> {
  const name = await settingName(setting, study, seeds[0].seed);
  const of = seeds.map(({ seed }) => seed).join(", ");
  const how = seeds.length > 1 ? "mean ± standard deviation" : "one seed shows, and proves nothing";
  return wrapped(
    `Preset ${name}; seed${seeds.length > 1 ? "s" : ""} ${of}: ${how}.`,
  );
}

/** Whether rows are compared: those with as many features as most, which the first has. */
const competes = ({ features }: Row, [first]: readonly Row[]) => features === first?.features;

/** Which of the numbers are bold, and which rows stand beside the comparison. */
function boldOf(found: Measured): string[] {
  const rows = datasetsOf(found).flatMap((dataset) => rowsOf(found, dataset));
  const apart = [...new Set(rows.filter((row) => !competes(row, rows)).map((it) => it.features))];
  return wrapped(
    apart.length === 0
      ? "Bold is the best mean of a column."
      : `Bold is the best mean of a column among the rows of ${
        rows[0].features
      } features; those of ${apart.join(" and ")} have more room, and are not compared.`,
  );
}

function columnOf([column, title, better]: MeasureColumn, rows: readonly Row[]): Column<Row> {
  const meanOf = (row: Row) => meanAndDeviation(row.values((line) => numberIn(line, column))).mean;
  const means = rows.filter((row) => competes(row, rows)).map(meanOf).filter(Number.isFinite);
  const best = better === "high" ? Math.max(...means) : Math.min(...means);
  return [title, "right", (row) => {
    const values = row.values((line) => numberIn(line, column));
    const text = inDigits(values, row.seeds);
    const bolder = means.length > 1 && competes(row, rows) && meanOf(row) === best;
    return bolder ? bold(text) : text;
  }];
}

/** The block of a study of a change: what each loss loses by it, the least first. */
export async function degradationLines(study: string, root: string): Promise<string[]> {
  const changed = await measuredBy(study, root);
  if (!changed) return tableOf([], []);
  const plain = await measuredIn("relatives", changed.setting);
  const lines = await aboutOf(study, changed);
  const accuracy = (line: Lines[number]) =>
    ACCURACY_COLUMNS.map((name) => numberIn(line, name)).find(Number.isFinite) ?? NaN;
  for (const dataset of datasetsOf(changed)) {
    const rows = rowsOf(changed, dataset).map((row) => {
      const lost = changed.seeds.flatMap(({ seed, lines }) => {
        const before = plain.seeds.find((it) => it.seed === seed)?.lines
          .find((line) => line.row === row.row);
        const after = lines.find((line) => line.row === row.row);
        return before && after ? [{ before: accuracy(before), after: accuracy(after) }] : [];
      });
      const { mean } = meanAndDeviation(lost.map(({ before, after }) => before - after));
      return { ...row, lost, mean };
    }).filter(({ lost }) => lost.length > 0).sort((a, b) => a.mean - b.mean);
    if (rows.length === 0) {
      lines.push(
        "",
        ...wrapped(
          `Nothing to compare with yet: no such runs on ${titleOfSet(dataset)} without the change.`,
        ),
      );
      continue;
    }
    lines.push(
      "",
      ...wrapped(
        `Test accuracy by each loss's own rule, ${
          titleOfSet(dataset)
        }, the smallest loss of accuracy first:`,
      ),
      "",
    );
    lines.push(...tableOf([
      ...NAMES as readonly Column<typeof rows[number]>[],
      ["unchanged set", "right", inDigitsOf(({ before }) => before)],
      ["changed set", "right", inDigitsOf(({ after }) => after)],
      ["lost", "right", inDigitsOf(({ before, after }) => before - after)],
    ], rows));
  }
  return lines;
}

/** The block of a study: its pictures, as far as they are in the repository. */
export async function panelLines(study: string, root: string, to: string): Promise<string[]> {
  const found = await measuredBy(study, root);
  if (!found) return wrapped("No pictures are in the repository yet.");
  const lines: string[] = [];
  for (const dataset of datasetsOf(found)) {
    const path = join(found.setting.folder(study, found.seeds[0].seed), `panel-${dataset}.gif`);
    if (!await isThere(path)) continue;
    const alt = escaped(`Test images of ${titleOfSet(dataset)} under each loss, epoch by epoch`);
    if (lines.length > 0) lines.push("");
    lines.push(`<img src="${to}${withSlashes(path)}" width="820" alt="${alt}">`);
  }
  return lines.length > 0 ? lines : wrapped("No pictures are in the repository yet.");
}

function bold(text: string): Cell {
  return { markdown: `**${escaped(text)}**` };
}

/** Four digits after the point, and of several seeds their deviation. */
function inDigits(values: readonly number[], seeds: number): string {
  const of = meanAndDeviation(values), digits = Math.abs(of.mean) >= 10 ? 2 : 4;
  return shown(of, (value) => value.toFixed(digits)) + fewerOf(values.length, seeds);
}

/** The same of the accuracies before and after a change. */
function inDigitsOf(of: (one: Lost) => number) {
  return ({ lost, seeds }: { lost: readonly Lost[]; seeds: number }) =>
    inDigits(lost.map(of), seeds);
}

/** Accuracies of a seed without a change and with it. */
interface Lost {
  before: number;
  after: number;
}
