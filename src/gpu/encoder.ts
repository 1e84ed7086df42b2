/**
 * Commands on their way to the queue: dispatches gather in one open compute pass, copies go between passes, and much
 * goes into one submit, because passes and submits cost more than commands.
 */
import { encodeCopy } from "./copies.ts";
import type { Command, EncodedDispatch } from "./recording.ts";

/** Eight steps of the networks here. With more, resident memory grows for longer before it stands still. */
const MAX_COMMANDS_PER_SUBMIT = 2048;

/** Encodes and submits. */
export class Encoder {
  /** Dispatches encoded, and command buffers submitted so far. */
  readonly counts = { dispatches: 0, submits: 0 };
  /** Asked for the description of every compute pass that is opened: where benchmarks put their timestamps. */
  onPass: (() => GPUComputePassDescriptor | undefined) | undefined;
  readonly #device: GPUDevice;
  #encoder: GPUCommandEncoder | undefined;
  #pass: GPUComputePassEncoder | undefined;
  #gathered = 0;

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** Encodes a command, and submits when much has gathered. */
  encode(command: Command): void {
    if ("pipeline" in command) this.#dispatch(command);
    else encodeCopy(this.betweenPasses(), command);
    if (++this.#gathered >= MAX_COMMANDS_PER_SUBMIT) this.flush();
  }

  /** WebGPU's encoder, with no pass open: copies are no part of one. */
  betweenPasses(): GPUCommandEncoder {
    this.#pass?.end();
    this.#pass = undefined;
    return this.#open();
  }

  /** Submits what has gathered. */
  flush(): void {
    if (!this.#encoder) return;
    this.#pass?.end();
    this.#device.queue.submit([this.#encoder.finish()]);
    this.counts.submits++;
    this.#encoder = this.#pass = undefined;
    this.#gathered = 0;
  }

  #open(): GPUCommandEncoder {
    return this.#encoder ??= this.#device.createCommandEncoder();
  }

  #dispatch({ pipeline, bindGroup, groups }: EncodedDispatch): void {
    const pass = this.#pass ??= this.#open().beginComputePass(this.onPass?.());
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(groups[0], groups[1], groups[2]);
    this.counts.dispatches++;
  }
}
