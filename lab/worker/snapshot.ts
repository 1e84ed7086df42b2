/** What is kept of an epoch: samples, centers and the classifier as they were at its end. */
import type { Source } from "../draw/painter.ts";

/** Samples on the CPU. */
export interface Rows {
  /** `[count, stride]`: features, label, class of the largest logit, number of the sample. */
  values: Float32Array;
  count: number;
  stride: number;
  /** Numbers of a feature. */
  dim: number;
}

/** An epoch's end. */
export interface Snapshot {
  epoch: number;
  steps: number;
  rows: Rows;
  centers: Float32Array;
  weights: Float32Array;
  bias?: Float32Array;
  classes: number;
  /** Columns of the last layer that are trained. */
  columns: number;
}

/** Samples of a snapshot at the most, and snapshots: then every second one goes. */
export const MOST_ROWS = 4000;
const MOST_SNAPSHOTS = 120;

/** Adds a snapshot to those of a map. */
export function keepSnapshot(kept: Snapshot[], snapshot: Snapshot): void {
  kept.push(snapshot);
  if (kept.length <= MOST_SNAPSHOTS) return;
  kept.splice(0, kept.length, ...kept.filter((_, i) => i % 2 === kept.length % 2));
}

/** A snapshot on the GPU, to be drawn. */
export class ShownSnapshot {
  readonly source: Source;
  readonly #buffers: GPUBuffer[] = [];

  constructor(device: GPUDevice, snapshot: Snapshot) {
    const { rows: { values, count, stride, dim }, centers, weights, bias } = snapshot;
    const { classes, columns } = snapshot;
    const upload = (data: Float32Array) => {
      const buffer = device.createBuffer({
        size: Math.max(16, data.byteLength),
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
      });
      device.queue.writeBuffer(buffer, 0, data as Float32Array<ArrayBuffer>);
      this.#buffers.push(buffer);
      return { buffer };
    };
    this.source = {
      ...{ rows: count, place: count, stride, dim, classes, columns },
      table: upload(values),
      centers: upload(centers),
      weights: upload(weights),
      bias: bias && upload(bias),
    };
  }

  /** Frees its memory. */
  dispose(): void {
    for (const buffer of this.#buffers) buffer.destroy();
  }
}
