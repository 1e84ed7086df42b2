/** The page of one run. */
import { join } from "node:path";
import type { Sets } from "../../src/dataset/image_set.ts";
import { documentOf } from "./document.ts";
import { type Html, markup } from "./html.ts";
import { type AddressOf, embedded } from "./pictures.ts";
import { type Explorer, explorerData } from "./maps/explorer_data.ts";
import { predictionsOf } from "./predictions.ts";
import { readView, type RunView } from "./read_run.ts";
import { confusionSection } from "./sections/confusion.ts";
import { curvesSection } from "./sections/curves.ts";
import { explorerSection, type Still } from "./sections/explorer.ts";
import { header } from "./sections/header.ts";
import { mistakesSection } from "./sections/mistakes.ts";
import { reliabilitySection } from "./sections/reliability.ts";
import { setupSection } from "./sections/setup.ts";
import { titleOf } from "./titles.ts";

/** Pictures that some rows ask for, and what is said under each. */
const EXTRA = {
  title: "More pictures",
  pictures: [
    ["thumbnails.png", "Test images in the space of the first three principal components."],
    ["surface.png", "Training features, as high as the probability of their own class."],
    ["correlation.png", "How the paths of every two centers go together over the epochs."],
  ],
};
/** Stands in for the chart where the samples are not there. */
const RELIABILITY: typeof EXTRA = {
  title: "Is it as often right as it is sure?",
  pictures: [[
    "reliability.png",
    "Test images: how often the network is right when it is so sure.",
  ]],
};

/** What a page of a run is made from, beside its folder. */
export interface RunPageOptions {
  /** The images it was trained on and tested with; without them, or without features, the page shows what is there. */
  sets?: Sets;
  /** Where pictures are; default: within the page. */
  addressOf?: AddressOf;
  /** What stands above it all. */
  nav?: Html;
}

/**
 * The text of a run's page, from its folder.
 *
 * @throws {RunError} When the folder holds no finished epoch, or something damaged.
 */
export async function runPage(path: string, options: RunPageOptions = {}): Promise<string> {
  const { sets, addressOf = embedded, nav } = options;
  const read = await readView(path);
  const run: RunView = sets ? { ...read, classNames: sets.test.classNames } : read;
  const { config, metrics } = run;
  const predictions = sets && await predictionsOf(path, config, metrics.length, sets);
  const explorer = sets && await explorerData([{ run, sets, predictions }]);
  const calibrated = sets && predictions && reliabilitySection(sets, predictions);
  return await documentOf({
    title: `${titleOf(config)} · ${config.plan.preset}, seed ${config.plan.seed} · centerlab`,
    body: markup`<main class="sheet">
${nav}${header(run)}
${explorerSection(explorer, await stillOf(run, addressOf), whyStill(run, sets, explorer))}
${curvesSection(run)}
${confusionSection(run)}
${sets && predictions && mistakesSection(run, sets, predictions)}
${calibrated ?? await picturesSection(run, "reliability", RELIABILITY, addressOf)}
${await picturesSection(run, "pictures", EXTRA, addressOf)}
${setupSection(run)}
<footer>Written by centerlab from the files of the run. ${
      addressOf === embedded ? "This page is one file and fetches nothing." : ""
    }</footer>
</main>`,
    data: explorer?.data,
  });
}

/** The map of the last epoch as the figures have it, or all epochs in turn where only that is there. */
async function stillOf(
  { path, config: { plan }, metrics }: RunView,
  addressOf: AddressOf,
): Promise<Still | undefined> {
  const alt = `Test features of ${plan.id}`;
  const png = await addressOf(join(path, "val.png"));
  if (png) return { address: png, alt: `${alt} after epoch ${metrics.length}` };
  const gif = await addressOf(join(path, "val.gif"));
  return gif ? { address: gif, alt: `${alt}, epoch by epoch` } : undefined;
}

/** Why the map is a picture alone, where that is not as it was left. */
function whyStill({ config: { plan } }: RunView, sets: Sets | undefined, explorer?: Explorer) {
  if (explorer || !sets || plan.recipe.featureDim < 2) return undefined;
  return "The features of the last epoch are not there, so the map is a picture.";
}

async function picturesSection(
  { path }: RunView,
  id: string,
  { title, pictures }: typeof EXTRA,
  addressOf: AddressOf,
): Promise<Html | undefined> {
  const shown: Html[] = [];
  for (const [name, caption] of pictures) {
    const address = await addressOf(join(path, name));
    if (address) {
      shown.push(
        markup`<figure><img src="${address}" alt="${caption}"><figcaption>${caption}</figcaption></figure>`,
      );
    }
  }
  return shown.length === 0 ? undefined : markup`
<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><div class="pictures">${shown}</div></section>`;
}
