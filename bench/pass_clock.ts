/** How long the GPU works, pass by pass, while a program runs as it always does. */
import { RunError } from "../src/errors.ts";
import { gpu } from "../src/gpu/device.ts";
import { MOST_PAIRS, Timestamps } from "./timestamps.ts";

/** Writes a timestamp at both ends of every compute pass that is opened while it lives; nothing else changes. */
export class PassClock {
  readonly #timestamps = new Timestamps(MOST_PAIRS);
  #passes = 0;

  /**
   * Begins at once.
   *
   * @throws {RunError} When the adapter has no timestamps.
   */
  constructor() {
    gpu().flush();
    gpu().onPass = () =>
      this.#passes++ < MOST_PAIRS ? this.#timestamps.pass(this.#passes - 1) : undefined;
  }

  /** Passes opened so far. */
  get passes(): number {
    return this.#passes;
  }

  /**
   * Milliseconds of each pass.
   *
   * @throws {RunError} When there were more passes than a query set holds.
   */
  async read(): Promise<number[]> {
    gpu().flush();
    if (this.#passes > MOST_PAIRS) {
      throw new RunError(
        `Cannot measure ${this.#passes} passes: ${MOST_PAIRS} fit into a query set; take fewer steps`,
      );
    }
    return await this.#timestamps.read(this.#passes);
  }

  /** Stops; `using` calls it. */
  [Symbol.dispose](): void {
    gpu().onPass = undefined;
    gpu().flush();
    this.#timestamps[Symbol.dispose]();
  }
}
