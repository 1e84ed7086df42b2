/// <reference lib="dom" />
/** Words for a visitor: what is, and what to do. */
import type { FromWorker } from "../messages.ts";
import { byId, h } from "./element.ts";

/** One place for them: the latest stands there. */
export class Notice {
  readonly #place: HTMLElement;
  #about = "";

  constructor(place: HTMLElement) {
    this.#place = place;
  }

  /** Says something until it is closed, or until what it is about is over. */
  say(text: string, about = "page"): void {
    this.#show(about, h("p", {}, text), this.#close());
  }

  /** Shows a text that could not be copied, to be copied by hand. */
  text(text: string): void {
    const area = h("textarea", { readonly: true, rows: 4, "aria-label": "text to copy" }, text);
    this.#show("page", h("p", {}, "Copy this:"), area, this.#close());
    area.select();
  }

  /** Says that a program takes the place of a GPU, and offers what it did not do: a smaller page, or one of full size. */
  software(adapter: string, small: boolean, change: () => void): void {
    const size = small
      ? ", so the page opened with digits of 14 pixels and batches of 8: the button, or " +
        "the controls, make it larger."
      : "; smaller digits, a smaller network and smaller batches take a fraction of the time.";
    const text =
      `There is no GPU: ${
        adapter || "this adapter"
      } computes on the processor${size} Hardware acceleration in the ` +
      "browser's settings, or a newer graphics driver, may bring the GPU back.";
    const button = h("button", {
      onclick: () => {
        this.#hide();
        change();
      },
    }, small ? "Make it larger" : "Make it smaller");
    // What is wrong with the address stays, too.
    const before = this.#place.hidden ? [] : this.#place.querySelectorAll("p");
    this.#show("page", ...before, h("p", {}, text), button, this.#close());
  }

  /** Says why nothing trains. */
  failed(message: string, why: Extract<FromWorker, { kind: "failed" }>["why"]): void {
    const advice = {
      "no-webgpu":
        "The lab needs WebGPU: Chrome or Edge from 113, Safari from 26, Firefox from 141, on https or localhost, with " +
        "hardware acceleration on. A recorded run plays below instead.",
      "lost":
        "The GPU was taken away: by its driver, a sleeping machine, or another program. Reload the page; the address " +
        "still holds all settings. A recorded run plays below instead.",
      "error": "Reload the page; if it happens again, lower the width or the batch.",
    }[why];
    const reload = h("button", { onclick: () => location.reload() }, "Reload");
    this.#show("page", h("p", {}, `${message.replace(/[.\s]*$/, ".")} ${advice}`), reload);
  }

  /** Takes away what is said about something that is over. */
  clear(about: string): void {
    if (this.#about === about) this.#place.hidden = true;
  }

  #close(): HTMLElement {
    return h("button", { class: "quiet", onclick: () => this.#hide() }, "Close");
  }

  /** Goes, and gives the focus to what a visitor may want next. */
  #hide(): void {
    this.#place.hidden = true;
    byId("play").focus();
  }

  #show(about: string, ...parts: HTMLElement[]): void {
    this.#about = about;
    this.#place.replaceChildren(...parts);
    this.#place.hidden = false;
  }
}
