/** How many steps go to the GPU before it is waited for: few enough that frames come in between. */

/** Milliseconds that the steps between two frames may take. */
const WANTED_MS = 12;
const MOST_STEPS = 64;

/** Finds the number by how long the last ones took. */
export class Pace {
  #steps = 1;

  /** Steps to encode next. */
  get steps(): number {
    return Math.max(1, Math.floor(this.#steps));
  }

  /** Takes note of how long those took, in milliseconds. */
  took(ms: number): void {
    const fitting = this.steps * WANTED_MS / Math.max(0.1, ms);
    this.#steps = Math.min(MOST_STEPS, Math.max(1, Math.min(fitting, 2 * this.steps)));
  }
}
