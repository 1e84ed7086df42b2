/**
 * The GPU at work: buffers, dispatches, recordings, readback.
 *
 * Dispatches gather in one open compute pass; nothing is submitted until something is read, written from the CPU, or
 * enough work has gathered. Errors that WebGPU reports late are thrown at the next read.
 */
import { DeviceLost } from "../errors.ts";
import type { AdapterFacts } from "./adapter.ts";
import { preparedCopy } from "./copies.ts";
import { dialectOf } from "./dialect.ts";
import { type BufferView, costOf, type Dispatch } from "./dispatch.ts";
import { Encoder } from "./encoder.ts";
import { Failures } from "./failures.ts";
import { Faults, throwFault } from "./faults.ts";
import { firstRun, type Told } from "./first_run.ts";
import type { NumberRange } from "./number_range.ts";
import { Pipelines } from "./pipelines.ts";
import { MemoryPool } from "./pool.ts";
import { Readback } from "./readback.ts";
import { type Command, Recording } from "./recording.ts";
import { Residence } from "./residence.ts";
import { Storage } from "./storage.ts";
import { SubmitBudget } from "./submit_budget.ts";
import { SubmitCount } from "./submit_count.ts";
import type { Tiles } from "./tiles.ts";
import { Uniforms } from "./uniforms.ts";
import { Users } from "./users.ts";

