/// <reference lib="dom" />
/** Controls that all maps share, the pad for a digit, and the place to drop files. */
import type { GivenFile, Landed } from "../messages.ts";
import { type ControlName, CONTROLS, type Settings } from "../settings/settings.ts";
import { DrawPad } from "./draw_pad.ts";
import { chosenFiles, droppedFiles } from "./files/dropped_files.ts";
import { servedFile, servedFiles } from "./files/served_files.ts";
import { h } from "./element.ts";
import { type FieldControl, fieldControl } from "./field_control.ts";
import type { Shape } from "./pixels.ts";
import { landedWords } from "./sample_card.ts";

/** What a panel asks the page to do. */
export interface PanelEvents {
  turn(name: ControlName, value: number | string): void;
  digit(pixels: Uint8Array<ArrayBuffer> | undefined): void;
  files(files: readonly GivenFile[]): void;
  /** Says what is done, or why something cannot be. */
  say(message: string): void;
  addMap: HTMLElement;
}

const LIVE_CONTROLS = ["rate", "momentum", "alpha", "regions", "lengths"] as const;
const NEW_CONTROLS = ["network", "width", "features", "batch", "images", "side"] as const;

/** The panel. */
export class Panel {
  /** Opens the tour. */
  readonly tourButton = h("button", { class: "wide" }, "Take the tour");
  readonly #controls = new Map<ControlName, FieldControl>();
  readonly #pad: DrawPad;
  readonly #landed = h("ul", { class: "landed" });
  /** The same for who hears it: after a stroke, and when a map takes it for another class. */
  readonly #said = h("p", { class: "unseen", "aria-live": "polite" });
  #called = "";
  readonly #drop: HTMLElement;

  constructor(place: HTMLElement, { shared }: Settings, events: PanelEvents) {
    const control = (name: ControlName) => {
      const made = fieldControl(CONTROLS[name], shared[name], (value) => events.turn(name, value));
      this.#controls.set(name, made);
      return made.element;
    };
    this.#pad = new DrawPad((pixels) => {
      if (pixels) this.#called = "";
      else this.#forget();
      events.digit(pixels);
    });
    this.#drop = this.#dropPlace(events, control("data"));
    place.append(
      section("Maps", this.tourButton, events.addMap),
      section("While it trains", ...LIVE_CONTROLS.map(control)),
      section("Restarts the training", ...NEW_CONTROLS.map(control)),
      section(
        "Draw a digit",
        h("p", {}, "and watch where each map puts it."),
        this.#pad.element,
        this.#landed,
        this.#said,
      ),
      section("Images", this.#drop),
    );
    this.#ownChoice.hidden = shared.data !== "own";
  }

  /** Shows other settings. */
  set({ shared }: Settings): void {
    for (const [name, control] of this.#controls) control.set(shared[name]);
  }

  /** A training begins: a drawn digit has landed nowhere yet, and its shape is that of the images. */
  begin(shape: Shape): void {
    this.#forget();
    this.#pad.shape = shape;
  }

  /** Where the drawn digit landed on each map. */
  landed(maps: readonly Landed[], classes: readonly string[]): void {
    if (!this.#pad.image()) return; // wiped since it was asked
    this.#landed.replaceChildren(
      ...maps.map((it, i) => h("li", {}, h("b", {}, `${"ABCD"[i]} `), landedWords(it, classes))),
    );
    const called = maps.map(({ byLogit, byCenter }) => byLogit ?? byCenter).join();
    if (called === this.#called) return;
    this.#called = called;
    this.#said.textContent = [...this.#landed.children].map((it) => it.textContent).join("; ");
  }

  #forget(): void {
    this.#called = "";
    for (const words of [this.#landed, this.#said]) words.replaceChildren();
  }

  /** Lets the dropped images be chosen. */
  offerOwn(): void {
    this.#ownChoice.hidden = false;
  }

  /** The choice between drawn digits and dropped files, of use once some were dropped. */
  get #ownChoice(): HTMLElement {
    return this.#controls.get("data")!.element;
  }

  #dropPlace(events: PanelEvents, choice: HTMLElement): HTMLElement {
    const take = async (files: () => Promise<readonly GivenFile[]>) => {
      if (document.body.dataset.plays) return; // nothing takes them: a recorded run plays
      try {
        const taken = await files(), [first] = taken;
        // A single picture is a digit to be placed, not a set to learn.
        const picture = taken.length === 1 && first.file.type.startsWith("image/");
        if (picture) await this.#pad.show(first.file);
        else {
          events.say(`Reading ${taken.length === 1 ? first.path : `${taken.length} files`}.`);
          events.files(taken);
        }
      } catch (error) {
        events.say((error as Error).message);
      }
    };
    const input = (label: string, folder: boolean) => {
      const field = h("input", {
        ...{ type: "file", multiple: true, hidden: true, webkitdirectory: folder },
        onchange: () => {
          const chosen = chosenFiles(field);
          field.value = ""; // the same file may be chosen again, and be another one by then
          take(() => Promise.resolve(chosen));
        },
      });
      return [h("button", { onclick: () => field.click() }, label), field];
    };
    const served = h("button", {
      hidden: true,
      onclick: () => take(async () => await Promise.all((await servedFiles()).map(servedFile))),
    }, "MNIST from this server");
    const place = h(
      "div",
      { class: "drop" },
      choice,
      h(
        "p",
        {},
        "Drop MNIST's files, a CSV file, a folder with a folder of pictures for each class, or one picture to place. Nothing " +
          "leaves this machine.",
      ),
      h("div", { class: "row" }, ...input("Files", false), ...input("Folder", true), served),
    );
    servedFiles().then((names) => served.hidden = names.length === 0, () => {});
    const over = (on: boolean) => (event: Event) => {
      event.preventDefault();
      place.classList.toggle("over", on);
    };
    // The whole page takes them: who misses the place by a little does not leave the page.
    addEventListener("dragover", over(true));
    addEventListener("dragleave", over(false));
    addEventListener("drop", (event) => {
      over(false)(event);
      const { dataTransfer } = event;
      if (dataTransfer) take(() => droppedFiles(dataTransfer));
    });
    return place;
  }
}

function section(title: string, ...parts: HTMLElement[]): HTMLElement {
  return h("section", {}, h("h2", {}, title), ...parts);
}
