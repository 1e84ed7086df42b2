/// <reference lib="dom" />
/** Plays a run that was recorded before, for browsers without WebGPU. */
import { classColor } from "../../src/figures/paint/palette.ts";
import type { RecordedFrame, RecordedRun } from "../settings/recorded_run.ts";
import { h } from "./element.ts";
import { shown } from "./field_control.ts";

/** Milliseconds from one frame to the next, and that the end stands. */
const FRAME_MS = 420, HOLD_MS = 2500;

/** Plays it in the place of the maps, round and round. */
export async function playRecorded(place: HTMLElement): Promise<void> {
  document.body.dataset.plays = "recorded"; // what needs a GPU is not shown
  const run = await (await fetch("recorded.json")).json() as RecordedRun;
  const players = run.maps.map(({ title, frames }) => new Player(title, frames, run));
  place.replaceChildren(...players.map(({ element }) => element));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const frames = run.maps[0].frames.length, start = performance.now();
  const all = (frames - 1) * FRAME_MS + HOLD_MS;
  const next = (now: number) => {
    const at = still ? frames - 1 : Math.min(frames - 1, Math.max(0, now - start) % all / FRAME_MS);
    for (const player of players) player.draw(at);
    if (!still && place.isConnected) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}

/** A map of a recorded run. */
class Player {
  readonly element: HTMLElement;
  readonly #canvas = h("canvas", { role: "img" });
  readonly #words = h("p", { class: "about" });
  readonly #frames: {
    points: Float32Array;
    centers: Float32Array;
    half: number;
    frame: RecordedFrame;
  }[];
  readonly #run: RecordedRun;
  readonly #title: string;

  constructor(title: string, frames: readonly RecordedFrame[], run: RecordedRun) {
    this.#title = title;
    this.#run = run;
    this.#frames = frames.map((frame) => {
      const { half } = frame;
      return {
        points: numbers(frame.points, half),
        centers: numbers(frame.centers, half),
        half,
        frame,
      };
    });
    this.element = h(
      "article",
      { class: "map" },
      h("header", {}, h("b", {}, title), h("span", {}, "recorded, on drawn digits")),
      h("div", { class: "view" }, this.#canvas),
      this.#words,
    );
  }

  /** Draws the moment between two frames. */
  draw(at: number): void {
    const canvas = this.#canvas, side = Math.round(canvas.clientWidth * devicePixelRatio);
    if (side === 0) return;
    if (canvas.width !== side) Object.assign(canvas, { width: side, height: side });
    const context = canvas.getContext("2d")!, style = getComputedStyle(canvas);
    const [a, b] = [this.#frames[Math.floor(at)], this.#frames[Math.ceil(at)]], share = at % 1;
    const mix = (x: number, y: number) => x + share * (y - x);
    const half = 1.08 * mix(a.half, b.half), scale = side / (2 * half);
    const place = (of: "points" | "centers", i: number) =>
      [0, 1].map((d) =>
        side / 2 + (d === 0 ? 1 : -1) * scale * mix(a[of][2 * i + d], b[of][2 * i + d])
      );
    context.fillStyle = style.getPropertyValue("--paper");
    context.fillRect(0, 0, side, side);
    const disc = ([x, y]: number[], radius: number, color: string) => {
      context.fillStyle = color;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
    };
    const pixel = side / canvas.clientWidth;
    context.globalAlpha = 0.8;
    this.#run.labels.forEach((label, i) => disc(place("points", i), 3 * pixel, css(label)));
    context.globalAlpha = 1;
    context.font = `600 ${10 * pixel}px system-ui, "DejaVu Sans", sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    this.#run.classNames.forEach((name, k) => {
      const [x, y] = place("centers", k);
      disc([x, y], 8.5 * pixel, css(k));
      disc([x, y], 6.7 * pixel, style.getPropertyValue("--paper"));
      context.fillStyle = style.getPropertyValue("--ink");
      context.fillText(name, x, y + 0.5 * pixel);
    });
    const { step, byCenter, ratio } = a.frame;
    const words = `step ${step}: ${
      (100 * byCenter).toFixed(0)
    } % by nearest center, within / between ${shown(ratio)}`;
    this.#words.textContent = words;
    canvas.setAttribute("aria-label", `${this.#title}, recorded, ${words}`);
  }
}

/** What signed bytes in base64 stand for. */
function numbers(text: string, half: number): Float32Array {
  const bytes = Int8Array.from(atob(text), (letter) => letter.charCodeAt(0) << 24 >> 24);
  return Float32Array.from(bytes, (byte) => byte / 127 * half);
}

/** The color of a class. */
function css(k: number): string {
  return `rgb(${classColor(k).join(" ")})`;
}
