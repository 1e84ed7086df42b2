/// <reference lib="dom" />
/** Draws one map on the GPU: what its run left there, or what was kept of it. */
import { classColor } from "../../src/figures/paint/palette.ts";
import { Camera, gridStep } from "./camera.ts";
import {
  dotRadius,
  FIRST_LOOK,
  type MakePainters,
  type MapPainter,
  type Mark,
  MOST_MARKS,
  type Run,
  SLOTS,
  type Source,
} from "./map_painter.ts";
import { namesTexture } from "./names.ts";
import { Scene, type SceneBuffers, VIEW_BYTES } from "./scene.ts";
import { Uploaded } from "./uploaded.ts";

/** A source in memory of the GPU. */
type OnGpu = Source<GPUBufferBinding>;

const MARK_FLOATS = 8;

/** Draws one map. */
export class Painter implements MapPainter {
  readonly camera = new Camera();
  look = FIRST_LOOK;
  readonly #device: GPUDevice;
  readonly #scene: Scene;
  readonly #canvas: OffscreenCanvas;
  readonly #context: GPUCanvasContext;
  readonly #names: GPUTexture;
  readonly #colors: GPUBuffer;
  readonly #palette: Float32Array<ArrayBuffer>;
  readonly #view: GPUBuffer;
  readonly #marks: GPUBuffer;
  readonly #trail: GPUBuffer;
  #live: OnGpu;
  #kept: Uploaded | undefined;
  #markCount = 0;
  #trailHead = 0;
  #trailLength = 0;
  #bound: { buffers: readonly GPUBuffer[]; group: GPUBindGroup } | undefined;

