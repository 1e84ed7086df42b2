/** The GPU's own clock. */
import { RunError } from "../src/base/errors.ts";
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

  /** Waits, and gives the beginning and the end of each of the first `pairs`, in milliseconds after the first. */
  async read(pairs: number): Promise<[number, number][]> {
    if (pairs === 0) return [];
    const { device } = gpu();
    const encoder = device.createCommandEncoder();
    encoder.resolveQuerySet(this.#querySet, 0, 2 * pairs, this.#resolved, 0);
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#staging, 0, 16 * pairs);
    device.queue.submit([encoder.finish()]);
    await this.#staging.mapAsync(GPUMapMode.READ, 0, 16 * pairs);
    const nanoseconds = new BigUint64Array(this.#staging.getMappedRange(0, 16 * pairs));
    const first = nanoseconds[0];
    const at = (i: number) => Number(nanoseconds[i] - first) / 1e6;
    const spans = Array.from(
      { length: pairs },
      (_, i): [number, number] => [at(2 * i), at(2 * i + 1)],
    );
    this.#staging.unmap();
    return spans;
  }

  /** Frees its memory; `using` calls it. */
  [Symbol.dispose](): void {
    for (const it of [this.#querySet, this.#resolved, this.#staging]) it.destroy();
  }
}
