/// <reference lib="dom" />
/** Curves of all maps in one plot, on a canvas of two dimensions. */
import { gridStep } from "../draw/camera.ts";
import { Thinned } from "../thinned.ts";
import { onPixels } from "./browser/resolution.ts";
import { h } from "./element.ts";
import { shown } from "./field_control.ts";

/** A curve's points, and how it is drawn. */
interface Curve {
  map: number;
  name: string;
  dashed: boolean;
  points: Thinned<Point>;
}

interface Point {
  step: number;
  value: number;
}

/** Shares go from 0 to 1; other values by powers of ten, or evenly where one of them is not positive. */
type Scale = "share" | "powers";

/** Points of a curve at the most. */
const MOST_POINTS = 1200;
const PAD = { left: 40, right: 10, top: 8, bottom: 18 };

/** A plot of curves over steps. */
export class Curves {
  readonly element: HTMLElement;
  readonly #canvas = h("canvas", { role: "img" });
  readonly #scale: Scale;
  readonly #title: string;
  readonly #curves = new Map<string, Curve>();

  constructor(title: string, about: string, scale: Scale) {
    this.#title = title;
    this.#scale = scale;
    this.element = h(
      "figure",
      { class: "curves" },
      h("figcaption", {}, h("b", {}, title), " ", h("span", {}, about)),
      this.#canvas,
    );
    onPixels(this.#canvas, () => this.draw());
  }

  /** Forgets all curves. */
  clear(): void {
    this.#curves.clear();
    this.draw();
  }

  /** Adds a point. */
  add(map: number, name: string, step: number, value: number, dashed = false): void {
    if (!Number.isFinite(value)) return;
    const key = `${map} ${name}`;
    let curve = this.#curves.get(key);
    if (!curve) {
      const points = new Thinned<Point>(MOST_POINTS);
      this.#curves.set(key, curve = { map, name, dashed, points });
    }
    // A step is reported again where something else changed.
    if (step !== latest(curve)?.step) curve.points.add({ step, value });
  }

  /** Draws all of it. */
  draw(): void {
    const canvas = this.#canvas, pixel = devicePixelRatio;
    const width = canvas.clientWidth, height = canvas.clientHeight;
    if (width === 0) return;
    Object.assign(canvas, { width: width * pixel, height: height * pixel });
    const context = canvas.getContext("2d")!;
    context.scale(pixel, pixel);
    const style = getComputedStyle(canvas), ink = (name: string) => style.getPropertyValue(name);
    const all = [...this.#curves.values()];
    const last = Math.max(1, ...all.map((curve) => latest(curve)!.step));
    const { low, high, ticks, to } = axisOf(all, this.#scale);
    const x = (step: number) => PAD.left + (width - PAD.left - PAD.right) * step / last;
    const y = (value: number) =>
      height - PAD.bottom - (height - PAD.top - PAD.bottom) * (to(value) - low) / (high - low);
    context.font = '11px system-ui, "DejaVu Sans", sans-serif';
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const tick of ticks) {
      context.fillStyle = ink("--grid");
      context.fillRect(PAD.left, Math.round(y(tick)), width - PAD.left - PAD.right, 1);
      context.fillStyle = ink("--quiet");
      context.fillText(tickText(tick), PAD.left - 6, y(tick));
    }
    context.textBaseline = "alphabetic";
    context.fillText(last > 1 ? `step ${last}` : "", width - PAD.right, height - 4);
    context.lineJoin = "round";
    for (const { map, dashed, points } of all) {
      context.strokeStyle = ink(`--map-${map}`);
      context.lineWidth = dashed ? 1.25 : 1.75;
      context.setLineDash(dashed ? [4, 3] : []);
      context.beginPath();
      for (const { step, value } of points.items) context.lineTo(x(step), y(value));
      context.stroke();
    }
    canvas.setAttribute("aria-label", this.#words(all));
  }

  #words(all: readonly Curve[]): string {
    const ends = all.map((curve) =>
      `map ${"ABCD"[curve.map]} ${curve.name} ${shown(latest(curve)!.value)}`
    );
    return `${this.#title}: ${ends.join(", ") || "no steps yet"}`;
  }
}

function latest({ points }: Curve): Point | undefined {
  return points.items.at(-1);
}

/** A number beside an axis, which has room for some five letters. */
export function tickText(tick: number): string {
  const value = Number(tick.toPrecision(2)), size = Math.abs(value);
  const long = value !== 0 && (size < 1e-3 || size >= 1e5);
  return (long ? value.toExponential().replace("e+", "e") : String(value)).replaceAll("-", "−");
}

/** Where an axis begins and ends in its own scale, its numbers, and the scale. */
interface Axis {
  low: number;
  high: number;
  ticks: number[];
  to: (value: number) => number;
}

function axisOf(curves: readonly Curve[], scale: Scale): Axis {
  const itself = (value: number) => value;
  if (scale === "share") return { low: 0, high: 1, ticks: [0, 0.5, 1], to: itself };
  let least = Infinity, most = -Infinity;
  for (const { points } of curves) {
    for (const { value } of points.items) {
      [least, most] = [Math.min(least, value), Math.max(most, value)];
    }
  }
  if (least === Infinity) [least, most] = [0.1, 1];
  if (least <= 0) {
    const step = gridStep(Math.max(most - least, 1e-6) / 1.6);
    const low = Math.floor(least / step), high = Math.max(low + 1, Math.ceil(most / step));
    const ticks = Array.from({ length: high - low + 1 }, (_, i) => (low + i) * step);
    return { low: low * step, high: high * step, ticks, to: itself };
  }
  const low = Math.floor(Math.log10(least)), high = Math.max(low + 1, Math.ceil(Math.log10(most)));
  const every = Math.ceil((high - low) / 4);
  const ticks = Array.from(
    { length: Math.floor((high - low) / every) + 1 },
    (_, i) => 10 ** (low + i * every),
  );
  return { low, high, ticks, to: Math.log10 };
}
