/**
 * The GPU at work: memory, dispatches, readback.
 *
 * Dispatches gather in one open compute pass; nothing is submitted until something is read, written from the CPU, or
 * enough work has gathered. Errors that WebGPU reports late are thrown at the next read.
 */
import type { DeviceLost } from "../base/errors.ts";
import type { AdapterFacts } from "./adapter/facts.ts";
import { Binder, markWritten } from "./binder.ts";
import { preparedCopy } from "./copies.ts";
import type { BufferView, Dispatch } from "./dispatch.ts";
import { Encoder } from "./encoder.ts";
import { Failures } from "./failures.ts";
import { Faults } from "./faults.ts";
import { rangeOf } from "./number_range.ts";
import { Pipelines } from "./pipelines.ts";
import { MemoryPool } from "./pool.ts";
import { readBack } from "./readback.ts";
import type { Command, Recording } from "./record/recording.ts";
import { Recordings } from "./record/recordings.ts";
import { Residence } from "./residence.ts";
import { Storage } from "./storage.ts";
import { SubmitBudget } from "./submit_budget.ts";
import { SubmitCount } from "./submit_count.ts";
import type { Tiles } from "./tiles/tiles.ts";
import { Uniforms } from "./uniforms.ts";
import { dialectOf } from "./wgsl/dialect.ts";

/** The open device. {@linkcode openGpu} opens it, and has an example. */
export class Gpu {
  /** WebGPU's own device. */
  readonly device: GPUDevice;
  /** What is known of the adapter. */
  readonly adapter: AdapterFacts;
  /** The tile shapes that ops launch their kernels with; a resumed run sets its own. */
  tiles: Tiles;
  /**
   * Free buffers and textures.
   *
   * @internal
   */
  readonly pool: MemoryPool;
  /**
   * Compiled kernels.
   *
   * @internal
   */
  readonly pipelines: Pipelines;
  /**
   * Commands on their way to the queue.
   *
   * @internal
   */
  readonly encoder: Encoder;
  /**
   * Recorded steps, and the one that is being recorded.
   *
   * @internal
   */
  readonly recordings: Recordings;
  /**
   * Marked arrays that a dispatch reads and that are together no larger than this are left in buffers all the same: to
   * copy them costs more. Tests, whose arrays are small, set it to 0.
   *
   * @internal
   */
  leastTextureBytes = 32 << 10;
  readonly #faults: Faults;
  readonly #residence: Residence;
  readonly #binder: Binder;
  readonly #failures: Failures;
  readonly #submitCount: SubmitCount;
  /** How many have opened the device and not closed it yet. */
  #users = 0;

  /**
   * Users call `openGpu()`.
   *
   * @internal
   */
  constructor(
    device: GPUDevice,
    adapter: AdapterFacts,
    tiles: Tiles,
    budget: SubmitBudget = new SubmitBudget(),
  ) {
    this.device = device;
    this.adapter = adapter;
    this.tiles = tiles;
    this.#failures = new Failures(device);
    const dialect = dialectOf(adapter);
    this.pipelines = new Pipelines(device, dialect, {
      failed: (error) => this.#failures.report(error),
      compiled: () => this.encoder.budget.delayed(),
    });
    this.#submitCount = new SubmitCount(device, this.pipelines);
    this.encoder = new Encoder(device, () => this.#submitCount.step, budget);
    const flush = () => this.flush();
    this.pool = new MemoryPool(device, flush);
    this.#faults = new Faults(this.pool);
    this.#residence = new Residence(device.limits.maxTextureDimension2D, (copy, of) => {
      if (this.#recording) this.#recording.addCopy(copy, of);
      else this.encoder.encode(copy);
    });
    const { pool, pipelines, encoder } = this, residence = this.#residence;
    this.recordings = new Recordings({ pool, residence, encoder, queue: device.queue, adapter });
    const uniforms = new Uniforms(device, (buffer) => this.recordings.holds(buffer), flush);
    const { mostTextures } = dialect;
    this.#binder = new Binder({ device, pool, pipelines, uniforms, residence, mostTextures });
  }

