/// <reference lib="dom" />
/** The line beside the buttons: how far the training is, and how fast. */
import type { FromWorker } from "../messages.ts";
import { byId } from "./element.ts";
import { measured } from "./field_control.ts";

/** Milliseconds that a rate is counted over, at the least. */
const COUNTED_MS = 900;

/** Words about the training. */
export class Status {
  readonly #place = byId("status");
  /** Where the rate is counted from; steps that are waited for count in none. */
  #counted: { step: number; at: number; rate: number } | undefined;

  /** The adapter that trains. */
  set adapter(name: string) {
    this.#place.title = name;
  }

  /** A training begins. */
  begin(): void {
    this.#counted = undefined;
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
    const now = performance.now(), counted = this.#counted ?? { step, at: now, rate: 0 };
    const since = now - counted.at, rate = (step - counted.step) / since * 1000;
    const next = since > COUNTED_MS ? { step, at: now, rate } : counted;
    this.#counted = playing ? next : undefined;
    const words = playing && next.rate > 0 ? `, ${measured(next.rate)} steps a second` : "";
    this.#place.textContent = `epoch ${epoch}, step ${step}${words}`;
  }

  /** Nothing goes on. */
  failed(): void {
    this.#place.textContent = "not training";
  }
}