  constructor(
    device: GPUDevice,
    { scene, canvas, names, palette }: {
      scene: Scene;
      canvas: OffscreenCanvas;
      names: GPUTexture;
      /** `[classes, 4]`, 0 to 1. */
      palette: Float32Array<ArrayBuffer>;
    },
    live: OnGpu,
  ) {
    this.#device = device;
    this.#scene = scene;
    this.#canvas = canvas;
    this.#context = canvas.getContext("webgpu") as unknown as GPUCanvasContext;
    this.#context.configure({ device, format: scene.format, alphaMode: "opaque" });
    this.#names = names;
    this.#palette = palette;
    this.#live = live;
    const { STORAGE, COPY_DST, UNIFORM } = GPUBufferUsage;
    const make = (size: number, usage: number) => device.createBuffer({ size, usage });
    this.#view = make(VIEW_BYTES, UNIFORM | COPY_DST);
    this.#colors = make(palette.byteLength, STORAGE | COPY_DST);
    this.#marks = make(4 * MARK_FLOATS * MOST_MARKS, STORAGE | COPY_DST);
    this.#trail = make(4 * SLOTS * live.classes * live.dim, STORAGE | COPY_DST);
    device.queue.writeBuffer(this.#colors, 0, palette);
  }

  /** Numbers of a feature. */
  get dim(): number {
    return this.#live.dim;
  }

  /** Takes a run's memory as it is written now, and its centers into their paths. */
  take(run: Run): void {
    run.gather();
    const source = this.#live = run.source;
    const { centers: { buffer, offset = 0 }, classes, dim } = source;
    const bytes = 4 * classes * dim, encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, offset, this.#trail, this.#trailHead * bytes, bytes);
    this.#device.queue.submit([encoder.finish()]);
    this.#trailHead = (this.#trailHead + 1) % SLOTS;
    this.#trailLength = Math.min(SLOTS, this.#trailLength + 1);
  }

  /** Shows what was kept of a run. */
  show(kept?: Source): void {
    this.#kept?.dispose();
    this.#kept = kept && new Uploaded(this.#device, kept);
  }

  /** Puts marks over everything. */
  mark(marks: readonly Mark[]): void {
    const shown = marks.slice(0, MOST_MARKS);
    this.#markCount = shown.length;
    const values = new Float32Array(MARK_FLOATS * Math.max(1, shown.length));
    shown.forEach(({ place: [x, y, z = 0], label }, i) => {
      const color = label === undefined
        ? [0, 0, 0]
        : this.#palette.subarray(4 * label, 4 * label + 3);
      values.set([x, y, z, label === undefined ? 0 : 1, ...color, 1], MARK_FLOATS * i);
    });
    this.#device.queue.writeBuffer(this.#marks, 0, values);
  }

  /** Draws a frame. */
  draw(): void {
    const source = this.#kept?.source ?? this.#live, { look: { directions } } = this;
    const { classes, columns } = source;
    this.#writeView(source);
    this.#scene.draw(this.#context.getCurrentTexture(), this.#group(source), {
      ...{ dim: source.dim, directions, columns: directions ? columns : 0 },
      samples: source.rows,
      trail: this.#kept ? 0 : Math.max(0, this.#trailLength - 1) * classes,
      centers: source.rows > 0 ? classes : 0,
      marks: this.#markCount,
    });
  }

  /** Frees its buffers. */
  dispose(): void {
    this.#kept?.dispose();
    for (const buffer of [this.#view, this.#colors, this.#marks, this.#trail]) buffer.destroy();
  }

  /** What is bound, made anew only where it is other memory. */
  #group({ table, centers, weights, bias = weights }: OnGpu): GPUBindGroup {
    const bound = [table, centers, weights, bias].map(({ buffer }) => buffer);
    if (this.#bound?.buffers.every((buffer, i) => buffer === bound[i])) return this.#bound.group;
    const buffers: SceneBuffers = {
      ...{ table, centers, weights, bias },
      colors: { buffer: this.#colors },
      trail: { buffer: this.#trail },
      marks: { buffer: this.#marks },
    };
    const group = this.#scene.bind(this.#view, buffers, this.#names);
    this.#bound = { buffers: bound, group };
    return group;
  }

  #writeView(source: OnGpu): void {
    const { look, camera } = this, { width, height } = this.#canvas;
    const { middle, half } = camera.shown, plane = source.dim === 2;
    const view = new DataView(new ArrayBuffer(VIEW_BYTES));
    let at = 0;
    const floats = (...values: number[]) => {
      for (const value of values) view.setFloat32((at += 4) - 4, value, true);
    };
    const words = (...values: number[]) => {
      for (const value of values) view.setUint32((at += 4) - 4, value, true);
    };
    floats(...camera.matrix(width, height, source.dim));
    floats(width, height, middle[0], middle[1]);
    floats(plane ? camera.unit(Math.min(width, height)) : middle[2], look.pixel);
    floats(dotRadius(source.rows), plane ? gridStep(half) : half);
    words(source.rows, source.stride, source.dim, source.classes, source.place);
    const region = plane || look.directions ? look.region : 0;
    words(region, look.hidden, SLOTS, this.#trailHead, this.#trailLength);
    words(look.dark ? 1 : 0, source.bias ? 1 : 0, look.directions ? 1 : 0, source.columns);
    this.#device.queue.writeBuffer(this.#view, 0, view.buffer);
  }
}

/** Makes them: the pipelines are compiled once, the names of classes are drawn for each training. */
export function gpuPainters(device: GPUDevice): MakePainters {
  let scene: Promise<Scene> | undefined, names: GPUTexture | undefined;
  return async (canvases, runs, classNames) => {
    const made = await (scene ??= Scene.make(device, navigator.gpu.getPreferredCanvasFormat()));
    names?.destroy();
    const own = names = namesTexture(device, classNames);
    const palette = Float32Array.from(
      classNames.flatMap((_, k) => [...classColor(k).map((c) => c / 255), 1]),
    );
    return runs.map(({ source }, i) =>
      new Painter(device, { scene: made, canvas: canvases[i], names: own, palette }, source)
    );
  };
}
