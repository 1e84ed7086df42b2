/// <reference lib="dom" />
/** The classes, each with its color; one that is switched off is not drawn. */
import { h } from "./element.ts";
import { color } from "./sample_card.ts";

/** Classes that can be switched off: a bit each. */
const MOST = 32;

/** The legend. */
export class Legend {
  /** A bit for each class that is switched off. */
  hidden = 0;
  readonly #place: HTMLElement;
  readonly #changed: () => void;
  #names = "";

  constructor(place: HTMLElement, changed: () => void) {
    this.#place = place;
    this.#changed = changed;
  }

  /** Shows these classes. */
  set(names: readonly string[]): void {
    if (this.#names === names.join("\n")) return;
    this.#names = names.join("\n");
    this.hidden = 0;
    this.#place.replaceChildren(...names.slice(0, MOST).map((name, k) => this.#button(name, k)));
  }

  #button(name: string, k: number): HTMLElement {
    const button = h("button", {
      ...{ "aria-pressed": "true", style: `--class: ${color(k)}`, title: `Show class ${name}` },
      onclick: () => {
        this.hidden = (this.hidden ^ (1 << k)) >>> 0;
        button.setAttribute("aria-pressed", String((this.hidden >>> k & 1) === 0));
        this.#changed();
      },
    }, name);
    return button;
  }
}
