/** Bytes from the GPU: copied into a buffer that can be mapped, all with one wait. */
import type { BufferView } from "./dispatch.ts";
import type { Encoder } from "./encoder.ts";
import type { Failures } from "./failures.ts";
import { Faults, throwFault } from "./faults.ts";
import type { Pipelines } from "./pipelines.ts";
import type { Residence } from "./residence.ts";
import type { SubmitCount } from "./submit_count.ts";
import { BUFFER_USAGE, MAP_MODE_READ } from "./usage.ts";

/** What a readback takes from the device. */
interface Parts {
  device: GPUDevice;
  encoder: Encoder;
  pipelines: Pipelines;
  residence: Residence;
  failures: Failures;
  faults: Faults;
  count: SubmitCount;
}

/** Bytes of a buffer. */
interface Source {
  buffer: GPUBuffer;
  offset: number;
  bytes: number;
}

/** Where bytes of a source are among the staging buffers. */
interface Part {
  buffer: number;
  offset: number;
  size: number;
  bytes: number;
}

/** A readback under way. */
class Readback {
  /** One buffer, or several where one may not be as large as all that is read. */
  readonly #staging: GPUBuffer[];
  readonly #parts: Part[] = [];
  readonly #encoder: Encoder;
  readonly #count: SubmitCount;
  /** Submits before its own. */
  readonly #submits: number;
  readonly #mark: number;
  /** Whether what kernels find wrong is read, too, behind all else. */
  readonly #faulty: boolean;

  /** Encodes the copies and submits them, with all that was encoded before. */
  constructor({ device, encoder, count, faults }: Parts, sources: readonly Source[]) {
    this.#encoder = encoder;
    this.#count = count;
    const fault = faults.storage;
    this.#faulty = fault !== undefined;
    const all = [
      { buffer: count.buffer, offset: 0, bytes: 4 },
      ...sources,
      ...(fault ? [{ buffer: fault.buffer, offset: 0, bytes: Faults.bytes }] : []),
    ];
    const totals = [0], { maxBufferSize } = device.limits;
    for (const { bytes } of all) {
      const size = Math.ceil(bytes / 4) * 4, whole = Math.ceil(size / 8) * 8; // a mapped range starts at a multiple of 8
      if (totals[totals.length - 1] + whole > maxBufferSize) totals.push(0);
      const buffer = totals.length - 1;
      this.#parts.push({ buffer, offset: totals[buffer], size, bytes });
      totals[buffer] += whole;
    }
    const usage = BUFFER_USAGE.MAP_READ | BUFFER_USAGE.COPY_DST;
    this.#staging = totals.map((size) => device.createBuffer({ size, usage }));
    const copies = encoder.betweenPasses();
    all.forEach(({ buffer, offset: from }, i) => {
      const { buffer: to, offset, size } = this.#parts[i];
      if (size > 0) copies.copyBufferToBuffer(buffer, from, this.#staging[to], offset, size);
    });
    faults.clear(copies);
    this.#submits = encoder.counts.submits;
    encoder.flush();
    this.#mark = encoder.budget.mark;
  }

  /** Waits for the GPU. */
  async wait(): Promise<void> {
    await Promise.all(this.#staging.map((buffer) => buffer.mapAsync(MAP_MODE_READ)));
    this.#encoder.budget.done(this.#mark, performance.now());
  }

  /** Submits before this one that the GPU did not do, although it says so; 0 where all is well. */
  get missing(): number {
    const [counted] = new Uint32Array(this.#bytes(this.#parts[0]));
    return this.#count.missing(counted, this.#submits);
  }

  /** What was read. */
  get values(): ArrayBuffer[] {
    const parts = this.#parts.slice(1, this.#faulty ? -1 : undefined);
    return parts.map((part) => this.#bytes(part));
  }

  /** The fault that kernels found, if there are any that could (`faults.ts`). */
  get fault(): ArrayBuffer | undefined {
    return this.#faulty ? this.#bytes(this.#parts.at(-1)!) : undefined;
  }

  /** Destroys the buffer. */
  [Symbol.dispose](): void {
    for (const buffer of this.#staging) buffer.destroy();
  }

  #bytes({ buffer, offset, size, bytes }: Part): ArrayBuffer {
    return this.#staging[buffer].getMappedRange(offset, size).slice(0, bytes);
  }
}

/**
 * Reads storages back, all with one wait.
 *
 * @param pause Awaited between the submit and the wait, which blocks the thread.
 * @throws {RunError} When the device was lost or a kernel did not compile.
 * @throws {RangeError} When a kernel found a number that names no row, once.
 * @throws {TypeError} When the device was closed meanwhile.
 */
export async function readBack(
  parts: Parts,
  views: readonly BufferView[],
  pause?: () => Promise<void>,
): Promise<ArrayBuffer[]> {
  const { pipelines, residence, failures } = parts;
  let found: { values: ArrayBuffer[]; fault?: ArrayBuffer };
  try {
    if (failures.unexplained) await pipelines.settled();
    failures.throwIfAny();
    if (views.every(({ bytes }) => bytes === 0)) return views.map(() => new ArrayBuffer(0));
    const sources = views.map(({ storage, offset, bytes }) => ({
      buffer: residence.buffer(storage),
      offset,
      bytes,
    }));
    using readback = new Readback(parts, sources);
    await pipelines.settled();
    await pause?.();
    failures.throwIfAny();
    await readback.wait();
    failures.throwIfAny();
    const { missing, values, fault } = readback;
    if (missing > 0) {
      await failures.waitForLoss(); // what was refused is not done either, and WebGPU says so later
      failures.throwIfAny();
      throw failures.lose(`submits left out, though reported as done: ${missing}`);
    }
    found = { values, fault };
  } catch (error) {
    await failures.waitForLoss();
    failures.throwIfAny();
    if (!failures.closed) throw error;
    throw new TypeError("Cannot read: the GPU was closed meanwhile; await what is read first", {
      cause: error,
    });
  }
  if (found.fault) throwFault(found.fault);
  return found.values;
}
