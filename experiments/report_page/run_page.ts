/** The page of one run. */
import { join } from "node:path";
import { readIfThere } from "../../src/base/files.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import { documentOf } from "./document.ts";
import { markup } from "./html.ts";
import { imageAddress } from "./base64.ts";
import { explorerData } from "./maps/explorer_data.ts";
import { predictionsOf } from "./predictions.ts";
import { readRun, type RunView } from "./read_run.ts";
import { confusionSection } from "./sections/confusion.ts";
import { curvesSection } from "./sections/curves.ts";
import { explorerSection, type Still } from "./sections/explorer.ts";
import { header } from "./sections/header.ts";
import { mistakesSection } from "./sections/mistakes.ts";
import { reliabilitySection } from "./sections/reliability.ts";
import { setupSection } from "./sections/setup.ts";
import { titleOf } from "./titles.ts";

/** The page's name in its run's folder. */
export const REPORT_NAME = "report.html";

/** Pictures that some rows ask for, and what is said under each. */
const EXTRA: readonly [name: string, caption: string][] = [
  ["thumbnails.png", "Test images in the space of the three main components."],
  ["surface.png", "Training features, as high as the probability of their own class."],
  ["correlation.png", "How the paths of every two centers go together over the epochs."],
];

/**
 * The text of a run's page, from its folder.
 *
 * @param sets The images it was trained on and tested with; without them, or without features, the page shows what is there.
 * @throws {RunError} When the folder holds no finished epoch, or something damaged.
 */
export async function runPage(path: string, sets: Sets | undefined): Promise<string> {
  const read = await readRun(path);
  const run: RunView = sets ? { ...read, classNames: sets.test.classNames } : read;
  const { config, metrics } = run;
  const predictions = sets && await predictionsOf(path, config, metrics.length, sets);
  const explorer = sets && await explorerData([{ run, sets, predictions }]);
  return await documentOf({
    title: `${titleOf(config)} · ${config.plan.preset}, seed ${config.plan.seed} · centerlab`,
    body: markup`<main class="sheet">
${header(run)}
${
      explorerSection(
        explorer?.data ? explorer : undefined,
        await stillOf(run),
        whyStill(run, sets, explorer !== undefined),
      )
    }
${curvesSection(run)}
${confusionSection(run)}
${sets && predictions && mistakesSection(run, sets, predictions)}
${
      sets && predictions
        ? reliabilitySection(sets, predictions)
        : await pictureOf(run, "reliability.png", "Is it as often right as it is sure?")
    }
${await extraSection(run)}
${setupSection(run)}
<footer>Written by centerlab from the files of the run. This page is one file and fetches nothing.</footer>
</main>`,
    data: explorer?.data,
  });
}

/** The map of the last epoch as the figures have it, or all epochs in turn where only that is there. */
async function stillOf({ path, config: { plan }, metrics }: RunView): Promise<Still | undefined> {
  const alt = `Test features of ${plan.id}`;
  const png = await readIfThere(join(path, "val.png"));
  if (png) return { bytes: png, type: "png", alt: `${alt} after epoch ${metrics.length}` };
  const gif = await readIfThere(join(path, "val.gif"));
  return gif && { bytes: gif, type: "gif", alt: `${alt}, epoch by epoch` };
}

/** Why the map is a picture alone. */
function whyStill({ config: { plan } }: RunView, sets: Sets | undefined, lively: boolean) {
  if (lively || plan.recipe.featureDim < 2) return undefined;
  return sets
    ? "The features of the epochs are not kept beside this run, so its map is a picture."
    : "The images of this run are not there, so its map is a picture.";
}

async function pictureOf({ path }: RunView, name: string, title: string) {
  const bytes = await readIfThere(join(path, name));
  return bytes && markup`
<section><h2>${title}</h2><div class="pictures"><figure><img src="${
    imageAddress(bytes, "png")
  }" alt="${title}"></figure></div></section>`;
}

async function extraSection({ path }: RunView) {
  const shown: ReturnType<typeof markup>[] = [];
  for (const [name, caption] of EXTRA) {
    const bytes = await readIfThere(join(path, name));
    if (bytes) {
      shown.push(
        markup`<figure><img src="${
          imageAddress(bytes, "png")
        }" alt="${caption}"><figcaption>${caption}</figcaption></figure>`,
      );
    }
  }
  return shown.length > 0 && markup`
<section aria-labelledby="pictures"><h2 id="pictures">More pictures</h2><div class="pictures">${shown}</div></section>`;
}
