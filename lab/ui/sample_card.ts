/// <reference lib="dom" />
/** What is known of the sample that a visitor points at. */
import type { Landed, Pointed } from "../messages.ts";
import { h } from "./element.ts";
import { measured } from "./field_control.ts";
import { paintPixels, type Shape } from "./pixels.ts";

/** The card of a sample; nothing to see where there is none. */
export function sampleCard(
  sample: Pointed,
  classes: readonly string[],
  shape: Shape,
): HTMLElement {
  const image = h("canvas", { class: "pixels", role: "img", "aria-label": `image ${sample.id}` });
  paintPixels(image, sample.pixels, shape);
  const { label, byLogit, byCenter } = sample;
  const name = (k: number) => classes[k];
  const right = (k: number) => k === label ? "right" : "wrong";
  const rows: [string, Node][] = [["label", chip(label, classes)]];
  if (byLogit !== undefined) rows.push(["by logit", verdict(byLogit, right(byLogit), classes)]);
  rows.push(["by center", verdict(byCenter, right(byCenter), classes)]);
  const neighbours = sample.neighbours.map((it) => {
    const canvas = h("canvas", {
      class: "pixels",
      role: "img",
      "aria-label": `a ${name(it.label)}`,
    });
    paintPixels(canvas, it.pixels, shape);
    return h("span", { class: "neighbour", style: `--class: ${color(it.label)}` }, canvas);
  });
  return h(
    "div",
    { class: "sample" },
    image,
    h("dl", {}, ...rows.flatMap(([term, what]) => [h("dt", {}, term), h("dd", {}, what)])),
    distanceBars(sample.distances, classes),
    h("div", { class: "neighbours" }, h("span", {}, "nearest five"), ...neighbours),
  );
}

/** In words, where a drawn digit landed on a map. */
export function landedWords(
  { byLogit, byCenter, distances }: Landed,
  classes: readonly string[],
): HTMLElement {
  const called = byLogit ?? byCenter;
  return h(
    "span",
    {},
    chip(called, classes),
    byLogit === undefined ? "" : " by the largest logit; ",
    ` nearest center ${classes[byCenter]}, distance ${measured(Math.sqrt(distances[byCenter]))}`,
  );
}

/** The color of a class, as CSS has it. */
export function color(k: number): string {
  return `var(--class-${k}, var(--quiet))`;
}

/** A class as a colored dot and its name. */
function chip(k: number, classes: readonly string[]): HTMLElement {
  return h("span", { class: "chip", style: `--class: ${color(k)}` }, classes[k] ?? String(k));
}

function verdict(k: number, word: string, classes: readonly string[]): HTMLElement {
  return h("span", {}, chip(k, classes), h("small", { class: word }, word));
}

/** Distances to all centers as bars, the nearest ones first. */
function distanceBars(distances: readonly number[], classes: readonly string[]): HTMLElement {
  const roots = distances.map(Math.sqrt), most = Math.max(...roots, 1e-12);
  const order = roots.map((_, k) => k).sort((a, b) => roots[a] - roots[b]).slice(0, 4);
  const bars = order.map((k) =>
    h(
      "li",
      { style: `--class: ${color(k)}; --share: ${100 * roots[k] / most}%` },
      h("span", {}, classes[k]),
      h("i", {}),
      h("small", {}, measured(roots[k])),
    )
  );
  return h("ol", { class: "distances", "aria-label": "distances to the nearest centers" }, ...bars);
}
