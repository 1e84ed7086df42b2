/** The recordings of a device, and the one that is being made. */
import type { AdapterFacts } from "../adapter/facts.ts";
import type { BufferView } from "../dispatch.ts";
import type { Encoder } from "../encoder.ts";
import type { MemoryPool } from "../pool.ts";
import type { Residence } from "../residence.ts";
import { firstRun, type OnCompile } from "./first_run.ts";
import { Recording } from "./recording.ts";

/** What recordings take from the device. */
interface Parts {
  pool: MemoryPool;
  residence: Residence;
  encoder: Encoder;
  queue: GPUQueue;
  adapter: AdapterFacts;
}

/** All of them; at most one is being made. */
export class Recordings {
  readonly #parts: Parts;
  readonly #all = new Set<Recording>();
  /** The one that is being made. */
  current: Recording | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Records what `step` dispatches and copies, and runs nothing of it yet.
   *
   * @throws {TypeError} Within another recording, or when the step moves a tensor.
   */
  make(step: () => void): Recording {
    const { pool, residence } = this.#parts;
    this.#refuseNested();
    residence.settle(); // a recording begins and ends with all elements in their buffers
    const recording = new Recording(pool);
    this.#all.add(recording);
    this.current = recording;
    try {
      step();
      residence.settle();
      recording.finish();
    } catch (error) {
      residence.forget();
      recording.undo();
      this.discard(recording);
      throw error;
    } finally {
      this.current = undefined;
    }
    return recording;
  }

  /** Records a step, then runs it. */
  record(step: () => void): Recording {
    const recording = this.make(step);
    this.replay(recording);
    return recording;
  }

  /**
   * Encodes all commands of a recording again.
   *
   * @throws {TypeError} Within a recording, or when a tensor that it uses was moved since.
   */
  replay(recording: Recording): void {
    this.#makeReady(recording);
    for (const command of recording.commands) this.#parts.encoder.encode(command);
  }

  /**
   * Runs a recording for the first time: a {@linkcode replay} that compiles its kernels before, at the same time where the
   * runtime can, and tells of each.
   *
   * @throws {TypeError} As a replay; also when the recording was discarded meanwhile.
   */
  async firstRun(recording: Recording, onCompile: OnCompile = () => {}): Promise<void> {
    this.#makeReady(recording);
    const { encoder, queue, adapter: { software: lazy } } = this.#parts;
    await firstRun(recording.commands, { encoder, queue, lazy }, onCompile, () => {
      if (this.#all.has(recording)) return;
      throw new TypeError(
        "Cannot run the recorded step: it was disposed while its kernels were compiled; await start() first",
      );
    });
    // Others may have had a turn meanwhile, and looked at what it writes.
    for (const storage of recording.written) this.#parts.residence.written(storage);
    recording.check();
  }

  /** Ends a recording and takes its buffers back. */
  discard(recording: Recording): void {
    this.#all.delete(recording);
    recording.dispose();
  }

  /** Tells all that a tensor's elements are elsewhere from now on: those that use the place they left are refused. */
  moved(from: BufferView, to: BufferView): void {
    for (const recording of this.#all) recording.moved(from, to);
  }

  /** True while a step is being recorded that did not make these elements. */
  outside({ storage }: BufferView): boolean {
    return this.current !== undefined && storage.home !== this.current.memory;
  }

  /** Whether one of them uses a parameter block. */
  holds(uniform: GPUBuffer): boolean {
    return [...this.#all].some(({ uniforms }) => uniforms.has(uniform));
  }

  /**
   * Refuses a readback inside a recorded step, and the step, which may never hear of a promise that fails.
   *
   * @throws {TypeError} While recording.
   */
  refuseRead(): void {
    if (!this.current) return;
    throw this.current.refusal ??= new TypeError(
      "Cannot read inside a recorded step: a replay would not read again; return the tensor, and read it after the step",
    );
  }

  /** Refuses what cannot be replayed, and brings everything to where the recording looks for it. */
  #makeReady(recording: Recording): void {
    this.#refuseNested();
    recording.check();
    this.#parts.residence.settle();
  }

  #refuseNested(): void {
    if (!this.current) return;
    throw new TypeError(
      "Cannot run a recorded step inside of another: its commands would not be part of the outer one; call the function " +
        "that it was made of, or run one step after the other",
    );
  }
}
