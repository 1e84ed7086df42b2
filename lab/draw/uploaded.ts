/** What was kept of a run, on a GPU again. */
import type { Source } from "./map_painter.ts";

/** A source in memory of its own. */
export class Uploaded {
  readonly source: Source<GPUBufferBinding>;
  readonly #buffers: GPUBuffer[] = [];

  constructor(device: GPUDevice, kept: Source) {
    const upload = (data: Float32Array) => {
      const buffer = device.createBuffer({
        size: Math.max(16, data.byteLength),
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
      });
      device.queue.writeBuffer(buffer, 0, data as Float32Array<ArrayBuffer>);
      this.#buffers.push(buffer);
      return { buffer };
    };
    const { table, centers, weights, bias } = kept;
    this.source = {
      ...kept,
      table: upload(table),
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
