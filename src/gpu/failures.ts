/** What went wrong on the device. WebGPU tells it late, so it is kept until something is read. */
import { DeviceLost, RunError } from "../errors.ts";

/** Within this time WebGPU tells that a device was lost; what hangs on it fails before. */
const LOST_MS = 100;

/**
 * The failures of a device: the first one counts, but for what is behind others: a loss, and what a compiler has to say,
 * which browsers tell after the pipeline that cannot be used.
 */
export class Failures {
  #first: Error | undefined;
  #compiler: Error | undefined;
  #loss: DeviceLost | undefined;
  #closed = false;
  #gone = false;
  readonly #lost: Promise<unknown>;

  constructor(device: GPUDevice) {
    device.addEventListener("uncapturederror", (event) => {
      event.preventDefault();
      this.report(new RunError(`WebGPU: ${(event as GPUUncapturedErrorEvent).error.message}`));
    });
    this.#lost = device.lost.then(({ message, reason }) => {
      if (this.#closed) return;
      this.lose(message || reason);
      this.#gone = true;
    });
  }

  /** Why the device went away, if it did. */
  get loss(): DeviceLost | undefined {
    return this.#loss;
  }

  /** True after `close()`. */
  get closed(): boolean {
    return this.#closed;
  }

  /** What happens from now on is wanted. */
  close(): void {
    this.#closed = true;
  }

  /** Takes note of a failure. */
  report(error: Error): void {
    this.#first ??= error;
  }

  /** Takes note of what a compiler said, which is behind other failures. */
  explain(error: Error): void {
    this.#compiler ??= error;
  }

  /** The device cannot be used any more. */
  lose(reason: string): DeviceLost {
    return this.#loss ??= new DeviceLost(reason);
  }

  /** Throws what there is. */
  throwIfAny(): void {
    const failure = this.#loss ?? this.#compiler ?? this.#first;
    if (failure) throw failure;
  }

  /** Takes it out; a device that WebGPU calls lost stays so. */
  take(): Error | undefined {
    const failure = this.#loss ?? this.#compiler ?? this.#first;
    this.#first = this.#compiler = undefined;
    if (!this.#gone) this.#loss = undefined;
    return failure;
  }

  /** Waits as long as WebGPU may take to tell what is behind something that went wrong. */
  async told(): Promise<void> {
    if (this.#loss || this.#closed) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise((done) => timer = setTimeout(done, LOST_MS));
    await Promise.race([this.#lost, patience]);
    clearTimeout(timer);
  }
}
