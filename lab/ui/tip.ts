/// <reference lib="dom" />
/** The card beside the sample that a visitor points at. */
import type { Pointed } from "../messages.ts";
import { h } from "./element.ts";
import type { Shape } from "./pixels.ts";
import { sampleCard } from "./sample_card.ts";

/** Its width in CSS, and its distance to the sample. */
const WIDTH = 232, GAP = 16;

/** One card, beside whichever map. */
export class Tip {
  #classes: readonly string[] = [];
  #shape: Shape = { height: 28, width: 28, channels: 1 };
  readonly #element = h("div", { class: "tip", role: "status", hidden: true });

  /** A training of these classes begins, on images of this shape: nothing is pointed at. */
  begin(classes: readonly string[], shape: Shape): void {
    this.#classes = classes;
    this.#shape = shape;
    this.hide();
  }

  /** Takes it away. */
  hide(): void {
    this.#element.hidden = true;
  }

  /** Shows what is known of a sample of a map, of so many device pixels a pixel of the page; nothing without one. */
  show(
    { canvas, pixel }: { canvas: HTMLCanvasElement; pixel: number },
    sample?: Pointed,
  ): void {
    const view = canvas.parentElement!, { clientWidth: width, clientHeight: height } = view;
    if (this.#element.parentElement !== view) view.append(this.#element);
    this.#element.hidden = !sample;
    if (!sample) return;
    const [x, y] = sample.place.map((p) => p / pixel);
    this.#element.replaceChildren(sampleCard(sample, this.#classes, this.#shape));
    const left = x > width / 2 ? x - WIDTH - GAP : x + GAP, low = y > height / 2;
    const { style } = this.#element;
    style.left = `${Math.max(0, Math.min(width - WIDTH, left))}px`;
    style.top = low ? "" : `${y + GAP}px`;
    style.bottom = low ? `${height - y + GAP}px` : "";
  }
}
