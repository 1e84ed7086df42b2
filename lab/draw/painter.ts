/** Draws one map: what its run left on the GPU, or a snapshot of that. */
import { Camera, gridStep } from "./camera.ts";
import { type Scene, type SceneBuffers, VIEW_BYTES } from "./scene.ts";
import type { Screen } from "./screen.ts";

/** Where a frame's samples and centers are. */
export interface Source {
  table: GPUBufferBinding;
  centers: GPUBufferBinding;
  weights: GPUBufferBinding;
  /** Absent where the last layer has none. */
  bias?: GPUBufferBinding;
  /** Rows of the table that were written; the one that is written next; numbers in a row. */
  rows: number;
  place: number;
  stride: number;
  dim: number;
  classes: number;
  /** Columns of the last layer, as many a class; 0 where nothing trains them. */
  columns: number;
}

/** How a visitor wants it. */
export interface Look {
  /** 0 none, 1 by the largest logit, 2 by the nearest center, 3 by the smallest angle. */
  region: number;
  /** A bit for each class that is switched off. */
  hidden: number;
  /** Whether everything stands at its direction, at length 1. */
  directions: boolean;
  dark: boolean;
  /** Device pixels a pixel of the page. */
  pixel: number;
}

/** Something a visitor points at, or drew. */
export interface Mark {
  place: readonly number[];
  /** A filled disc in the color of this class; a ring without one. */
  label?: number;
  /** 0 to 1. */
  strength?: number;
}

const SLOTS = 160, MOST_MARKS = 16, MARK_FLOATS = 8;

/** Draws one map. */
export class Painter {
  readonly camera = new Camera();
  look: Look = { region: 0, hidden: 0, directions: false, dark: false, pixel: 1 };
  source: Source;
  readonly #device: GPUDevice;
  readonly #scene: Scene;
  readonly #screen: Screen;
  readonly #names: GPUTexture;
  readonly #colors: GPUBuffer;
  readonly #palette: Float32Array<ArrayBuffer>;
  readonly #view: GPUBuffer;
  readonly #marks: GPUBuffer;
  readonly #trail: GPUBuffer;
  #markCount = 0;
  #trailHead = 0;
  #trailLength = 0;
  #bound: { buffers: readonly GPUBuffer[]; group: GPUBindGroup } | undefined;

  constructor(
    device: GPUDevice,
    { scene, screen, names, palette }: {
      scene: Scene;
      screen: Screen;
      names: GPUTexture;
      /** `[classes, 4]`, 0 to 1. */
      palette: Float32Array<ArrayBuffer>;
    },
    source: Source,
  ) {
    this.#device = device;
    this.#scene = scene;
    this.#screen = screen;
    this.#names = names;
    this.#palette = palette;
    this.source = source;
    const { STORAGE, COPY_DST, UNIFORM } = GPUBufferUsage;
    const make = (size: number, usage: number) => device.createBuffer({ size, usage });
    this.#view = make(VIEW_BYTES, UNIFORM | COPY_DST);
    this.#colors = make(palette.byteLength, STORAGE | COPY_DST);
    this.#marks = make(4 * MARK_FLOATS * MOST_MARKS, STORAGE | COPY_DST);
    this.#trail = make(4 * SLOTS * source.classes * source.dim, STORAGE | COPY_DST);
    device.queue.writeBuffer(this.#colors, 0, palette);
  }

  /** The canvas's size, in device pixels. */
  get size(): { width: number; height: number } {
    return this.#screen;
  }

  /** Another size. */
  resize(width: number, height: number): void {
    this.#screen.resize(width, height);
  }

  /** Takes the centers as they are now into their paths. */
  remember({ centers: { buffer, offset = 0 }, classes, dim }: Source): void {
    const bytes = 4 * classes * dim, encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, offset, this.#trail, this.#trailHead * bytes, bytes);
    this.#device.queue.submit([encoder.finish()]);
    this.#trailHead = (this.#trailHead + 1) % SLOTS;
    this.#trailLength = Math.min(SLOTS, this.#trailLength + 1);
  }

  /** Puts marks over everything. */
  mark(marks: readonly Mark[]): void {
    const shown = marks.slice(0, MOST_MARKS);
    this.#markCount = shown.length;
    const values = new Float32Array(MARK_FLOATS * Math.max(1, shown.length));
    shown.forEach(({ place: [x, y, z = 0], label, strength = 1 }, i) => {
      const color = label === undefined
        ? [0, 0, 0]
        : this.#palette.subarray(4 * label, 4 * label + 3);
      values.set([x, y, z, label === undefined ? 0 : 1, ...color, strength], MARK_FLOATS * i);
    });
    this.#device.queue.writeBuffer(this.#marks, 0, values);
  }

  /** Draws a frame; `paths` are left out of snapshots. */
  draw(paths: boolean): Promise<void> | undefined {
    const { source, look: { directions } } = this, { classes, columns } = source;
    this.#writeView();
    this.#scene.draw(this.#screen.texture(), this.#group(source), {
      ...{ dim: source.dim, directions, columns: directions ? columns : 0 },
      samples: source.rows,
      trail: paths ? Math.max(0, this.#trailLength - 1) * classes : 0,
      centers: source.rows > 0 ? classes : 0,
      marks: this.#markCount,
    });
    return this.#screen.present();
  }

  /** Frees its buffers. */
  dispose(): void {
    for (const buffer of [this.#view, this.#colors, this.#marks, this.#trail]) buffer.destroy();
  }

  /** What is bound, made anew only where it is other memory. */
  #group({ table, centers, weights, bias = weights }: Source): GPUBindGroup {
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

  #writeView(): void {
    const { source, look, camera } = this, { width, height } = this.#screen;
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

/** Radius of a sample, in pixels of the page: smaller where there are more. */
function dotRadius(rows: number): number {
  return Math.max(1, Math.min(2.9, 2.9 * (1000 / Math.max(1, rows)) ** 0.22));
}
