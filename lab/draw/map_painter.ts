/// <reference lib="dom" />
/** What draws a map, and what it draws: on a GPU (`painter.ts`), or on a processor by Canvas 2D (`plain/painter.ts`). */
import type { Camera } from "./camera.ts";

/** By which scores a place is classified, as the shader knows it. */
export const NO_REGION = 0, BY_LOGIT = 1, BY_CENTER = 2, BY_ANGLE = 3;

/** Places of the centers that their paths go back to, and marks, at the most. */
export const SLOTS = 160, MOST_MARKS = 16;

/** A run's samples, centers and last layer, on the CPU, or as memory of a GPU. */
export interface Source<Memory = Float32Array> {
  /** `[rows, stride]`: features, label, class of the largest logit, number of the sample. */
  table: Memory;
  /** `[classes, dim]`. */
  centers: Memory;
  /** `[dim, columns]` of the last layer. */
  weights: Memory;
  /** `[classes]`; absent where the last layer has none. */
  bias?: Memory;
  /** Rows of the table that were written; the one that is written next; numbers in a row. */
  rows: number;
  place: number;
  stride: number;
  /** Numbers of a feature. */
  dim: number;
  classes: number;
  /** Columns of the last layer, as many a class; 0 where nothing trains them. */
  columns: number;
}

/** A run that goes on. */
export interface Run {
  /** The memory that its training writes. */
  readonly source: Source<GPUBufferBinding>;
  /** Encodes what gathers its samples into the table, as they are now. */
  gather(): void;
  /** All of it as it is now. */
  copied(): Promise<Source>;
}

/** How a visitor wants it. */
export interface Look {
  /** One of the four above. */
  region: number;
  /** A bit for each class that is switched off. */
  hidden: number;
  /** Whether everything stands at its direction, at length 1. */
  directions: boolean;
  dark: boolean;
  /** Device pixels a pixel of the page. */
  pixel: number;
}

/** How a map looks before anything is asked. */
export const FIRST_LOOK: Look = {
  ...{ region: NO_REGION, hidden: 0, directions: false, dark: false, pixel: 1 },
};

/** Something a visitor points at, or drew. */
export interface Mark {
  place: readonly number[];
  /** A filled disc in the color of this class; a ring without one. */
  label?: number;
}

/** Draws one map. */
export interface MapPainter {
  readonly camera: Camera;
  /** Numbers of a feature. */
  readonly dim: number;
  look: Look;
  /** Takes a run as it is now, and its centers into their paths. */
  take(run: Run): Promise<void> | void;
  /** Shows what was kept of a run, without paths; nothing shows the run again. */
  show(kept?: Source): void;
  /** Puts marks over everything. */
  mark(marks: readonly Mark[]): void;
  /** Draws a frame. */
  draw(): void;
  /** Frees its memory. */
  dispose(): void;
}

/** Makes painters for the canvases of a page, one for each run. */
export type MakePainters = (
  canvases: readonly OffscreenCanvas[],
  runs: readonly Run[],
  classNames: readonly string[],
) => Promise<MapPainter[]>;

/** Radius of a sample, in pixels of the page: smaller where there are more. */
export function dotRadius(rows: number): number {
  return Math.max(1, Math.min(2.9, 2.9 * (1000 / Math.max(1, rows)) ** 0.22));
}
