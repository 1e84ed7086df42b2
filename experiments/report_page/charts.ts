/** Line charts over the epochs. */
import { percent } from "../../src/base/format.ts";
import { logAxis } from "../../src/figures/frame/axis.ts";
import { Html, markup } from "./html.ts";
import type { Plot as PlotModule } from "./svg.ts";
import { Plot, svgOf } from "./svg.ts";

/** One line. */
export interface Line {
  name: string;
  /** A CSS color. */
  color: string;
  dashed?: boolean;
  /** A value an epoch; NaN where there is none. */
  values: readonly number[];
}

/** One chart. */
export interface LineChart {
  title: string;
  /** What the vertical axis counts. */
  unit: string;
  /** What stands under the title. */
  note?: string;
  lines: readonly Line[];
  /** Whether values are shares, from 0 to 1. */
  share?: boolean;
  /** Number of the first value's epoch; default 1. */
  first?: number;
}

/** From so many times the smallest value on, equal factors are equal steps. */
const WIDE = 200;

/** The chart with its title and its legend; a sentence in its place where it has no value. */
export function lineChart({ title, unit, note, lines, share, first = 1 }: LineChart): Html {
  const known = lines.filter(({ values }) => values.some(Number.isFinite));
  const all = known.flatMap(({ values }) => values).filter(Number.isFinite);
  const length = Math.max(0, ...known.map(({ values }) => values.length));
  const epochs = Array.from({ length }, (_, i) => first + i);
  const log = !share && Math.min(...all) > 0 && Math.max(...all) > WIDE * Math.min(...all);
  const chart = known.length === 0 ? markup`<p class="note">No value was written.</p>` : svgOf({
    label: `${title}: ${
      known.map(({ name, values }) => `${name}, ${shown(values, share)}`).join("; ")
    }`,
    epochs,
    options: {
      x: {
        ...{ label: "epoch", labelArrow: "none" },
        ticks: ticksOf(epochs),
        tickFormat: "d",
        nice: false,
        domain: domainOf(epochs),
      },
      y: {
        label: log ? `${unit}, logarithmic` : unit,
        labelArrow: "none",
        type: log ? "log" : "linear",
        nice: !log,
        grid: true,
        ...(share ? { percent: true, tickFormat: (v: number) => `${v} %`, nice: true } : {
          ...log && { tickFormat: "~g", ticks: logAxis(Math.min(...all), Math.max(...all)).ticks },
        }),
      },
      marks: known.flatMap((line) => marksOf(line, first, share)),
    },
  });
  return markup`<figure class="panel">
<figcaption><h3>${title}</h3>${note && markup`<p class="note">${note}</p>`}${
    legend(known)
  }</figcaption>
${chart}
</figure>`;
}

function marksOf({ name, color, dashed, values }: Line, first: number, share?: boolean) {
  const points = values.map((y, i) => ({ x: first + i, y })).filter(({ y }) => Number.isFinite(y));
  const stroke = { x: "x", y: "y", stroke: color };
  // What was not measured in every epoch has a mark where it was.
  const marked = values.length <= 12 || points.length < values.length;
  return [
    Plot.line(points, { ...stroke, strokeWidth: 1.75, ...(dashed && { strokeDasharray: "5 3" }) }),
    Plot.dot(marked ? points : [], {
      ...{ x: "x", y: "y", r: 2.5, fill: color },
      title: ({ x, y }: { x: number; y: number }) => `${name}, epoch ${x}: ${figure(y, share)}`,
    }),
  ] as PlotModule.Markish[];
}

/** One epoch needs room on both sides. */
function domainOf(epochs: readonly number[]): [number, number] {
  const [first, last] = [epochs[0] ?? 1, epochs.at(-1) ?? 1];
  return first === last ? [first - 0.5, last + 0.5] : [first, last];
}

/** Whole epochs. */
function ticksOf(epochs: readonly number[]): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200].find((it) => epochs.length / it <= 9) ?? 500;
  return epochs.filter((epoch) => epoch % step === 0 || epochs.length <= 9);
}

/** The names of lines beside how they are drawn. */
function legend(lines: readonly Pick<Line, "name" | "color" | "dashed">[]): Html {
  return markup`<ul class="legend">${
    lines.map(({ name, color, dashed }) =>
      markup`<li><svg width="22" height="8" aria-hidden="true"><line x1="0" x2="22" y1="4" y2="4" stroke="${color}" stroke-width="2"${
        dashed ? new Html(' stroke-dasharray="5 3"') : ""
      }/></svg>${name}</li>`
    )
  }</ul>`;
}

function shown(values: readonly number[], share?: boolean): string {
  return `${figure(values[0], share)} at first, ${figure(values.at(-1)!, share)} at last`;
}

/** A value for a reader. */
export function figure(value: number, share?: boolean): string {
  if (!Number.isFinite(value)) return "-";
  return share ? percent(value) : String(Number(value.toPrecision(4)));
}
