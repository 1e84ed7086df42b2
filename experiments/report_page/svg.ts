/** Charts as SVG, by Observable Plot on linkedom's document: no browser takes part. */
import * as Plot from "npm:@observablehq/plot@0.6.17";
import { parseHTML } from "npm:linkedom@0.18.15";
import { Html } from "./html.ts";

/** What a chart is made of. */
export interface Chart {
  /** What a screen reader says of it. */
  label: string;
  options: Plot.PlotOptions;
  /** Whether the horizontal axis is the epoch: a rule then marks the one that the page shows. */
  epochs?: readonly number[];
}

/** What is used of an element; Deno has no types of the DOM. */
interface Element {
  readonly outerHTML: string;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  append(child: Element): void;
  remove(): void;
  querySelectorAll(selector: string): Iterable<Element>;
}

/** What is used of a document. */
interface Document {
  createElementNS(namespace: string, name: string): Element;
}

/** Plot's own margins that the rule of the epoch keeps to. */
const TOP = 20, BOTTOM = 36;

/** The chart's markup. It takes its colors from the page, and is as wide as its place. */
export function svgOf({ label, options, epochs }: Chart): Html {
  const parsed = parseHTML("<!doctype html><html><body></body></html>") as unknown;
  const { document } = parsed as { document: Document };
  const { width = 460, height = 290 } = options;
  const plot = Plot.plot({
    ...{ width, height, marginLeft: 52, marginRight: 16, marginTop: TOP, marginBottom: BOTTOM },
    ...options,
    document: document as unknown as Plot.PlotOptions["document"],
  });
  const svg = plot as unknown as Element;
  for (const style of svg.querySelectorAll("style")) style.remove();
  for (const name of ["font-family", "font-size"]) svg.removeAttribute(name);
  const attributes: Record<string, string> = { class: "chart", role: "img", "aria-label": label };
  const scale = plot.scale("x");
  if (epochs && epochs.length > 0 && scale) {
    const [first, last] = [epochs[0], epochs.at(-1)!].map((it) => scale.apply(it).toFixed(2));
    const rule = document.createElementNS("http://www.w3.org/2000/svg", "line");
    const place = { class: "now", x1: last, x2: last, y1: TOP, y2: height - BOTTOM };
    for (const [name, value] of Object.entries(place)) rule.setAttribute(name, String(value));
    svg.append(rule);
    Object.assign(attributes, {
      "data-first": first,
      "data-last": last,
      "data-epochs": String(epochs.length),
    });
  }
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  return new Html(svg.outerHTML);
}

export { Plot };
