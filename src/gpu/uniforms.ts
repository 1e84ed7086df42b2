/** Parameter blocks (the kernels' `Params`) as small uniform buffers, shared by all dispatches with equal content. */
import { BUFFER_USAGE } from "./usage.ts";

/** Blocks beyond which the older half goes. */
const CAPACITY = 4096;

/** Keeps up to {@linkcode CAPACITY} blocks; those that a recording uses stay as long as the recording holds them. */
export class Uniforms {
  readonly #device: GPUDevice;
  readonly #byContent = new Map<string, GPUBuffer>();
  readonly #isPinned: (buffer: GPUBuffer) => boolean;
  readonly #beforeDestroy: () => void;

  constructor(
    device: GPUDevice,
    isPinned: (buffer: GPUBuffer) => boolean,
    beforeDestroy: () => void,
  ) {
    this.#device = device;
    this.#isPinned = isPinned;
    this.#beforeDestroy = beforeDestroy;
  }

  /** A uniform buffer with these words in it. */
  get(words: Uint32Array): GPUBuffer {
    const key = words.join(" ");
    const found = this.#byContent.get(key);
    if (found) return found;
    if (this.#byContent.size >= CAPACITY) this.#evict();
    const buffer = this.#device.createBuffer({
      size: words.byteLength,
      usage: BUFFER_USAGE.UNIFORM | BUFFER_USAGE.COPY_DST,
    });
    this.#device.queue.writeBuffer(buffer, 0, words as Uint32Array<ArrayBuffer>);
    this.#byContent.set(key, buffer);
    return buffer;
  }

  /** Destroys the older half of the blocks. */
  #evict(): void {
    this.#beforeDestroy();
    let left = CAPACITY / 2;
    for (const [key, buffer] of this.#byContent) {
      if (left-- <= 0) break;
      if (this.#isPinned(buffer)) continue;
      this.#byContent.delete(key);
      buffer.destroy();
    }
  }
}
