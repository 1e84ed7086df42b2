/** How far the CPU runs ahead of the GPU before it waits and reads. */

/**
 * A wait costs 11 ms, so it comes after some seconds of work; after no more than 50 steps where that is a second or more,
 * because what is encoded takes memory until it is done; and never before a submit is full.
 */
const AHEAD_MS = 5000, MANY_STEPS = 50, MANY_MS = 1000, LEAST_AHEAD = 8;

/** Measures steps, and says how many of them come before the next wait. */
export class Pace {
  #msPerStep = Infinity;
  #fastest = Infinity;
  #measured = false;

  /** Steps before the next wait: one at first, for a word soon; then as many as fit the time. */
  get stepsAhead(): number {
    if (!this.#measured) return 1;
    const steps = (ms: number) => Math.floor(ms / this.#msPerStep);
    const most = Math.max(MANY_STEPS, steps(MANY_MS));
    return Math.max(LEAST_AHEAD, Math.min(most, steps(AHEAD_MS)));
  }

  /**
   * Sleeps while the GPU works. A read blocks the thread until the GPU is done: much of that time is slept away, so that
   * Ctrl-C is heard, but never so much that the GPU would wait.
   *
   * @param start When the first of the steps was encoded: a submit may have blocked for most of the time already.
   */
  async sleep(steps: number, start: number): Promise<void> {
    const rest = start + 0.5 * steps * this.#fastest - performance.now();
    if (rest > 0 && rest < Infinity) await new Promise((done) => setTimeout(done, rest));
  }

  /** Some steps that began at `start` are done. The first of all compiles kernels, and measures nothing. */
  done(steps: number, start: number): void {
    if (this.#measured) this.#msPerStep = (performance.now() - start) / steps;
    this.#fastest = Math.min(this.#fastest, this.#msPerStep);
    this.#measured = true;
  }
}
