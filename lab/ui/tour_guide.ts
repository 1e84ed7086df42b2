/// <reference lib="dom" />
/** Leads through the tour. */
import type { Settings } from "../settings/settings.ts";
import { TOUR } from "../settings/tour.ts";
import { h } from "./element.ts";

/** The guide: a strip above the maps. */
export class TourGuide {
  readonly #place: HTMLElement;
  readonly #button: HTMLElement;
  readonly #take: (settings: Settings) => void;

  /** `button` opens it, and has the focus again when it ends. */
  constructor(place: HTMLElement, button: HTMLElement, take: (settings: Settings) => void) {
    this.#place = place;
    this.#button = button;
    this.#take = take;
    button.addEventListener("click", () => this.open());
  }

  /** Opens at a step. */
  open(index = 0): void {
    const { title, text, settings } = TOUR[index];
    const to = (i: number, label: string) =>
      h("button", { disabled: i < 0 || i >= TOUR.length, onclick: () => this.open(i) }, label);
    const dots = TOUR.map(({ title }, i) =>
      h("button", {
        ...{ class: "dot", "aria-label": `Step ${i + 1}: ${title}`, title },
        "aria-current": i === index ? "step" : undefined,
        onclick: () => this.open(i),
      }, String(i + 1))
    );
    const heading = h("h2", { tabindex: -1 }, title);
    this.#place.replaceChildren(
      heading,
      h("p", {}, text),
      h(
        "nav",
        { "aria-label": "Steps of the tour" },
        to(index - 1, "Back"),
        ...dots,
        to(index + 1, "Next"),
        h("button", { class: "quiet", onclick: () => this.#end() }, "End the tour"),
      ),
    );
    this.#place.hidden = false;
    this.#take(structuredClone(settings));
    heading.focus(); // a reader hears it, and a narrow page shows it
  }

  #end(): void {
    this.#place.hidden = true;
    this.#button.focus();
  }
}
