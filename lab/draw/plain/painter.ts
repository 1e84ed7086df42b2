/// <reference lib="dom" />
/** Draws a map by Canvas 2D, on the processor: where a program computes in the place of a GPU, or nothing computes. */
import { Camera } from "../camera.ts";
import { discNames } from "../disc_names.ts";
import {
  FIRST_LOOK,
  type MakePainters,
  type MapPainter,
  type Mark,
  type Run,
  SLOTS,
  type Source,
} from "../map_painter.ts";
import { drawBack } from "./back.ts";
import { Brush, type Context2D } from "./brush.ts";
import { drawCenters, drawMarks, drawSamples } from "./discs.ts";
import { drawBox, drawNet, drawPins, drawTrail } from "./lines.ts";

/** Draws what was copied of a run: the device goes on with its steps meanwhile. */
export class PlainPainter implements MapPainter {
  readonly camera = new Camera();
  look = FIRST_LOOK;
  readonly #context: Context2D;
  readonly #names: readonly string[];
  #live: Source;
  #kept: Source | undefined;
  #trail: Float32Array[] = [];
  #marks: readonly Mark[] = [];

  constructor(context: Context2D, names: readonly string[], live: Source) {
    this.#context = context;
    this.#names = discNames(names);
    this.#live = live;
  }

  /** Numbers of a feature. */
  get dim(): number {
    return this.#live.dim;
  }

  /** Copies a run as it is now. */
  async take(run: Pick<Run, "copied">): Promise<void> {
    this.set(await run.copied());
  }

  /** Takes the next moment of a run. */
  set(source: Source): void {
    this.#live = source;
    this.#trail = [...this.#trail, source.centers].slice(-SLOTS);
  }

  /** Shows what was kept of a run. */
  show(kept?: Source): void {
    this.#kept = kept;
  }

  /** Puts marks over everything. */
  mark(marks: readonly Mark[]): void {
    this.#marks = marks;
  }

  /** Draws a frame. */
  draw(): void {
    const { camera, look } = this, { width, height } = this.#context.canvas;
    const source = this.#kept ?? this.#live, { dim, rows } = source, { directions, pixel } = look;
    const matrix = camera.matrix(width, height, dim);
    const by = { matrix, dim, directions, width, height, pixel };
    const brush = new Brush(this.#context, by, look);
    drawBack(brush, source, camera);
    if (dim === 3) directions ? drawNet(brush) : drawBox(brush, camera);
    drawSamples(brush, source, camera);
    if (!this.#kept) drawTrail(brush, source, this.#trail);
    if (directions) drawPins(brush, source);
    if (rows > 0) drawCenters(brush, source, this.#names);
    drawMarks(brush, this.#marks);
  }

  /** Holds nothing that has to be freed. */
  dispose(): void {}
}

/** Makes them. */
export const plainPainters: MakePainters = (canvases, runs, classNames) =>
  Promise.all(runs.map(async (run, i) => {
    const context = canvases[i].getContext("2d", { alpha: false })!;
    return new PlainPainter(context, classNames, await run.copied());
  }));
