/** The page of several runs side by side, perhaps of a study. */
import { join } from "node:path";
import { isThere } from "../../src/base/files.ts";
import { readLines } from "../../src/base/csv_lines.ts";
import { compared } from "../compare/comparison.ts";
import { readRun } from "../compare/found_run.ts";
import type { OpenedRun } from "../compare/opened_run.ts";
import { namesIn } from "../run_folder/folder_contents.ts";
import { type AddressOf, embedded } from "../report_page/pictures.ts";
import { documentOf } from "../report_page/document.ts";
import { type Html, markup } from "../report_page/html.ts";
import { type Explorer, explorerData } from "../report_page/maps/explorer_data.ts";
import { predictionsOf } from "../report_page/predictions.ts";
import { readView, type RunView } from "../report_page/read_run.ts";
import type { FoundImages } from "../report_page/run_images.ts";
import { explorerSection } from "../report_page/sections/explorer.ts";
import { outcomeTable } from "./outcomes.ts";
import { figure } from "../report_page/charts.ts";
import { comparedCurves } from "./compared_curves.ts";
import { commandOf } from "../report_page/command.ts";

/** What the page is about. */
export interface Compared {
  /** Its first line; default: what all runs have. */
  title?: string;
  lead?: string;
  /** Folders of the runs; none where a study's runs are not kept. */
  runs: readonly string[];
  /** The folder of the study, whose pictures and tables are shown. */
  study?: string;
  /** The images of a run. */
  images(run: RunView): Promise<FoundImages>;
  /** Where pictures are; default: within the page. */
  addressOf?: AddressOf;
  /** What stands above it all, and under the title. */
  nav?: Html;
  links?: Html;
}

/** Maps side by side; more would be too small to read. */
const MOST_MAPS = 6;

/**
 * The text of the page.
 *
 * @throws {RunError} When a folder holds no finished epoch, or something damaged.
 */
export async function comparisonPage(
  { title, lead, runs: paths, study, images, addressOf = embedded, nav, links }: Compared,
): Promise<string> {
  if (paths.length === 0) {
    const body = markup`<main class="sheet">
${nav}<header><h1>${title}</h1><p class="lead">${lead}</p></header>
${study && await studySection(study, addressOf)}</main>`;
    return await documentOf({ title: `${title} · centerlab`, body });
  }
  const { comparison, runs, names } = await readAll(paths);
  const { explorer, note } = await linkedMaps(runs, names, images);
  return await documentOf({
    title: `${title ?? comparison.title} · centerlab`,
    body: markup`<main class="sheet">
${nav}<header><h1>${title ?? comparison.title}</h1><p class="lead">${
      lead ?? `${runs.length} runs, ${comparison.seeds}`
    }</p>${links}</header>
<section aria-labelledby="outcome"><h2 id="outcome">What differs, and what came out</h2>
${outcomeTable(comparison)}</section>
${
      explorer
        ? explorerSection(explorer, undefined, note)
        : await stillMaps(runs, names, addressOf, note)
    }
${explorer && markup`<div class="still">${await stillMaps(runs, names, addressOf)}</div>`}
${comparedCurves(runs, names)}
${study && await studySection(study, addressOf)}
<section aria-labelledby="commands"><h2 id="commands">The commands that repeat them</h2>
<pre><code>${
      [...new Set(runs.map(({ config }) => commandOf(config)))].join("\n")
    }</code></pre></section>
<footer>Written by centerlab from the files of the runs. ${
      addressOf === embedded ? "This page is one file and fetches nothing." : ""
    }</footer>
</main>`,
    data: explorer?.data,
  });
}

/** Runs beside each other, in the order of what differs, and what they are called there. */
async function readAll(paths: readonly string[]) {
  const views = new Map<string, RunView>(), opened: OpenedRun[] = [];
  for (const path of paths) {
    const view = await readView(path);
    views.set(path, view);
    opened.push({ ...await readRun(path), config: view.config });
  }
  const comparison = await compared(opened);
  const each = comparison.groups.flatMap(({ label, runs }) =>
    runs.map(({ folder, config }) => ({
      run: views.get(folder)!,
      name: runs.length > 1 ? `${label}, seed ${config.plan.seed}` : label,
    }))
  );
  return { comparison, runs: each.map(({ run }) => run), names: each.map(({ name }) => name) };
}