/** The open device. */
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
   * Marked arrays that a dispatch reads and that are together no larger than this are left in buffers all the same: to
   * copy them costs more. Tests, whose arrays are small, set it to 0.
   *
   * @internal
   */
  leastTextureBytes = 32 << 10;
  readonly #uniforms: Uniforms;
  readonly #faults: Faults;
  readonly #residence: Residence;
  readonly #recordings = new Set<Recording>();
  #recording: Recording | undefined;
  #unusedRead: Storage | undefined;
  #unusedWritten: Storage | undefined;
  readonly #users = new Users();
  readonly #failures: Failures;
  readonly #submitCount: SubmitCount;
  readonly #mostTextures: number | undefined;
  #bindGroups = 0;

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
    this.#mostTextures = dialect.mostTextures;
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
    this.#uniforms = new Uniforms(
      device,
      (b) => [...this.#recordings].some((r) => r.uniforms.has(b)),
      flush,
    );
  }

  /**
   * An uninitialised storage of `bytes` bytes; while recording, one that belongs to the recording.
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
    return new Storage(bytes, arena ?? this.pool, buffer);
  }

  /**
   * Encodes one dispatch, or, while recording, remembers it.
   *
   * @internal
   */
  dispatch({ kernel, constants = {}, params, buffers, groups, cost }: Dispatch): void {
    const [x, y = 1, z = 1] = groups;
    if (x * y * z === 0) return;
    const most = this.device.limits.maxComputeWorkgroupsPerDimension;
    if (![x, y, z].every((n) => Number.isInteger(n) && n > 0 && n <= most)) {
      throw new RangeError(
        `Cannot run ${kernel.name} in ${x} x ${y} x ${z} workgroups: this adapter takes at most ${most} along an axis; ` +
          "use smaller tensors",
      );
    }
    const views: Record<string, BufferView> = {};
    for (const { name, kind } of kernel.bindings(constants)) {
      if (kind === "uniform") continue;
      if (!(name in buffers)) throw new TypeError(`${kernel.name}: no buffer given for ${name}`);
      views[name] = buffers[name] ?? { storage: this.#unused(kind), offset: 0, bytes: 16 };
    }
    const use = this.tiles.operands === "texture"
      ? this.#residence.use(
        kernel.bindings(constants, "all", this.#mostTextures),
        views,
        buffers,
        this.leastTextureBytes,
      )
      : "none";
    const pipeline = this.pipelines.get(kernel, constants, use), { layout } = pipeline;
    const stored: (() => void)[] = [];
    const entries = kernel.bindings(constants, use, this.#mostTextures).map(
      ({ index, name, kind, texels, access }) => {
        if (kind === "uniform") {
          const buffer = this.#uniforms.get(kernel.packParams(params));
          this.#recording?.uniforms.add(buffer);
          return { binding: index, resource: { buffer } };
        }
        const view = views[name], { storage, offset, bytes } = view, given = buffers[name];
        if (!texels) {
          const buffer = this.#residence.buffer(storage);
          if (given && kind === "storage") stored.push(() => this.#residence.written(storage));
          // What is empty is bound as the four numbers that a kernel may take at once. It reads none of them.
          const part = bytes === 0 ? { offset: 0, size: 16 } : { offset, size: bytes };
          return { binding: index, resource: { buffer, ...part } };
        }
        const part = given && access === "read"
          ? this.#residence.texture(view, texels)
          : storage.part(texels, offset, bytes);
        if (given && access === "write") {
          stored.push(() => this.#residence.writtenInTexture(storage, part));
        }
        return { binding: index, resource: part.view };
      },
    );
    for (const note of stored) note();
    for (const { name, kind } of kernel.bindings(constants)) {
      if (kind === "uniform") continue;
      this.#recording?.uses(views[name]);
      if (kind === "storage") this.#written(views[name].storage);
    }
    const bindGroup = this.device.createBindGroup({ label: kernel.name, layout, entries });
    this.#bindGroups++;
    this.#run({
      kernel: kernel.name,
      pipeline,
      bindGroup,
      groups: [x, y, z] as const,
      cost: costOf(buffers, cost),
    });
  }

  /**
   * Copies a view's bytes into another view of the same length; recorded like a dispatch.
   *
   * @internal
   */
  copy(from: BufferView, to: BufferView): void {
    if (from.bytes === 0) return;
    const [source, target] = [from, to].map(({ storage }) => this.#residence.buffer(storage));
    this.#residence.written(to.storage);
    for (const view of [from, to]) this.#recording?.uses(view);
    this.#written(to.storage);
    const { offset } = to;
    this.#run(
      preparedCopy({ buffer: source, offset: from.offset }, { buffer: target, offset }, from.bytes),
    );
  }

  /**
   * The range of a view's whole numbers, where the CPU knows it: those of all of a storage, and while recording only what
   * the step itself brings about, as others may change before a replay.
   *
   * @internal
   */
  knownRange({ storage, offset, bytes }: BufferView): NumberRange | undefined {
    const lasts = !this.#recording || storage.home === this.#recording.memory;
    return lasts && offset === 0 && bytes === storage.bytes ? storage.range : undefined;
  }

  /**
   * Where a kernel writes what it finds wrong (`faults.ts`).
   *
   * @internal
   */
  get fault(): BufferView {
    return { storage: this.#faults.written, offset: 0, bytes: Faults.bytes };
  }

  /**
   * Takes note that a tensor's elements are elsewhere from now on: recordings that use the place they left are refused.
   *
   * @internal
   */
  moved(from: BufferView, to: BufferView): void {
    for (const recording of this.#recordings) recording.moved(from, to);
  }

  /** True while a step is being recorded. */
  get recording(): boolean {
    return this.#recording !== undefined;
  }

  /**
   * Records what `step` dispatches and copies, then runs it.
   *
   * @throws {TypeError} Within another recording, or when the step moves a tensor.
   * @internal
   */
  record(step: () => void): Recording {
    const recording = this.recordAhead(step);
    this.replay(recording);
    return recording;
  }

  /**
   * Records what `step` dispatches and copies, and runs nothing of it yet.
   *
   * @throws {TypeError} Within another recording, or when the step moves a tensor.
   * @internal
   */
  recordAhead(step: () => void): Recording {
    this.#refuseNested();
    this.#residence.settle();
    const recording = new Recording(this.pool);
    this.#recordings.add(recording);
    this.#recording = recording;
    try {
      step();
      this.#residence.settle();
      recording.finish();
    } catch (error) {
      this.discard(recording);
      throw error;
    } finally {
      this.#recording = undefined;
    }
    return recording;
  }

  /**
   * Runs a recording for the first time: a {@linkcode replay} that compiles its kernels before, at the same time where the
   * runtime can, and tells of each.
   *
   * @throws {TypeError} As a replay.
   * @internal
   */
  async firstRun(recording: Recording, told: Told = () => {}): Promise<void> {
    this.#ready(recording);
    const { encoder, device: { queue }, adapter: { software: lazy } } = this;
    await firstRun(recording.commands, { encoder, queue, lazy }, told);
  }

  /**
   * Encodes all commands of a recording again.
   *
   * @throws {TypeError} Within a recording, or when a tensor that it uses was moved since.
   * @internal
   */
  replay(recording: Recording): void {
    this.#ready(recording);
    for (const command of recording.commands) this.encoder.encode(command);
  }

  /**
   * Ends a recording and takes its buffers back.
   *
   * @internal
   */
  discard(recording: Recording): void {
    this.#recordings.delete(recording);
    recording.dispose();
  }

  /** Counters for tests and benchmarks: dispatches encoded, command buffers submitted and bind groups made so far. */
  get counts(): { dispatches: number; submits: number; bindGroups: number } {
    return { ...this.encoder.counts, bindGroups: this.#bindGroups };
  }

  /** Submits what has been encoded. */
  flush(): void {
    this.encoder.flush();
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
    const buffer = this.#residence.buffer(view.storage);
    view.storage.range = undefined;
    view.storage.writes++;
    this.flush();
    this.#residence.written(view.storage);
    this.device.queue.writeBuffer(buffer, view.offset, data);
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
    if (this.#recording) {
      throw new TypeError(
        "Cannot read inside a recorded step: a replay would not read again; return the tensor, and read it after the step",
      );
    }
    let found: { values: ArrayBuffer[]; fault?: ArrayBuffer };
    try {
      if (this.#failures.unexplained) await this.pipelines.settled();
      this.throwIfFailed();
      if (views.every(({ bytes }) => bytes === 0)) return views.map(() => new ArrayBuffer(0));
      const sources = views.map(({ storage, offset, bytes }) => ({
        buffer: this.#residence.buffer(storage),
        offset,
        bytes,
      }));
      const { device, encoder } = this;
      using readback = new Readback(device, encoder, this.#submitCount, this.#faults, sources);
      await this.pipelines.settled();
      await pause?.();
      this.throwIfFailed();
      await readback.wait();
      this.throwIfFailed();
      const { missing, values, fault } = readback;
      if (missing > 0) {
        await this.#failures.told(); // what was refused is not done either, and WebGPU says so later
        this.throwIfFailed();
        throw this.#failures.lose(`submits left out, though reported as done: ${missing}`);
      }
      found = { values, fault };
    } catch (error) {
      await this.#failures.told();
      this.throwIfFailed();
      throw error;
    }
    if (found.fault) throwFault(found.fault);
    return found.values;
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
    this.#users.join();
    return this;
  }

  /**
   * Ends one use, of as many as there were calls of `openGpu()`. The last one destroys the device, and so does the first one
   * of a device that was lost. A new one can be opened afterwards; tensors of this one cannot be used on it.
   */
  close(): void {
    if (!this.#users.leave(this.lost) || this.closed) return;
    this.#failures.close();
    this.device.destroy();
  }

  /** True when the device went away on its own: close this, and open it anew. */
  get lost(): boolean {
    return this.#failures.loss !== undefined;
  }

  /**
   * The loss of the device behind an error, if there is one: what hangs on a lost device fails before WebGPU tells that it is
   * lost.
   */
  async lossBehind(error: unknown): Promise<DeviceLost | undefined> {
    if (error instanceof DeviceLost) return error;
    await this.#failures.told();
    return this.#failures.loss;
  }

  /** True after the last user's `close()`. */
  get closed(): boolean {
    return this.#failures.closed;
  }

  /** Ends one use, as `close()` does; `using` calls it. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What is bound where a kernel needs a buffer but does not use it: written and read ones must differ. */
  #unused(kind: string): Storage {
    return kind === "storage"
      ? this.#unusedWritten ??= new Storage(16, this.pool)
      : this.#unusedRead ??= new Storage(16, this.pool);
  }

  /** Takes note that a command writes a storage. */
  #written(storage: Storage): void {
    storage.range = undefined;
    this.#recording?.written.add(storage);
  }

  #refuseNested(): void {
    if (!this.#recording) return;
    throw new TypeError(
      "Cannot run a recorded step inside of another: its commands would not be part of the outer one; call the function " +
        "that it was made of, or run one step after the other",
    );
  }

  /** Refuses what cannot be replayed, and brings everything to where the recording looks for it. */
  #ready(recording: Recording): void {
    this.#refuseNested();
    recording.check();
    this.#residence.settle();
  }

  #run(command: Command): void {
    if (this.#recording) this.#recording.commands.push(command);
    else this.encoder.encode(command);
  }
}
