/// <reference lib="dom" />
/** The curves under the maps. */
import type { MapReport } from "../messages.ts";
import { Curves } from "./curves.ts";

/** Loss, accuracy and ratio of all maps. */
export class Plots {
  readonly #loss = new Curves("loss", "and its terms, dashed", "powers");
  readonly #accuracy = new Curves("accuracy", "by center, dashed by logit", "share");
  readonly #ratio = new Curves("within / between", "smaller is tighter", "powers");
  readonly #all = [this.#loss, this.#accuracy, this.#ratio];

  constructor(place: HTMLElement) {
    place.append(...this.#all.map(({ element }) => element));
  }

  /** Forgets all curves. */
  clear(): void {
    for (const curves of this.#all) curves.clear();
  }

  /** Draws them, where their colors changed. */
  draw(): void {
    for (const curves of this.#all) curves.draw();
  }

  /** Takes the numbers of a report. */
  add(maps: readonly MapReport[]): void {
    maps.forEach((report, map) => this.#add(report, map));
    this.draw();
  }

  #add(
    { step, losses, terms, byLogit, byCenter, ratio, readsLogits }: MapReport,
    map: number,
  ): void {
    const columns = 1 + terms.length, rows = losses.length / columns;
    for (let i = 0; i < rows; i++) {
      const at = step - rows + i + 1;
      this.#loss.add(map, "loss", at, losses[i * columns]);
      if (terms.length < 2) continue;
      terms.forEach((name, t) => this.#loss.add(map, name, at, losses[i * columns + 1 + t], true));
    }
    this.#accuracy.add(map, "center", step, byCenter);
    if (readsLogits) this.#accuracy.add(map, "logit", step, byLogit, true);
    this.#ratio.add(map, "ratio", step, ratio);
  }
}
