/** Tensors as WebGPU's own buffers. */
import { gpu } from "../gpu/device.ts";
import type { Tensor } from "./tensor.ts";

/** A part of a `GPUBuffer`. */
export interface BufferPart {
  /** Of usage `STORAGE`, `COPY_SRC` and `COPY_DST`. */
  buffer: GPUBuffer;
  /** In bytes, a multiple of 256. */
  offset: number;
  /** In bytes. */
  size: number;
}

/**
 * Where a tensor's elements are, for commands of one's own on `gpu().device`: a canvas can draw them without a readback.
 * Commands gather before they are submitted, so call `gpu().flush()` before each submit of one's own; reading is safe then.
 * The buffer is the tensor's as long as it is not disposed.
 *
 * @throws {TypeError} When the tensor was freed, or its GPU was closed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { bufferOf, openGpu, tensor } from "../../mod.ts";
 *
 * using gpu = await openGpu();
 * const { buffer, offset, size } = bufferOf(tensor([1, 2, 3]));
 * const mine = gpu.device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
 * const encoder = gpu.device.createCommandEncoder();
 * encoder.copyBufferToBuffer(buffer, offset, mine, 0, size);
 * gpu.flush();
 * gpu.device.queue.submit([encoder.finish()]);
 * await mine.mapAsync(GPUMapMode.READ);
 * assertEquals([...new Float32Array(mine.getMappedRange())], [1, 2, 3]);
 * mine.destroy();
 * ```
 */
export function bufferOf(tensor: Tensor): BufferPart {
  const { view } = tensor;
  return { buffer: gpu().bufferOf(view), offset: view.offset, size: view.bytes };
}
