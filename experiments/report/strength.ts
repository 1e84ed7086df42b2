/** "Whether a stronger model": the table's losses in its own network, beside weaker and stronger ones, on one data set. */
import { join } from "node:path";
import { withSlashes } from "../../src/base/path.ts";
import { titleOfSet } from "../../data/sets/facts.ts";
import { isThere } from "../../src/base/files.ts";
import { left, right, tableOf, wrapped } from "../compare/markdown.ts";
import { meanAndDeviation, shown } from "../compare/over_seeds.ts";
import { lossName } from "../plan/loss_name.ts";
import { CATALOG } from "../rows/catalog.ts";
import type { Experiment } from "../rows/experiment.ts";
import { columnOf } from "../run_folder/run_summary.ts";
import { LOSSES_STUDIES } from "../studies/losses.ts";
import type { Study } from "../studies/study.ts";
import { Evidence, type Setting, settingsIn } from "./claims/evidence.ts";

/** What makes the network weaker or stronger. */
const STRENGTH = /^(width|blocks)=(.+)$/;
/** The preset that keeps the published network and all images. */
const PRESET = "fast";

/** A line of the table: one network. */
interface Strength {
  network: string;
  /** Test accuracy of each row, a value a seed, by the row's own rule. */
  accuracies: number[][];
  seeds: readonly number[];
}

/** The block of a page: for each data set that has such runs a table, and the panels of the networks that are not the rows' own. */
export async function strengthLines(root: string, up: string): Promise<string[]> {
  const settings = settingsIn(root).filter(({ preset, changed }) =>
    preset === PRESET && changed.every((it) => STRENGTH.test(it))
  );
  const blocks = await Promise.all(LOSSES_STUDIES.map(async (study) => {
    const found = await Promise.all(settings.map((setting) => strengthOf(study, setting)));
    const lines = found.filter((it) => it !== undefined);
    // The rows' own network alone compares nothing.
    if (lines.length < 2) return [];
    const panels = await panelsOf(study, settings, up);
    return [
      ...wrapped(aboutOf(study)),
      "",
      ...tableOf<Strength>(columnsOf(study), lines),
      ...panels,
    ];
  }));
  const shown = blocks.filter((lines) => lines.length > 0);
  if (shown.length === 0) return tableOf([], []);
  return shown.flatMap((lines, i) => i > 0 ? ["", ...lines] : lines);
}

const rowsOf = ({ rows }: Study) => rows.map((id) => CATALOG.get(id) as Experiment);

function aboutOf(study: Study): string {
  return `Test accuracy on ${titleOfSet(rowsOf(study)[0].dataset)}, 2-D, preset ${PRESET}, ` +
    "after the last epoch, by each row's own rule:";
}

const columnsOf = (study: Study) => [
  left<Strength>("network", ({ network }) => network),
  ...rowsOf(study).map(({ recipe: { loss } }, i) =>
    right<Strength>(
      lossName(loss),
      ({ accuracies }) => shown(meanAndDeviation(accuracies[i].filter(Number.isFinite))),
    )
  ),
  right<Strength>("seeds", ({ seeds }) => seeds.join(", ")),
];

/** What is known of a study's rows in one network; undefined without a run. */
async function strengthOf(study: Study, setting: Setting): Promise<Strength | undefined> {
  const own = setting.changed.length === 0;
  const accuracies = await Promise.all(
    rowsOf(study).map(({ id, scoring }) =>
      Promise.all(setting.seeds.map((seed) => {
        const evidence = new Evidence(seed, setting.folder), column = columnOf(scoring);
        // The rows themselves are in the repository where nothing was changed.
        return own
          ? evidence.metric(id, column)
          : evidence.cell([study.id, "comparison.csv"], { row: id }, column);
      }))
    ),
  );
  const seeds = setting.seeds.filter((_, k) => accuracies.some((row) => Number.isFinite(row[k])));
  if (seeds.length === 0) return undefined;
  return {
    network: own ? "as published" : setting.changed.map(inWords).join(", "),
    accuracies,
    seeds,
  };
}

function inWords(part: string): string {
  const [, name, value] = STRENGTH.exec(part)!;
  return name === "width" ? `${value} times as wide` : `${value} blocks a group in place of 1`;
}

async function panelsOf(study: Study, settings: readonly Setting[], up: string): Promise<string[]> {
  const shown = await Promise.all(settings.map(async ({ changed, folder }) => {
    const path = join(folder(study.id, 1), "panel.gif");
    if (!await isThere(path)) return [];
    const network = changed.length > 0 ? changed.map(inWords).join(", ") : "as published";
    const text = `Test features of the three losses, epoch by epoch; network: ${network}`;
    return ["", `![${text}](${up}${withSlashes(path)})`];
  }));
  return shown.flat();
}
