/** A static site of all results: a gallery, a page a row, a page a study. */
import { RunError, UsageError } from "../../src/base/errors.ts";
import { percent } from "../../src/base/format.ts";
import { numberIn } from "../../src/base/csv_lines.ts";
import { isThere, writeAllWhole } from "../../src/base/files.ts";
import { isWithin, join } from "../../src/base/path.ts";
import { comparisonPage } from "./comparison_page.ts";
import { type Html, markup } from "../report_page/html.ts";
import { runPage } from "../report_page/run_page.ts";
import { studyRuns } from "./subject.ts";
import { readResults, type Result, runFoldersIn } from "../report/results.ts";
import { rowOf } from "../rows/catalog.ts";
import { CONFIG } from "../run_folder/path.ts";
import { columnOf } from "../run_folder/run_summary.ts";
import { readStudy } from "../run_folder/study_config.ts";
import { STUDIES } from "../studies/catalog.ts";
import { galleryPage } from "./gallery_page.ts";
import {
  folderName,
  linkTo,
  rowPage,
  runPageOf,
  studyPage,
  type StudyResult,
} from "./addresses.ts";
import { SiteFiles } from "./site_files.ts";

/**
 * Writes the site into a folder; other files in it stay.
 *
 * @returns How many pages it has.
 * @throws {RunError} When there are no results, or one is damaged.
 * @throws {UsageError} When the folder is that of the results.
 */
export async function writeSite(root: string, folder: string): Promise<number> {
  if (isWithin(folder, root)) {
    throw new UsageError(
      `--site ${folder} is in ${root}, which holds results: name another folder`,
    );
  }
  const results = await readResults(root);
  if (results.length === 0) {
    throw new RunError(`${root} holds no results: name the folder that does`);
  }
  const studies = await readStudies(root);
  const files = new SiteFiles(root);
  const rows = [...Map.groupBy(results, ({ config }) => config.plan.id)];
  for (const [id, own] of rows) await addRow(files, id, own, studies);
  for (const study of studies) await addStudy(files, study);
  files.add("index.html", await galleryPage(rows, studies, files.addressesFrom("index.html")));
  const all = files.in(folder);
  await writeAllWhole(all, "name another folder with --site");
  return [...all.keys()].filter((path) => path.endsWith(".html")).length;
}

async function readStudies(root: string): Promise<StudyResult[]> {
  const found: StudyResult[] = [];
  for (const path of runFoldersIn(root)) {
    const config = await readStudy(path);
    const summary = STUDIES.find(({ id }) => id === config?.study)?.summary ?? "";
    if (config) found.push({ path, config, summary });
  }
  return found;
}

/** One run is the row's page itself; several have pages of their own, and the row's compares them. */
async function addRow(
  files: SiteFiles,
  id: string,
  runs: readonly Result[],
  studies: readonly StudyResult[],
): Promise<void> {
  const page = rowPage(id);
  const about = studies.filter(({ config }) => config.runs.some((run) => run.id === id));
  const links = about.map((study) =>
    linkTo(page, studyPage(study), `${folderName(study.path)}, seed ${study.config.seed}`)
  );
  if (runs.length === 1) {
    const text = await runPage(runs[0].folder, {
      nav: navOf(page, links),
      addressOf: files.addressesFrom(page),
    });
    files.add(page, text);
    return;
  }
  for (const run of runs) {
    const own = runPageOf(run);
    const text = await runPage(run.folder, {
      nav: navOf(own, [linkTo(own, page, id)]),
      addressOf: files.addressesFrom(own),
    });
    files.add(own, text);
  }
  const row = rowOf(id);
  const text = await comparisonPage({
    title: id,
    lead: row?.summary ?? runs[0].config.plan.summary,
    runs: runs.map(({ folder }) => folder),
    images: () => Promise.resolve({}),
    nav: navOf(page, links),
    links: markup`<ul class="chips">${
      runs.map((run) => markup`<li>${linkTo(page, runPageOf(run), nameOf(run))}</li>`)
    }</ul>`,
    addressOf: files.addressesFrom(page),
  });
  files.add(page, text);
}

async function addStudy(files: SiteFiles, study: StudyResult): Promise<void> {
  const page = studyPage(study), { path, config, summary } = study;
  // Of more seeds than one, a study's tables may be kept without its runs.
  const runs: string[] = [], ids: string[] = [];
  for (const [i, run] of studyRuns(path, config).entries()) {
    if (!await isThere(join(run, CONFIG))) continue;
    runs.push(run);
    ids.push(config.runs[i].id);
  }
  const text = await comparisonPage({
    title: folderName(path).replace("+", " · "),
    lead: [summary, `preset ${config.preset}, seed ${config.seed}`].filter((it) => it).join(" · "),
    runs,
    study: path,
    images: () => Promise.resolve({}),
    nav: navOf(page, []),
    links: markup`<ul class="chips">${
      ids.map((id) => markup`<li>${linkTo(page, rowPage(id), id)}</li>`)
    }</ul>`,
    addressOf: files.addressesFrom(page),
  });
  files.add(page, text);
}

function navOf(page: string, links: readonly Html[]): Html {
  return markup`<nav aria-label="Site">${linkTo(page, "index.html", "All results")}${
    links.map((link) => markup` · ${link}`)
  }</nav>`;
}

/** A run by its preset and seed, with how it ended. */
function nameOf({ config: { plan }, metrics }: Result): string {
  const last = numberIn(metrics.at(-1)!, columnOf(plan.scoring));
  return `${plan.preset}, seed ${plan.seed}: ${percent(last)}`;
}