  /**
   * An uninitialized storage of `bytes` bytes; while recording, one that belongs to the recording.
   *
   * @internal
   */
  allocate(bytes: number): Storage {
    this.pool.check(bytes);
    return new Storage(bytes, this.#recording?.memory ?? this.pool);
  }

  /**
   * A storage with these bytes in it; while recording, a constant of the recording.
   *
   * @internal
   */
  upload(data: ArrayBufferView<ArrayBuffer>): Storage {
    const arena = this.#recording?.memory;
    const bytes = Math.max(4, data.byteLength);
    this.pool.check(bytes);
    const buffer = arena ? arena.takeConstant(bytes) : this.pool.take(bytes);
    if (data.byteLength > 0) {
      this.flush();
      this.device.queue.writeBuffer(buffer, 0, data);
    }
    const storage = new Storage(bytes, arena ?? this.pool, buffer);
    storage.range = rangeOf(data);
    return storage;
  }

  /**
   * Writes bytes into a storage, after all work encoded so far.
   *
   * @throws {TypeError} While recording: a replay would not write again.
   * @internal
   */
  write(view: BufferView, data: ArrayBufferView<ArrayBuffer>): void {
    if (this.#recording) {
      throw new TypeError(
        "Cannot write from the CPU inside a recorded step: a replay would not write again; write before the step",
      );
    }
    // Deno aborts at an empty array.
    if (data.byteLength === 0) return;
    const { storage, offset, bytes } = view, buffer = this.#residence.buffer(storage);
    storage.range = bytes === storage.bytes ? rangeOf(data) : undefined;
    storage.wrote(offset, bytes);
    this.flush();
    this.#residence.written(storage);
    this.device.queue.writeBuffer(buffer, offset, data);
  }

  /**
   * Encodes one dispatch, or, while recording, remembers it.
   *
   * @internal
   */
  dispatch(dispatch: Dispatch): void {
    if (dispatch.groups.includes(0)) return;
    const least = this.tiles.operands === "texture" ? this.leastTextureBytes : Infinity;
    this.#run(this.#binder.bind(dispatch, least, this.#recording));
  }

  /**
   * Copies a view's bytes into another view of the same length; recorded like a dispatch.
   *
   * @internal
   */
  copy(from: BufferView, to: BufferView): void {
    if (from.bytes === 0) return;
    const [source, target] = [from, to].map(({ storage, offset }) => ({
      buffer: this.#residence.buffer(storage),
      offset,
    }));
    this.#residence.written(to.storage);
    for (const view of [from, to]) this.#recording?.uses(view);
    markWritten(to, this.#recording);
    this.#run(preparedCopy(source, target, from.bytes));
  }

  /**
   * Where a kernel writes what it finds wrong (`faults.ts`).
   *
   * @internal
   */
  get fault(): BufferView {
    return { storage: this.#faults.allocated, offset: 0, bytes: Faults.bytes };
  }

  /** Counters for tests and benchmarks: dispatches encoded, command buffers submitted and bind groups made so far. */
  get counts(): { dispatches: number; submits: number; bindGroups: number } {
    return { ...this.encoder.counts, bindGroups: this.#binder.count };
  }

  /**
   * The buffer of a view, current after `flush()`.
   *
   * @internal
   */
  readonly bufferOf = ({ storage }: BufferView): GPUBuffer => this.#residence.buffer(storage);

  /** Submits what has been encoded. */
  flush(): void {
    this.encoder.flush();
  }

  /**
   * Reads storages back, all with one wait.
   *
   * @param pause Awaited between the submit and the wait, which blocks the thread.
   * @internal
   * @throws {TypeError} While recording.
   * @throws {RunError} When the device was lost or a kernel did not compile.
   * @throws {RangeError} When a kernel found a number that names no row (`faults.ts`), once.
   */
  async read(views: readonly BufferView[], pause?: () => Promise<void>): Promise<ArrayBuffer[]> {
    this.recordings.refuseRead();
    const { device, encoder, pipelines } = this;
    const [residence, failures, faults] = [this.#residence, this.#failures, this.#faults];
    const parts = { device, encoder, pipelines, residence, failures, faults };
    return await readBack({ ...parts, count: this.#submitCount }, views, pause);
  }

  /** Throws the first error that the device reported. */
  throwIfFailed(): void {
    this.#failures.throwIfAny();
  }

  /** Takes that error out, so that the device can be used again; for tests, which provoke one on purpose. */
  takeFailure(): Error | undefined {
    this.#submitCount.restart();
    return this.#failures.take();
  }

  /**
   * One more user: each is to close it.
   *
   * @internal
   */
  join(): this {
    this.#users++;
    return this;
  }

  /**
   * Ends one use, of as many as there were calls of `openGpu()`: once a call, and not where `using` holds the device, which
   * calls this. The last one destroys the device, and so does the first one of a device that was lost. A new one can be
   * opened afterwards; tensors of this one cannot be used on it.
   */
  close(): void {
    this.#users = Math.max(0, this.#users - 1);
    if (this.closed || this.#users > 0 && !this.lost) return;
    this.#failures.close();
    this.device.destroy();
  }

  /** True after the last user's `close()`. */
  get closed(): boolean {
    return this.#failures.closed;
  }

  /** Ends one use, as `close()` does; `using` calls it. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** True when the device went away on its own: close this, and open it anew. */
  get lost(): boolean {
    return this.#failures.loss !== undefined;
  }

  /**
   * The loss of the device behind an error, if there is one: what hangs on a lost device fails before WebGPU tells that it is
   * lost.
   */
  lossBehind(error: unknown): Promise<DeviceLost | undefined> {
    return this.#failures.behind(error);
  }

  /** The recording that is being made. */
  get #recording(): Recording | undefined {
    return this.recordings.current;
  }

  #run(command: Command): void {
    if (this.#recording) this.#recording.commands.push(command);
    else this.encoder.encode(command);
  }
}
