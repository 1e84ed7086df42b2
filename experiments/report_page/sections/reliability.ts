/** Whether the network is as often right as it is sure. */
import { percent } from "../../../src/base/format.ts";
import type { Sets } from "../../../src/dataset/image_set.ts";
import { calibration } from "../../../src/metrics/calibration.ts";
import { type Html, markup } from "../html.ts";
import type { Predictions } from "../predictions.ts";
import { Plot, svgOf } from "../svg.ts";

/** The diagram of the test images; nothing where the logits say nothing. */
export function reliabilitySection(
  { test }: Sets,
  { certainty, byLogit }: Predictions,
): Html | undefined {
  if (certainty.length === 0) return undefined;
  const hits = Array.from(byLogit, (k, i) => k === test.labels[i]);
  const { bins, ece, meanCertainty, accuracy } = calibration(certainty, hits);
  const bars = bins.map((bin, i) => ({ ...bin, from: i / bins.length, to: (i + 1) / bins.length }))
    .filter(({ count }) => count > 0);
  const share = (of: (it: typeof bars[0]) => number) => (it: typeof bars[0]) => 100 * of(it);
  const axis = { domain: [0, 100], labelArrow: "none" as const };
  const chart = svgOf({
    label: `Reliability: ${
      bars.map((it) => `${percent(it.confidence, 0)} sure, ${percent(it.accuracy, 0)} right`).join(
        "; ",
      )
    }`,
    options: {
      x: { ...axis, label: "largest probability, in %" },
      y: { ...axis, label: "share that is right, in %", grid: true },
      marks: [
        Plot.rect(bars, {
          x1: share(({ from }) => from),
          x2: share(({ to }) => to),
          y1: 0,
          y2: share(({ accuracy }) => accuracy),
          fill: "var(--c0)",
          fillOpacity: 0.55,
          inset: 0.5,
          title: (it) =>
            `${it.count} images: ${percent(it.confidence)} sure, ${percent(it.accuracy)} right`,
        }),
        Plot.line([[0, 0], [100, 100]], { stroke: "currentColor", strokeDasharray: "3 3" }),
        Plot.dot(bars, {
          x: share(({ confidence }) => confidence),
          y: share(({ accuracy }) => accuracy),
          r: 3,
          fill: "var(--c3)",
        }),
      ],
    },
  });
  return markup`
<section aria-labelledby="reliability">
<h2 id="reliability">Is it as often right as it is sure?</h2>
<p>Over the test images the largest probability is ${percent(meanCertainty)} on average, and ${
    percent(accuracy)
  } of them are classified rightly by logit: the network is ${
    meanCertainty > accuracy ? "surer than it is right" : "no surer than it is right"
  }. The expected calibration error is ${percent(ece)}.</p>
<div class="panels"><figure class="panel">${chart}<figcaption class="note">A bar for each interval of certainty: how many of its images are right. On the line, a network would be as often right as it is sure; dots stand at the mean certainty of each interval.</figcaption></figure></div>
</section>`;
}
