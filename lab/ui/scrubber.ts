/// <reference lib="dom" />
/** The slider that goes back to the ends of epochs; at its right end is what is live. */
import { byId } from "./element.ts";

/** The slider of the page. */
export class Scrubber {
  readonly #input = byId<HTMLInputElement>("scrub");
  readonly #output = byId("scrubbed");
  #epochs: readonly number[] = [];
  /** The epoch that is shown; none where that is what is live. */
  #shown: number | undefined;

  /** `moved` hears of the epoch that is wanted, or of none for what is live. */
  constructor(moved: (epoch?: number) => void) {
    this.#input.addEventListener("input", () => {
      this.#shown = this.#epochs[Number(this.#input.value)];
      this.#show();
      moved(this.#shown);
    });
  }

  /** The ends of these epochs are there now; it stays at its epoch, or at its right end where it was there. */
  set(epochs: readonly number[]): void {
    if (epochs.length === 0) this.#shown = undefined;
    const shown = this.#shown ?? Infinity;
    this.#epochs = epochs;
    Object.assign(this.#input, { max: String(epochs.length), disabled: epochs.length === 0 });
    // Places move where epochs are kept no more; what is shown of one stays.
    const place = epochs.findIndex((epoch) => epoch >= shown);
    this.#input.value = String(place < 0 ? epochs.length : place);
    this.#show();
  }

  #show(): void {
    const { value, max } = this.#input, shown = this.#shown;
    this.#output.textContent = shown === undefined ? "live" : String(shown);
    const words = shown === undefined ? "live" : `epoch ${shown}`;
    this.#input.setAttribute("aria-valuetext", words);
    this.#input.style.setProperty("--place", `${100 * Number(value) / Math.max(1, Number(max))}%`);
  }
}
