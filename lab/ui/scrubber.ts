/// <reference lib="dom" />
/** The slider that goes back to the ends of epochs; at its right end is what is live. */
import { byId } from "./element.ts";

/** The slider of the page. */
export class Scrubber {
  readonly #input = byId<HTMLInputElement>("scrub");
  readonly #output = byId("scrubbed");
  #epochs: readonly number[] = [];

  /** `moved` hears of the snapshot that is wanted, or of none for what is live. */
  constructor(moved: (place?: number) => void) {
    this.#input.addEventListener("input", () => {
      this.#show();
      moved(this.#live ? undefined : Number(this.#input.value));
    });
  }

  /** The ends of these epochs are there now; it stays at its epoch, or at its right end where it was there. */
  set(epochs: readonly number[]): void {
    const live = this.#live || epochs.length === 0, shown = this.#epochs[Number(this.#input.value)];
    this.#epochs = epochs;
    Object.assign(this.#input, { max: String(epochs.length), disabled: epochs.length === 0 });
    // Places move where every second epoch goes.
    const place = live ? epochs.length : epochs.findIndex((epoch) => epoch >= shown);
    this.#input.value = String(place);
    this.#show();
  }

  get #live(): boolean {
    return this.#input.value === this.#input.max;
  }

  #show(): void {
    const { value, max } = this.#input;
    this.#output.textContent = this.#live ? "live" : String(this.#epochs[Number(value)]);
    this.#input.style.setProperty("--place", `${100 * Number(value) / Math.max(1, Number(max))}%`);
  }
}
