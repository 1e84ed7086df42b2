/** The first page of a site: a picture a row, by where the row was published, and the studies. */
import { join } from "node:path";
import { titleOfSet } from "../../data/sets/facts.ts";
import { percent } from "../../src/base/format.ts";
import { documentOf } from "../report_page/document.ts";
import { type Html, markup } from "../report_page/html.ts";
import type { AddressOf } from "../report_page/pictures.ts";
import type { Result } from "../report/results.ts";
import { resultLines } from "../report/results_table.ts";
import { shown } from "../compare/over_seeds.ts";
import { lossName } from "../plan/loss_name.ts";
import { rowOf } from "../rows/catalog.ts";
import {
  addressOf as linkFrom,
  folderName,
  rowPage,
  studyPage,
  type StudyResult,
} from "./addresses.ts";

/** A row's id with its runs, the nearest to what was published first. */
type Row = readonly [id: string, runs: readonly Result[]];

/** The page, of all rows and studies. */
export async function galleryPage(
  rows: readonly Row[],
  studies: readonly StudyResult[],
  addressOf: AddressOf,
): Promise<string> {
  const groups = [...Map.groupBy(rows, ([, [run]]) => sourceOf(run))];
  const runs = rows.reduce((sum, [, own]) => sum + own.length, 0);
  const sections: Html[] = [];
  for (const [source, own] of groups) {
    const cards: Html[] = [];
    for (const row of own) cards.push(await rowCard(row, addressOf));
    sections.push(
      markup`<section><h2>${source}</h2><ul class="cards">${cards}</ul></section>\n`,
    );
  }
  const cards: Html[] = [];
  for (const study of studies) cards.push(await studyCard(study, addressOf));
  return await documentOf({
    title: "centerlab results",
    body: markup`<main class="sheet">
<header><h1>centerlab results</h1>
<p class="lead">What center loss and its relatives do to the features of a network: ${rows.length} rows of published tables in ${runs} runs, and ${studies.length} studies. Pictures show test features, epoch by epoch.</p></header>
${sections}
${cards.length > 0 && markup`<section><h2>Studies</h2><ul class="cards">${cards}</ul></section>`}
<footer>Written by <code>deno task report results --site</code> from the files of the runs.</footer>
</main>`,
  });
}

function sourceOf({ config: { plan } }: Result): string {
  return (rowOf(plan.id)?.source ?? plan.source)?.repository ?? "Our own";
}

async function rowCard([id, runs]: Row, addressOf: AddressOf): Promise<Html> {
  // As in the tables: the mean over the seeds of the first run's settings.
  const [run] = runs, [{ plan, last, runs: seeds }] = resultLines(runs);
  const published = (rowOf(id)?.source ?? plan.source)?.accuracy;
  const image = await addressOf(join(run.folder, "val.gif")) ??
    await addressOf(join(run.folder, "thumbnails.png"));
  return card(rowPage(id), image, `Test features of ${id}`, id, [
    `${lossName(plan.recipe.loss)}, ${titleOfSet(plan.dataset)}, ${plan.recipe.featureDim}-D`,
    `${shown(last, (it) => (100 * it).toFixed(2))} % by ${
      plan.scoring.replace("-", " ")
    }, ${plan.preset}${seeds.length > 1 ? `, ${seeds.length} seeds` : ""}${
      published === undefined ? "" : `; published ${percent(published)}`
    }`,
  ]);
}

async function studyCard(study: StudyResult, addressOf: AddressOf): Promise<Html> {
  const { path, config, summary } = study;
  let image: string | undefined;
  const panels = ["panel.gif", "panel.png", "panel-mnist.gif", "panel-fashion-mnist.gif"];
  for (const name of [...panels, "stages.png", "claims.png", "reliability.png"]) {
    image ??= await addressOf(join(path, name));
  }
  return card(studyPage(study), image, `Pictures of ${config.study}`, folderName(path), [
    summary,
    `preset ${config.preset}, seed ${config.seed}`,
  ]);
}

function card(
  page: string,
  image: string | undefined,
  alt: string,
  name: string,
  lines: readonly string[],
): Html {
  return markup`<li><a href="${linkFrom("index.html", page)}">${
    image !== undefined && markup`<img src="${image}" alt="${alt}" loading="lazy">`
  }<b>${name}</b>${lines.map((line) => markup`<span>${line}</span>`)}</a></li>\n`;
}
