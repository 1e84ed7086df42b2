/// <reference lib="dom" />
/** The line beside the buttons: how far the training is, and how fast. */
import type { FromWorker } from "../messages.ts";
import { byId } from "./element.ts";

/** Milliseconds that a rate is counted over, at the least. */
const COUNTED_MS = 900;

/** Words about the training. */
export class Status {
  readonly #place = byId("status");
  #counted = { step: 0, at: 0, rate: 0 };

  /** The adapter that trains. */
  set adapter(name: string) {
    this.#place.title = name;
  }

  /** A training begins. */
  begin(): void {
    this.#counted = { step: 0, at: performance.now(), rate: 0 };
    this.#place.textContent = "Starting";
  }

  /** Nothing is trained until a visitor says so. */
  waiting(): void {
    this.#place.textContent = "step 0: Play or Step trains";
  }

  /** Kernels are compiled. */
  compiling({ number, of, kernel }: Extract<FromWorker, { kind: "compiling" }>): void {
    this.#place.textContent = `Compiling ${number} of ${of}: ${kernel}`;
  }

  /** Steps were made. */
  report({ maps: [{ step, epoch }], playing }: Extract<FromWorker, { kind: "report" }>): void {
    const now = performance.now(), { step: before, at } = this.#counted;
    if (now - at > COUNTED_MS) {
      this.#counted = { step, at: now, rate: (step - before) / (now - at) * 1000 };
    }
    const { rate } = this.#counted;
    const words = playing && rate > 0 ? `, ${Math.round(rate * 10) / 10} steps a second` : "";
    this.#place.textContent = `epoch ${epoch}, step ${step}${words}`;
  }

  /** Nothing goes on. */
  failed(): void {
    this.#place.textContent = "not training";
  }
}