/** Maps of runs on the same images, or why there are none. */
async function linkedMaps(
  runs: readonly RunView[],
  names: readonly string[],
  images: Compared["images"],
): Promise<{ explorer?: Explorer; note?: string }> {
  const shown = runs.slice(0, MOST_MAPS), [first] = shown;
  const kept = await Promise.all(shown.map(({ path }) => isThere(join(path, "features"))));
  if (!kept.every((it) => it)) {
    return { note: "Without the features of all runs, maps are pictures." };
  }
  const digests = new Set(shown.map(({ config }) => config.images));
  if (digests.size > 1 || digests.has(undefined)) {
    return { note: "The runs are on different images, so their maps are pictures." };
  }
  const { sets, why = "" } = await images(first);
  if (!sets) return { note: `Maps are pictures, as the images are not there: ${why}` };
  const seen = [];
  for (const run of shown) {
    const predictions = await predictionsOf(run.path, run.config, run.metrics.length, sets);
    seen.push({ run: { ...run, classNames: sets.test.classNames }, sets, predictions });
  }
  const explorer = await explorerData(seen);
  if (!explorer) return {};
  explorer.data.runs.forEach((run, i) => run.name = names[i]);
  const left = runs.length - shown.length;
  return {
    explorer,
    note: left > 0
      ? `The first ${shown.length} runs; ${left} more are in the table and the curves.`
      : "A sample that is pointed at in one map is marked in all.",
  };
}

/** The runs' own pictures of the last epoch, or of all. */
async function stillMaps(
  runs: readonly RunView[],
  names: readonly string[],
  addressOf: AddressOf,
  note?: string,
) {
  const shown: Html[] = [];
  for (const [i, { path }] of runs.entries()) {
    const address = await addressOf(join(path, "val.png")) ??
      await addressOf(join(path, "val.gif"));
    if (address) {
      shown.push(
        markup`<figure><img src="${address}" alt="Test features of ${names[i]}"><figcaption>${
          names[i]
        }</figcaption></figure>`,
      );
    }
    if (shown.length === MOST_MAPS) break;
  }
  return shown.length > 0 && markup`
<section><h2>The feature spaces</h2>${
    note && markup`<p class="note">${note}</p>`
  }<div class="pictures">${shown}</div></section>`;
}

/** Pictures and tables of a study's own folder. */
async function studySection(path: string, addressOf: AddressOf): Promise<Html> {
  const names = (await namesIn(path)).sort();
  const parts: Html[] = [];
  for (const name of names.filter((it) => /\.(png|gif)$/.test(it))) {
    if (name.endsWith(".png") && names.includes(name.replace(".png", ".gif"))) continue;
    const address = await addressOf(join(path, name));
    parts.push(
      markup`<figure><img src="${address}" alt="${name}"><figcaption>${name}</figcaption></figure>`,
    );
  }
  const tables: Html[] = [];
  for (const name of names.filter((it) => it.endsWith(".csv"))) {
    tables.push(await csvTable(join(path, name), name));
  }
  return markup`
<section aria-labelledby="study"><h2 id="study">What the study says</h2>
${parts.length > 0 && markup`<div class="pictures">${parts}</div>`}
${tables}</section>`;
}

/** A CSV file as a table; numbers with four digits that count. */
async function csvTable(path: string, name: string): Promise<Html> {
  const lines = await readLines(path, { numbers: [] }) ?? [];
  const columns = Object.keys(lines[0] ?? {});
  const isNumber = (column: string) =>
    lines.every((line) => line[column] === "" || Number.isFinite(Number(line[column])));
  return markup`<div class="scroll"><table class="data"><caption>${name}</caption><thead><tr>${
    columns.map((it) =>
      markup`<th scope="col" class="${isNumber(it) ? "number" : "text"}">${
        it.replaceAll("_", " ")
      }</th>`
    )
  }</tr></thead><tbody>${
    lines.map((line) =>
      markup`<tr>${
        columns.map((it) =>
          isNumber(it)
            ? markup`<td class="number">${figure(Number(line[it] || NaN))}</td>`
            : markup`<td>${line[it]}</td>`
        )
      }</tr>\n`
    )
  }</tbody></table></div>`;
}
