/** What went wrong on the device. WebGPU tells it late, so it is kept until something is read. */
import { DeviceLost, RunError } from "../base/errors.ts";

/** Within this time WebGPU tells that a device was lost; what hangs on it fails before. */
const LOST_MS = 100;

/** An error of WebGPU in our words. Node and Bun have no global by which a full memory could be known. */
function reported(error: GPUError): RunError {
  return new RunError(
    error.constructor.name === "GPUOutOfMemoryError"
      ? `Cannot allocate more on the GPU, whose memory other programs may hold, too (${error.message}): use a smaller batch`
      : `WebGPU: ${error.message}`,
  );
}

/**
 * The failures of a device, of which one is thrown: the loss of the device before all others, which may follow from it; then
 * the first whose cause is known, such as a kernel that did not compile; then the first that WebGPU reported on its own.
 */
export class Failures {
  #first: Error | undefined;
  #uncaptured: Error | undefined;
  #loss: DeviceLost | undefined;
  #closed = false;
  #gone = false;
  readonly #lost: Promise<unknown>;

  constructor(device: GPUDevice) {
    device.addEventListener("uncapturederror", (event) => {
      event.preventDefault();
      this.#uncaptured ??= reported((event as GPUUncapturedErrorEvent).error);
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

  /** The device is closed on purpose: from now on its loss is no failure. */
  close(): void {
    this.#closed = true;
  }

  /** Keeps a failure, if it is the first. */
  report(error: Error): void {
    this.#first ??= error;
  }

  /** The device cannot be used any more. */
  lose(reason: string): DeviceLost {
    return this.#loss ??= new DeviceLost(reason);
  }

  /** True where WebGPU reported an error whose cause may still come to light. */
  get unexplained(): boolean {
    return this.#uncaptured !== undefined && this.#first === undefined;
  }

  /** Throws the failure that counts, if there is one. */
  throwIfAny(): void {
    const failure = this.#failure;
    if (failure) throw failure;
  }

  /** Forgets all failures, and returns the one that would be thrown. A device that WebGPU calls lost stays so. */
  take(): Error | undefined {
    const failure = this.#failure;
    this.#first = this.#uncaptured = undefined;
    if (!this.#gone) this.#loss = undefined;
    return failure;
  }

  /** Waits as long as WebGPU may take to say that the device was lost. */
  async waitForLoss(): Promise<void> {
    if (this.#loss || this.#closed) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise((done) => timer = setTimeout(done, LOST_MS));
    await Promise.race([this.#lost, patience]);
    clearTimeout(timer);
  }

  /** The loss of the device that is behind an error, if one is. */
  async behind(error: unknown): Promise<DeviceLost | undefined> {
    if (error instanceof DeviceLost) return error;
    await this.waitForLoss();
    return this.#loss;
  }

  get #failure(): Error | undefined {
    return this.#loss ?? this.#first ?? this.#uncaptured;
  }
}
