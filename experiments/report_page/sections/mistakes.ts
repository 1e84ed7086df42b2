/** The test images that a run is most wrong about. */
import { percent } from "../../../src/base/format.ts";
import type { Sets } from "../../../src/dataset/image_set.ts";
import { type Html, markup } from "../html.ts";
import { sheetOf } from "../maps/thumbnails.ts";
import type { Predictions } from "../predictions.ts";
import type { RunView } from "../read_run.ts";

/** How many are shown. */
const MOST = 24;

/** A mistake: which image, and how bad. */
interface Mistake {
  index: number;
  /** How sure the network was of the wrong class; by nearest center, how much nearer the wrong one was: 0 without one of its own. */
  badness: number;
}

/** Thumbnails of the worst, the worst first. */
export function mistakesSection(
  { config: { plan }, classNames }: RunView,
  sets: Sets,
  predictions: Predictions,
): Html {
  const { predicted, certainty, own, least } = predictions, { test } = sets;
  const byLogit = plan.scoring === "logit" && certainty.length > 0;
  const all: Mistake[] = [];
  predicted.forEach((k, index) => {
    if (k === test.labels[index]) return;
    const apart = Number.isNaN(own[index]) ? 0 : own[index] / least[index];
    all.push({ index, badness: byLogit ? certainty[index] : apart });
  });
  const shown = all.sort((a, b) => b.badness - a.badness || a.index - b.index).slice(0, MOST);
  const count = `${all.length.toLocaleString("en")} of ${
    predicted.length.toLocaleString("en")
  } test images`;
  const order = byLogit
    ? "the network is surest of"
    : "are nearest to a wrong center, beside how far their own one is";
  return markup`
<section aria-labelledby="mistakes">
<h2 id="mistakes">The worst mistakes</h2>
<p class="note">${
    all.length === 0
      ? "No test image is taken for another class."
      : `${count} are taken for another class after the last epoch. These ${order}.`
  }</p>
<ul class="mistakes">${
    shown.map(({ index, badness }) => {
      const [label, wrong] = [test.labels[index], predicted[index]].map((k) => classNames[k]);
      const { address, width, height } = sheetOf(test, [index]);
      const size = 84 / Math.max(width, height);
      return markup`<li><img src="${address}" width="${Math.round(width * size)}" height="${
        Math.round(height * size)
      }" alt="Test image ${index + 1}, class ${label}">${label} taken for <b>${wrong}</b><span>${
        byLogit
          ? `${percent(badness)} sure`
          : badness === 0
          ? "its class has no center"
          : `own center ${badness.toFixed(1)} times as far`
      }</span></li>\n`;
    })
  }</ul>
</section>`;
}
