/** How long the GPU works, pass by pass, while a program runs as it always does. */
import { RunError } from "../src/base/errors.ts";
import { gpu } from "../src/gpu/device.ts";
import { MOST_PAIRS, Timestamps } from "./timestamps.ts";

/** What the GPU spent, in milliseconds. */
export interface GpuTimes {
  /** Within compute passes. */
  passMs: number;
  /** Between the passes of one submit: copies, above all those of operands into textures. */
  betweenMs: number;
}

/** Writes a timestamp at both ends of every compute pass that is opened while it lives; nothing else changes. */
export class PassClock {
  readonly #timestamps = new Timestamps(MOST_PAIRS);
  /** The submit that each pass is part of. */
  readonly #submits: number[] = [];

  /**
   * Begins at once.
   *
   * @throws {RunError} When the adapter has no timestamps.
   */
  constructor() {
    gpu().flush();
    gpu().encoder.onPass = () => {
      const pass = this.#submits.push(gpu().counts.submits) - 1;
      return pass < MOST_PAIRS ? this.#timestamps.pass(pass) : undefined;
    };
  }

  /** Passes opened so far. */
  get passes(): number {
    return this.#submits.length;
  }

  /**
   * What the first `passes` took together.
   *
   * @throws {RunError} When there were more passes than a query set holds.
   */
  async read(passes: number = this.passes): Promise<GpuTimes> {
    gpu().flush();
    if (this.passes > MOST_PAIRS) {
      throw new RunError(
        `Cannot measure ${this.passes} passes: ${MOST_PAIRS} fit into a query set; take fewer steps`,
      );
    }
    return times(await this.#timestamps.read(passes), this.#submits);
  }

  /** Stops; `using` calls it. */
  [Symbol.dispose](): void {
    gpu().encoder.onPass = undefined;
    gpu().flush();
    this.#timestamps[Symbol.dispose]();
  }
}

/** Adds up passes, given by their beginnings and ends, and what lies between two of one submit. */
export function times(
  spans: readonly (readonly [number, number])[],
  submits: readonly number[],
): GpuTimes {
  let passMs = 0, betweenMs = 0;
  spans.forEach(([begin, end], i) => {
    passMs += end - begin;
    if (i > 0 && submits[i] === submits[i - 1]) betweenMs += Math.max(0, begin - spans[i - 1][1]);
  });
  return { passMs, betweenMs };
}
