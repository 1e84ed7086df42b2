/**
 * What kernels find wrong with numbers that only they see. The first fault stands in a small buffer of the device until the
 * next readback, which takes it along with what it reads, and throws it.
 */
import type { MemoryPool } from "./pool.ts";
import { Storage } from "./storage.ts";
import { BUFFER_USAGE } from "./usage.ts";

/** Says what is wrong with the number at an index, where numbers from 0 to below `rows` are right. */
export type Describe = (number: number, index: number, rows: number) => string;

/** All kinds of faults; a kernel is given the place in the list, from 1. */
const kinds: Describe[] = [];

/** Makes a kind of fault known, and gives the number by which kernels name it. */
export function faultKind(describe: Describe): number {
  return kinds.push(describe);
}

/** The fault of a device, as `kernels/check_rows.wgsl` writes it: kind, index, number, rows. */
export class Faults {
  /** In bytes. */
  static readonly bytes = 16;
  readonly #pool: MemoryPool;
  #storage: Storage | undefined;

  constructor(pool: MemoryPool) {
    this.#pool = pool;
  }

  /** Where kernels write it; there is none before the first kernel that could. */
  get storage(): Storage | undefined {
    return this.#storage;
  }

  /** The same, made on first use, full of 0 as WebGPU makes buffers. It is never given back. */
  get allocated(): Storage {
    const { device } = this.#pool, { bytes } = Faults;
    return this.#storage ??= new Storage(
      bytes,
      this.#pool,
      device.createBuffer({
        size: bytes,
        usage: BUFFER_USAGE.STORAGE | BUFFER_USAGE.COPY_SRC | BUFFER_USAGE.COPY_DST,
      }),
    );
  }

  /** Clears the fault, after it was copied to be read, for what comes after. */
  clear(encoder: GPUCommandEncoder): void {
    if (this.#storage) encoder.clearBuffer(this.#storage.buffer, 0, Faults.bytes);
  }
}

/**
 * Throws the fault that was read, if there is one.
 *
 * @throws {RangeError} In the words of its kind.
 */
export function throwFault(read: ArrayBuffer): void {
  const [kind, index, number, rows] = new Int32Array(read);
  if (kind === 0) return;
  throw new RangeError(kinds[kind - 1](number, index >>> 0, rows >>> 0));
}
