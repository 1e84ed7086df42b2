/** The recorded steps of a pass, one for each size of its batches. */
import type { OnCompile } from "../gpu/record/first_run.ts";
import { type Recorded, recorded } from "../tensor/recorded.ts";

/** Steps by the number of their samples. */
export class RecordedSteps {
  readonly #steps = new Map<number, Recorded<void>>();
  /** Whether the kernels of one are being compiled, and whether all are to be forgotten once it has run. */
  #starting = false;
  #stale = false;

  /**
   * Runs a step of `rows` samples: records `body` the first time, and replays it afterwards.
   *
   * @param onCompile Called with kernels that are compiled for the first one.
   * @returns What to wait for, where it is the first.
   */
  run(rows: number, body: () => void, onCompile?: OnCompile): Promise<void> | undefined {
    const known = this.#steps.get(rows);
    if (known) return void known();
    const step = recorded(body);
    this.#steps.set(rows, step);
    return this.#start(step, onCompile);
  }

  async #start(step: Recorded<void>, onCompile?: OnCompile): Promise<void> {
    this.#starting = true;
    try {
      await step.start(onCompile);
    } finally {
      this.#starting = false;
      if (this.#stale) this.forget();
    }
  }

  /** The next steps are recorded anew. One whose kernels are being compiled runs to its end before. */
  forget(): void {
    this.#stale = this.#starting;
    if (!this.#stale) this.dispose();
  }

  /** Frees all of them, also one that is under way, which then throws. */
  dispose(): void {
    for (const step of this.#steps.values()) step.dispose();
    this.#steps.clear();
  }
}
