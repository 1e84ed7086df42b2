/// <reference lib="dom" />
/** Plays a run that was recorded before, for browsers without WebGPU. */
import { FIRST_LOOK, type Source } from "../draw/map_painter.ts";
import { PlainPainter } from "../draw/plain/painter.ts";
import type { RecordedFrame, RecordedRun } from "../settings/recorded_run.ts";
import { onPixels } from "./browser/resolution.ts";
import { h } from "./element.ts";
import { measured } from "./field_control.ts";

/** Milliseconds from one frame to the next, and that the end stands. */
const FRAME_MS = 420, HOLD_MS = 2500;

/** Plays it in the place of the maps, round and round. */
export async function playRecorded(place: HTMLElement): Promise<void> {
  if (document.body.dataset.plays) return;
  document.body.dataset.plays = "recorded"; // what needs a GPU is not shown
  const run = await (await fetch("recorded.json")).json() as RecordedRun;
  const players = run.maps.map((map) => new Player(map, run));
  place.replaceChildren(...players.map(({ element }) => element));
  const frames = run.maps[0].frames.length, start = performance.now();
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    const end = () => players.forEach((player) => player.draw(frames - 1));
    onPixels(place, end);
    return matchMedia("(prefers-color-scheme: dark)").addEventListener("change", end);
  }
  const all = (frames - 1) * FRAME_MS + HOLD_MS;
  const next = (now: number) => {
    const at = Math.min(frames - 1, Math.max(0, now - start) % all / FRAME_MS);
    for (const player of players) player.draw(at);
    if (place.isConnected) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}

/** A map of a recorded run. */
class Player {
  readonly element: HTMLElement;
  readonly #canvas = h("canvas", { role: "img" });
  readonly #words = h("p", { class: "about" });
  readonly #map: RecordedRun["maps"][number];
  readonly #names: string[];
  readonly #sources: Source[];
  #painter: PlainPainter;
  #at = 0;

  constructor(map: RecordedRun["maps"][number], { classNames, labels }: RecordedRun) {
    this.#map = map;
    this.#names = classNames;
    this.#sources = map.frames.map((frame) => sourceOf(frame, labels));
    this.#painter = this.#newPainter();
    this.element = h(
      "article",
      { class: "map" },
      h("header", {}, h("b", {}, map.title), h("span", {}, "recorded, on drawn digits")),
      h("div", { class: "view" }, this.#canvas),
      this.#words,
    );
  }

  /** Draws the moment between two frames. */
  draw(at: number): void {
    const canvas = this.#canvas, side = Math.round(canvas.clientWidth * devicePixelRatio);
    if (side === 0) return;
    if (canvas.width !== side) Object.assign(canvas, { width: side, height: side });
    if (at < this.#at) this.#painter = this.#newPainter(); // paths begin anew
    this.#at = at;
    const [from, to] = [Math.floor(at), Math.ceil(at)], share = at % 1, { frames } = this.#map;
    const painter = this.#painter, half = frames[from].half;
    painter.camera.shown = {
      middle: [0, 0, 0],
      half: 1.08 * (half + share * (frames[to].half - half)),
    };
    painter.look = {
      ...{ ...FIRST_LOOK, region: this.#map.region, pixel: side / canvas.clientWidth },
      dark: matchMedia("(prefers-color-scheme: dark)").matches,
    };
    painter.set(between(this.#sources[from], this.#sources[to], share));
    painter.draw();
    const { step, byCenter, ratio } = frames[from];
    const words = `step ${step}: ${
      (100 * byCenter).toFixed(0)
    } % right by the nearest center, within / between ${measured(ratio)}`;
    this.#words.textContent = words;
    canvas.setAttribute("aria-label", `${this.#map.title}, recorded, ${words}`);
  }

  #newPainter(): PlainPainter {
    const context = this.#canvas.getContext("2d", { alpha: false })!;
    return new PlainPainter(context, this.#names, this.#sources[0]);
  }
}

/** A frame as it is drawn. */
function sourceOf(
  { points, centers, weights, bias, half }: RecordedFrame,
  labels: readonly number[],
): Source {
  const places = numbers(points, half), classes = bias.length;
  const rows = labels.flatMap((label, i) => [places[2 * i], places[2 * i + 1], label]);
  return {
    ...{ table: Float32Array.from(rows), centers: numbers(centers, half) },
    ...{ weights: Float32Array.from(weights), bias: Float32Array.from(bias) },
    ...{ rows: labels.length, place: labels.length, stride: 3, dim: 2, classes, columns: classes },
  };
}

/** A moment between two. */
function between(from: Source, to: Source, share: number): Source {
  const mix = (name: "table" | "centers" | "weights" | "bias") =>
    from[name]!.map((value, i) => value + share * (to[name]![i] - value));
  return {
    ...{ ...from, table: mix("table"), centers: mix("centers") },
    ...{ weights: mix("weights"), bias: mix("bias") },
  };
}

/** What signed bytes in base64 stand for. */
function numbers(text: string, half: number): Float32Array {
  const bytes = Int8Array.from(atob(text), (letter) => letter.charCodeAt(0) << 24 >> 24);
  return Float32Array.from(bytes, (byte) => byte / 127 * half);
}
