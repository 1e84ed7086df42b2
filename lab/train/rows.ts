/** Gathers a training's samples on the GPU into rows that can be drawn and measured. */
import source from "./rows.wgsl" with { type: "text" };
import { gpu } from "../../src/gpu/device.ts";
import { bufferOf } from "../../src/tensor/buffer_of.ts";
import { unscoped } from "../../src/tensor/scope.ts";
import { empty, type Tensor } from "../../src/tensor/tensor.ts";
import type { TrainingBuffers } from "../../src/train/training_buffers.ts";

/** Columns of a row behind its features: label, class of the largest logit, number of the sample. */
const MORE_COLUMNS = 3;

/** Rows of the samples that were seen last. */
export class SampleRows {
  /** `[rows, dim + 3]`. */
  readonly table: Tensor;
  readonly #pipeline: GPUComputePipeline;
  readonly #group: GPUBindGroup;
  readonly #sizes: GPUBuffer;

  /** @param dim Numbers of a feature. */
  constructor(buffers: TrainingBuffers, dim: number) {
    const { device } = gpu(), { samples, cursor, order, previousOrder, labels } = buffers;
    this.table = unscoped(() => empty([samples.rows, dim + MORE_COLUMNS]));
    this.#pipeline = device.createComputePipeline({
      label: "rows",
      layout: "auto",
      compute: { module: device.createShaderModule({ label: "rows", code: source }) },
    });
    this.#sizes = device.createBuffer({
      size: 16,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(this.#sizes, 0, Uint32Array.of(samples.rows, samples.stride, dim));
    const bound = [samples, cursor, order, previousOrder, labels, bufferOf(this.table)];
    this.#group = device.createBindGroup({
      layout: this.#pipeline.getBindGroupLayout(0),
      entries: [{ buffer: this.#sizes }, ...bound].map((part, binding) => {
        const { buffer, offset = 0, size } = part as GPUBufferBinding;
        return { binding, resource: { buffer, offset, size } };
      }),
    });
  }

  /** Gathers them as they are after the steps so far. */
  gather(): void {
    const { device } = gpu();
    gpu().flush();
    const encoder = device.createCommandEncoder(), pass = encoder.beginComputePass();
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, this.#group);
    pass.dispatchWorkgroups(Math.ceil(this.table.shape[0] / 64));
    pass.end();
    device.queue.submit([encoder.finish()]);
  }

  /** Frees its memory. */
  dispose(): void {
    this.table.dispose();
    this.#sizes.destroy();
  }
}
