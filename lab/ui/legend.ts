/// <reference lib="dom" />
/** The classes, each with its color; one that is switched off is not drawn. */
import { classColor } from "../../src/figures/paint/palette.ts";
import { h } from "./element.ts";
import { color } from "./sample_card.ts";

/** Classes that can be switched off: a bit each. */
const MOST = 32;

/** The legend. */
export class Legend {
  readonly #place: HTMLElement;
  readonly #changed: (hidden: number) => void;
  #names = "";
  #hidden = 0;

  /** `changed` hears of a bit for each class that is switched off. */
  constructor(place: HTMLElement, changed: (hidden: number) => void) {
    this.#place = place;
    this.#changed = changed;
  }

  /** Shows these classes; those whose bit is set are switched off. */
  set(names: readonly string[], hidden: number): void {
    this.#hidden = hidden;
    if (this.#names !== names.join("\n")) {
      this.#names = names.join("\n");
      const { style } = document.documentElement;
      names.forEach((_, k) => style.setProperty(`--class-${k}`, `rgb(${classColor(k).join(" ")})`));
      this.#place.replaceChildren(...names.slice(0, MOST).map((name, k) => this.#button(name, k)));
    }
    [...this.#place.children].forEach((button, k) =>
      button.setAttribute("aria-pressed", String((hidden >>> k & 1) === 0))
    );
  }

  #button(name: string, k: number): HTMLElement {
    return h("button", {
      ...{ style: `--class: ${color(k)}`, title: `Show class ${name}` },
      onclick: () => this.#changed((this.#hidden ^ (1 << k)) >>> 0),
    }, name);
  }
}
