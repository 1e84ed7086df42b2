/**
 * When a submit is full.
 *
 * An operating system takes a GPU away from a program that keeps it busy for too long with one submit (Windows after two
 * seconds), and draws nothing meanwhile. So a submit ends where the work in it is worth a tenth of a second, by what
 * commands cost and by how fast the adapter was with those before. A single dispatch cannot be cut: one that is worth more
 * goes alone.
 */
import type { Cost } from "./dispatch.ts";

/** What a submit may take, in milliseconds, without a wish of the user. */
export const SUBMIT_MS = 100;

/** Operations a millisecond until a rate was measured: 5 GFLOP a submit, 60 ms where a small GPU does 80 GFLOP/s. */
const UNMEASURED_RATE = 5e9 / SUBMIT_MS;
/** With more, resident memory grows for longer before it stands still. */
const MOST_COMMANDS = 2048;
/** Adapters of all kinds do some 3 to 15 operations in the time in which they move a byte. */
const OPERATIONS_PER_BYTE = 8;
/** A command that does nothing takes some microseconds. */
const OPERATIONS_PER_COMMAND = 1e6;
/** A shorter stretch is mostly the wait's own time: Deno sleeps 10 ms in one. */
const LEAST_MS = 50;
/** A stretch that holds a smaller part of a full submit says nothing of full ones. */
const LEAST_PART = 1 / 4;

/**
 * Counts what goes into the submit at hand, and learns how fast the adapter is: from the time between the first submit
 * after it was idle and the end of the read that shows that all of them are done. Reads happen anyway, so nothing waits for
 * this; what a read takes for itself makes the rate seem lower, and submits smaller, never larger.
 */
export class SubmitBudget {
  readonly #aimMs: number;
  /** Operations a millisecond. */
  #rate: number | undefined;
  #commands = 0;
  #gathered = 0;
  /** Operations of all submits so far. */
  #submitted = 0;
  /** Operations of submits that are known to be done. */
  #done = 0;
  /** Since when the GPU has had work. */
  #busySince: number | undefined;
  #delayed = false;

  /** @param aimMs What a submit may take. */
  constructor(aimMs: number = SUBMIT_MS) {
    if (typeof aimMs !== "number" || !(aimMs > 0)) {
      throw new RangeError(`A submit cannot take ${aimMs} ms: submitMs must be a number above 0`);
    }
    this.#aimMs = aimMs;
  }

  /** Operations that fill a submit. */
  get operations(): number {
    return (this.#rate ?? UNMEASURED_RATE) * this.#aimMs;
  }

  /** Whether the submit at hand has to end before a command of this cost. */
  overflows(cost: Cost): boolean {
    if (this.#commands === 0) return false;
    return this.#commands >= MOST_COMMANDS ||
      this.#gathered + operationsOf(cost) > this.operations;
  }

  /** Takes a command into the submit at hand. */
  add(cost: Cost): void {
    this.#commands++;
    this.#gathered += operationsOf(cost);
  }

  /** The submit at hand was made, at `now` milliseconds. */
  submitted(now: number): void {
    this.#submitted += this.#gathered;
    this.#commands = this.#gathered = 0;
    this.#busySince ??= now;
  }

  /** Something else than work took the time since the GPU was idle, as compiling does: it is not measured. */
  delayed(): void {
    this.#delayed = true;
  }

  /** All that was submitted so far, for {@linkcode done}. */
  get mark(): number {
    return this.#submitted;
  }

  /** What was submitted until `mark` is done, at `now` milliseconds. */
  done(mark: number, now: number): void {
    const ms = now - (this.#busySince ?? now), operations = mark - this.#done;
    const counts = !this.#delayed && ms >= LEAST_MS && operations >= LEAST_PART * this.operations;
    this.#done = Math.max(this.#done, mark);
    this.#busySince = this.#submitted > mark ? now : undefined;
    this.#delayed = false;
    // A stretch in which the CPU was slow seems slow: down goes it by no more than half, up at once.
    if (counts) this.#rate = Math.max(operations / ms, (this.#rate ?? 0) / 2);
  }
}

/** One number for what a command has to do. */
function operationsOf({ flops, bytes }: Cost): number {
  return Math.max(flops, OPERATIONS_PER_BYTE * bytes) + OPERATIONS_PER_COMMAND;
}
