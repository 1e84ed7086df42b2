/**
 * How many submits the GPU has done, counted by the GPU: the last command of each adds one.
 *
 * A driver may drop a command buffer and report success (Metal, gfx-rs/wgpu#9545), and a run would go on with what stood
 * in memory before. So each read takes the counter along, and compares it with the number of submits that were made: the
 * first number that arrives after a loss is refused. What is lost together with the copies of a read leaves the counter 0
 * there, which it never is.
 */
import { advance } from "./advance.ts";
import type { Pipelines } from "./pipelines.ts";
import type { EncodedDispatch } from "./record/recording.ts";
import { BUFFER_USAGE } from "./usage.ts";

/** What stands in the counter at the beginning. */
const FIRST = 1;

/** The counter of a device. */
export class SubmitCount {
  readonly #device: GPUDevice;
  readonly #pipelines: Pipelines;
  #buffer: GPUBuffer | undefined;
  #step: EncodedDispatch | undefined;
  /** What the counter was before the first submit. */
  #before: number | undefined = FIRST;

  constructor(device: GPUDevice, pipelines: Pipelines) {
    this.#device = device;
    this.#pipelines = pipelines;
  }

  /** Where it stands. */
  get buffer(): GPUBuffer {
    if (!this.#buffer) {
      const { STORAGE, COPY_SRC, COPY_DST } = BUFFER_USAGE;
      const usage = STORAGE | COPY_SRC | COPY_DST;
      this.#buffer = this.#device.createBuffer({ label: "submit count", size: 4, usage });
      this.#device.queue.writeBuffer(this.#buffer, 0, new Uint32Array([FIRST]));
    }
    return this.#buffer;
  }

  /** The command that adds one: the end of each submit. */
  get step(): EncodedDispatch {
    return this.#step ??= this.#made();
  }

  /** How many of so many submits the counter lacks. */
  missing(counted: number, submits: number): number {
    const before = (counted - submits) >>> 0;
    this.#before ??= before;
    return (this.#before - before) >>> 0;
  }

  /** Goes by what the next read finds: submits that WebGPU refused, and said so, are not missing any more. */
  restart(): void {
    this.#before = undefined;
  }

  #made(): EncodedDispatch {
    const words = advance.packParams({ by: [1, 0, 0, 0], size: 1, limit: 0, kind: 0 });
    const params = this.#device.createBuffer({
      size: words.byteLength,
      usage: BUFFER_USAGE.UNIFORM | BUFFER_USAGE.COPY_DST,
    });
    this.#device.queue.writeBuffer(params, 0, words as Uint32Array<ArrayBuffer>);
    const pipeline = this.#pipelines.get(advance, { LIMITED: false }, "none");
    // The kernel binds it, and does not use it without a limit.
    const fault = this.#device.createBuffer({ size: 16, usage: BUFFER_USAGE.STORAGE });
    const bindGroup = this.#device.createBindGroup({
      label: "submit count",
      layout: pipeline.layout,
      entries: [params, this.buffer, fault].map((buffer, binding) => ({
        binding,
        resource: { buffer },
      })),
    });
    const cost = { flops: 0, bytes: 4 };
    return { kernel: advance.name, pipeline, bindGroup, groups: [1, 1, 1], cost };
  }
}
