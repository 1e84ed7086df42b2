/// <reference lib="dom" />
/** The canvases of the page, and what is drawn on each. */
import type { MakePainters, MapPainter, Mark, Run, Source } from "../draw/map_painter.ts";
import type { Projection } from "../draw/projection.ts";

/** How all maps look. */
export interface StageLook {
  hidden: number;
  dark: boolean;
  /** Nothing turns by itself. */
  still: boolean;
}

/** Radians a second that a space turns by itself, and the most milliseconds that it turns for at once. */
const TURN = 0.24, MOST_MS = 250;

/** Canvases and painters, by the place of their map. */
export class Stage {
  readonly #make: MakePainters;
  readonly #frameMs: number;
  readonly #canvases: OffscreenCanvas[] = [];
  readonly #pixels: number[] = [];
  #painters: MapPainter[] = [];
  #kept = false;
  #dirty = true;
  #turned = 0;
  #after = -Infinity;
  /** Frames drawn so far. */
  frames = 0;
  look: StageLook = { hidden: 0, dark: false, still: false };

  /** @param frameMs From one frame to the next, at the least. */
  constructor(make: MakePainters, frameMs: number) {
    this.#make = make;
    this.#frameMs = frameMs;
  }

  /** Takes a canvas. */
  attach(map: number, canvas: OffscreenCanvas): void {
    this.#canvases[map] = canvas;
  }

  /** A canvas has another size now. */
  resize(map: number, width: number, height: number, pixel: number): void {
    const canvas = this.#canvases[map];
    if (!canvas) return;
    // Where it keeps its size it keeps its picture.
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
    }
    this.#pixels[map] = pixel;
    this.redraw();
  }

  /** Paints nothing more: what was painted is freed. */
  clear(): void {
    for (const painter of this.#painters) painter.dispose();
    this.#painters = [];
    this.#kept = false;
  }

  /** Paints these from now on. */
  async begin(runs: readonly Run[], classNames: readonly string[]): Promise<void> {
    this.#painters = await this.#make(this.#canvases, runs, classNames);
    this.redraw();
  }

  /** The painter of a map. */
  painter(map: number): MapPainter | undefined {
    return this.#painters[map];
  }

  /** Shows runs as they are now. */
  async take(runs: readonly Run[]): Promise<void> {
    await Promise.all(runs.map((run, i) => this.#painters[i]?.take(run)));
    if (!this.#kept) this.redraw();
  }

  /** Shows what was kept of each run; nothing shows the runs. */
  show(kept?: readonly Source[]): void {
    this.#kept = kept !== undefined;
    this.#painters.forEach((painter, i) => painter.show(kept?.[i]));
    this.redraw();
  }

  /** Puts marks on a map. */
  mark(map: number, marks: readonly Mark[]): void {
    this.#painters[map]?.mark(marks);
    this.redraw();
  }

  /** Where features of a map are on its canvas. */
  projection(map: number): Projection {
    const { camera, dim, look: { directions } } = this.#painters[map];
    const { width, height } = this.#canvases[map], pixel = this.#pixels[map] ?? 1;
    return { matrix: camera.matrix(width, height, dim), dim, directions, width, height, pixel };
  }

  /** Something changed: the next frame is drawn. */
  redraw(): void {
    this.#dirty = true;
  }

  /** Draws a frame, where there is something new to see; a processor that draws has as long for its other work as that took. */
  frame(): void {
    const start = performance.now();
    if (start < this.#after) return;
    const turn = TURN * Math.min(MOST_MS, start - this.#turned) / 1000;
    this.#turned = start;
    let moving = false;
    for (const { camera, dim } of this.#painters) {
      if (camera.advance()) moving = true;
      if (dim !== 3 || camera.held || this.look.still) continue;
      camera.turn += turn;
      moving = true;
    }
    if (!this.#dirty && !moving) return;
    this.#dirty = false;
    this.#painters.forEach((painter, i) => {
      const { width, height } = this.#canvases[i];
      if (width * height === 0) return;
      const { hidden, dark } = this.look;
      painter.look = { ...painter.look, hidden, dark, pixel: this.#pixels[i] ?? 1 };
      painter.draw();
    });
    this.frames++;
    this.#after = Math.max(start + this.#frameMs, 2 * performance.now() - start);
  }
}
