/**
 * Commands on their way to the queue: dispatches gather in one open compute pass, copies go between passes, and as much
 * goes into one submit as its budget allows, because passes and submits cost more than commands.
 */
import { encodeCopy } from "./copies.ts";
import type { Command, EncodedDispatch } from "./record/recording.ts";
import type { SubmitBudget } from "./submit_budget.ts";

/** Encodes and submits. */
export class Encoder {
  /** Dispatches encoded, and command buffers submitted so far. */
  readonly counts = { dispatches: 0, submits: 0 };
  /** When a submit is full; tests set their own. */
  budget: SubmitBudget;
  /** Asked for the description of every compute pass that is opened: where benchmarks put their timestamps. */
  onPass: (() => GPUComputePassDescriptor | undefined) | undefined;
  readonly #device: GPUDevice;
  readonly #last: () => EncodedDispatch;
  #encoder: GPUCommandEncoder | undefined;
  #pass: GPUComputePassEncoder | undefined;

  /**
   * @param last What ends every submit; it counts as no dispatch.
   */
  constructor(device: GPUDevice, last: () => EncodedDispatch, budget: SubmitBudget) {
    this.#device = device;
    this.#last = last;
    this.budget = budget;
  }

  /** Encodes a command, after a submit where that one is full. */
  encode(command: Command): void {
    const { cost } = command;
    if (this.budget.overflows(cost)) this.flush();
    this.budget.add(cost);
    if ("pipeline" in command) {
      this.#dispatch(command);
      this.counts.dispatches++;
    } else encodeCopy(this.betweenPasses(), command);
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
    this.#dispatch(this.#last());
    this.#pass?.end();
    this.#device.queue.submit([this.#encoder.finish()]);
    this.counts.submits++;
    this.#encoder = this.#pass = undefined;
    this.budget.submitted(performance.now());
  }

  #open(): GPUCommandEncoder {
    return this.#encoder ??= this.#device.createCommandEncoder();
  }

  #dispatch({ pipeline, bindGroup, groups }: EncodedDispatch): void {
    const pass = this.#pass ??= this.#open().beginComputePass(this.onPass?.());
    pass.setPipeline(pipeline.compiled);
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(groups[0], groups[1], groups[2]);
  }
}
