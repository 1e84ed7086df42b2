/** The recordings of a device, and the one that is being made. */
import type { BufferView } from "../dispatch.ts";
import type { MemoryPool } from "../pool.ts";
import { Recording } from "./recording.ts";

/** All of them; at most one is being made. */
export class Recordings {
  readonly #pool: MemoryPool;
  readonly #settle: () => void;
  readonly #all = new Set<Recording>();
  /** The one that is being made. */
  current: Recording | undefined;

  /** @param settle Brings all elements into their buffers, where a recording begins and ends. */
  constructor(pool: MemoryPool, settle: () => void) {
    this.#pool = pool;
    this.#settle = settle;
  }

  /** Records a step; nothing of it runs yet. */
  make(step: () => void): Recording {
    this.#refuseNested();
    this.#settle();
    const recording = new Recording(this.#pool);
    this.#all.add(recording);
    this.current = recording;
    try {
      step();
      this.#settle();
      recording.finish();
    } catch (error) {
      this.discard(recording);
      throw error;
    } finally {
      this.current = undefined;
    }
    return recording;
  }

  /** Refuses what cannot be replayed, and brings everything to where the recording looks for it. */
  ready(recording: Recording): void {
    this.#refuseNested();
    recording.check();
    this.#settle();
  }

  /** Ends a recording and takes its buffers back. */
  discard(recording: Recording): void {
    this.#all.delete(recording);
    recording.dispose();
  }

  /** Tells all that a tensor's elements are elsewhere from now on. */
  moved(from: BufferView, to: BufferView): void {
    for (const recording of this.#all) recording.moved(from, to);
  }

  /** Whether one of them uses a parameter block. */
  holds(uniform: GPUBuffer): boolean {
    return [...this.#all].some(({ uniforms }) => uniforms.has(uniform));
  }

  #refuseNested(): void {
    if (!this.current) return;
    throw new TypeError(
      "Cannot run a recorded step inside of another: its commands would not be part of the outer one; call the function " +
        "that it was made of, or run one step after the other",
    );
  }
}
