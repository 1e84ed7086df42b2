/**
 * Storage buffers, reused. Deno frees a dropped `GPUBuffer` late, so buffers that leave use come back here, and what
 * the pool does not keep is destroyed at once.
 */

/** A place in GPU memory that one or more tensors look at. */
export class Storage {
  readonly buffer: GPUBuffer;
  #holders = 1;
  #home: BufferSource | undefined;

  constructor(buffer: GPUBuffer, home: BufferSource) {
    this.buffer = buffer;
    this.#home = home;
  }

  /** One more tensor looks at this storage. */
  retain(): this {
    this.#holders++;
    return this;
  }

  /** One tensor less; the last one gives the buffer back. */
  release(): void {
    if (--this.#holders > 0) return;
    this.#home?.giveBack(this.buffer);
    this.#home = undefined;
  }
}

/** Where a storage's buffer comes from and returns to: the pool, or a recording that owns its buffers. */
export interface BufferSource {
  take(bytes: number): GPUBuffer;
  giveBack(buffer: GPUBuffer): void;
}

/** Rounds a size up so that buffers of nearly the same size can stand in for each other (at most a quarter is spare). */
export function sizeClass(bytes: number): number {
  const least = Math.max(256, bytes);
  const step = Math.max(256, 2 ** (Math.floor(Math.log2(least)) - 2));
  return Math.ceil(least / step) * step;
}

/** Free buffers by size. */
export class FreeList {
  readonly #bySize = new Map<number, GPUBuffer[]>();
  bytes = 0;

  push(buffer: GPUBuffer): void {
    const list = this.#bySize.get(buffer.size);
    if (list) list.push(buffer);
    else this.#bySize.set(buffer.size, [buffer]);
    this.bytes += buffer.size;
  }

  pop(size: number): GPUBuffer | undefined {
    const buffer = this.#bySize.get(size)?.pop();
    if (buffer) this.bytes -= size;
    return buffer;
  }

  /** Takes everything out. */
  *drain(): Generator<GPUBuffer> {
    for (const list of this.#bySize.values()) yield* list.splice(0);
    this.#bySize.clear();
    this.bytes = 0;
  }
}

/** The device's buffers: hands out free ones first and keeps at most `keepBytes` of free memory. */
export class BufferPool implements BufferSource {
  readonly #device: GPUDevice;
  readonly #free = new FreeList();
  readonly #keepBytes: number;
  /** Called before a buffer is destroyed, because commands that are still to be submitted may name it. */
  readonly #beforeDestroy: () => void;
  /** Bytes of all living buffers of the pool, in use or free. */
  liveBytes = 0;

  constructor(device: GPUDevice, beforeDestroy: () => void, keepBytes = 512 << 20) {
    this.#device = device;
    this.#beforeDestroy = beforeDestroy;
    this.#keepBytes = keepBytes;
  }

  /**
   * A buffer of at least `bytes` bytes, with whatever content it had before.
   *
   * @throws {RangeError} When the adapter cannot bind that much at once.
   */
  take(bytes: number): GPUBuffer {
    const size = sizeClass(bytes);
    const limit = this.#device.limits.maxStorageBufferBindingSize;
    if (bytes > limit) {
      throw new RangeError(
        `Cannot allocate a tensor of ${bytes} bytes: this adapter binds at most ${limit}; use a smaller batch`,
      );
    }
    const free = this.#free.pop(size);
    if (free) return free;
    this.liveBytes += size;
    return this.#device.createBuffer({
      size,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
  }

  giveBack(buffer: GPUBuffer): void {
    if (this.#free.bytes + buffer.size <= this.#keepBytes) return this.#free.push(buffer);
    this.#beforeDestroy();
    this.liveBytes -= buffer.size;
    buffer.destroy();
  }

  /** Destroys every free buffer. */
  trim(): void {
    this.#beforeDestroy();
    for (const buffer of this.#free.drain()) {
      this.liveBytes -= buffer.size;
      buffer.destroy();
    }
  }
}
