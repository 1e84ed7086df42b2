/** The GPU's own clock. */
import { RunError } from "../src/errors.ts";
import { gpu } from "../src/gpu/device.ts";

/** WebGPU's limit for one query set. */
const MOST_QUERIES = 4096;
/** Pairs of timestamps, a beginning and an end, that fit into one query set. */
export const MOST_PAIRS = MOST_QUERIES / 2;

/** Pairs of timestamps that passes write. */
export class Timestamps {
  readonly #querySet: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  readonly #staging: GPUBuffer;
  readonly #count: number;

  /**
   * Makes room for some pairs.
   *
   * @throws {RunError} When the adapter has no timestamps, or a query set holds fewer pairs.
   */
  constructor(pairs: number) {
    const { device } = gpu();
    if (!device.features.has("timestamp-query")) {
      throw new RunError(
        "Cannot profile: this adapter has no timestamps (feature timestamp-query)",
      );
    }
    if (pairs > MOST_PAIRS) {
      throw new RunError(`Cannot profile ${pairs} dispatches: ${MOST_PAIRS} fit into a query set`);
    }
    this.#count = 2 * pairs;
    const size = 8 * this.#count;
    this.#querySet = device.createQuerySet({ type: "timestamp", count: this.#count });
    this.#resolved = device.createBuffer({
      size,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
    this.#staging = device.createBuffer({
      size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }

  /** What a pass must be opened with to write pair number `pair`. */
  pass(pair: number): GPUComputePassDescriptor {
    return {
      timestampWrites: {
        querySet: this.#querySet,
        beginningOfPassWriteIndex: 2 * pair,
        endOfPassWriteIndex: 2 * pair + 1,
      },
    };
  }

  /** Waits, and gives the milliseconds between the two of each of the first `pairs`. */
  async read(pairs: number): Promise<number[]> {
    if (pairs === 0) return [];
    const { device } = gpu();
    const encoder = device.createCommandEncoder();
    encoder.resolveQuerySet(this.#querySet, 0, 2 * pairs, this.#resolved, 0);
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#staging, 0, 16 * pairs);
    device.queue.submit([encoder.finish()]);
    await this.#staging.mapAsync(GPUMapMode.READ, 0, 16 * pairs);
    const nanoseconds = new BigUint64Array(this.#staging.getMappedRange(0, 16 * pairs));
    const times = Array.from(
      { length: pairs },
      (_, i) => Number(nanoseconds[2 * i + 1] - nanoseconds[2 * i]) / 1e6,
    );
    this.#staging.unmap();
    return times;
  }

  /** Frees its memory; `using` calls it. */
  [Symbol.dispose](): void {
    for (const it of [this.#querySet, this.#resolved, this.#staging]) it.destroy();
  }
}
