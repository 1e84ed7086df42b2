/// <reference lib="dom" />
/** A map on the page: its loss, its canvas, its numbers. */
import { type ExportFormat, EXPORTS, type MapReport, type ToWorker } from "../messages.ts";
import {
  counts,
  LOSS_KINDS,
  LOSSES,
  type LossKind,
  mapOf,
  type MapSettings,
} from "../settings/losses.ts";
import { h } from "./element.ts";
import { onPixels } from "./browser/resolution.ts";
import { listenToHands } from "./hands/canvas_hands.ts";
import { Pointing } from "./hands/pointing.ts";
import { type FieldControl, fieldControl, measured } from "./field_control.ts";

/** What a card asks the page to do. */
export interface CardEvents {
  changed(map: MapSettings, restarts: boolean): void;
  remove(): void;
  export(format: ExportFormat): void;
  copyCommand(): void;
  send(message: ToWorker): void;
}

/** A number with its name. */
interface Figure {
  element: HTMLElement;
  set(text: string): void;
}

const LETTERS = "ABCD";

/** A map's card. */
export class MapCard {
  readonly element: HTMLElement;
  readonly canvas = h("canvas", { tabindex: 0, role: "img" });
  /** Device pixels of the canvas for each pixel of the page, as the worker was told last. */
  pixel = 1;
  readonly #index: number;
  readonly #events: CardEvents;
  #map: MapSettings;
  readonly #select: HTMLSelectElement;
  readonly #about = h("p", { class: "about" });
  readonly #tested = h("p", { class: "about" });
  readonly #fields = h("div", { class: "fields" });
  readonly #controls = new Map<string, FieldControl>();
  readonly #figures: Record<"logit" | "center" | "ratio", Figure>;
  readonly #scale = h("span", { class: "scale", "aria-hidden": "true" });
  readonly #removeButton: HTMLButtonElement;
  #classes: readonly string[] = [];
  /** What is asked about places on it. */
  readonly pointing = new Pointing((place) =>
    this.#events.send({ kind: "point", map: this.#index, place })
  );

  constructor(index: number, map: MapSettings, events: CardEvents) {
    this.#index = index;
    this.#map = map;
    this.#events = events;
    this.#select = h("select", {
      "aria-label": `Loss of map ${LETTERS[index]}`,
      onchange: () => {
        this.set(mapOf(LOSS_KINDS[this.#select.selectedIndex]));
        events.changed(this.#map, true);
      },
    });
    for (const kind of LOSS_KINDS) this.#select.append(h("option", {}, LOSSES[kind].title));
    this.#removeButton = h("button", {
      ...{ class: "quiet", "aria-label": `Remove map ${LETTERS[index]}`, title: "Remove this map" },
      onclick: () => events.remove(),
    }, "×");
    this.#figures = {
      logit: figure("right by logit", "Accuracy on the samples that were seen last"),
      center: figure("right by center", "Accuracy on the same samples, by the nearest center"),
      ratio: figure(
        "within / between",
        "Spread within classes, divided by the spread between them",
      ),
    };
    this.element = h(
      "article",
      { class: "map", "aria-label": `Map ${LETTERS[index]}`, style: `--mine: var(--map-${index})` },
      h(
        "header",
        {},
        h("b", { class: "letter", "aria-hidden": "true" }, LETTERS[index]),
        this.#select,
        this.#menu(),
        this.#removeButton,
      ),
      h("div", { class: "view" }, this.canvas, this.#scale),
      h("div", { class: "figures" }, ...Object.values(this.#figures).map(({ element }) => element)),
      this.#tested,
      this.#fields,
      this.#about,
    );
    const { canvas, pointing } = this;
    listenToHands({ canvas, pointing, map: index, pixel: () => this.pixel }, events.send);
    onPixels(canvas, () => this.measure());
    this.set(map);
  }

  /** Shows another loss. */
  set(map: MapSettings): void {
    const same = this.#controls.size > 0 && map.kind === this.#map.kind;
    this.#map = map;
    this.#select.selectedIndex = LOSS_KINDS.indexOf(map.kind);
    const { about, formula } = LOSSES[map.kind];
    this.#about.replaceChildren(about, " ", h("code", {}, formula));
    if (same) {
      for (const [name, control] of this.#controls) control.set(map.values[name]);
      return;
    }
    this.#controls.clear();
    for (const [name, field] of Object.entries(LOSSES[map.kind].fields)) {
      this.#controls.set(
        name,
        fieldControl(field, map.values[name], (value) => {
          this.#map = { ...this.#map, values: { ...this.#map.values, [name]: value } };
          this.#showFields();
          this.#events.changed(this.#map, false);
        }),
      );
    }
    this.#fields.replaceChildren(...[...this.#controls.values()].map(({ element }) => element));
    this.#showFields();
  }

  /** The kind of loss. */
  get kind(): LossKind {
    return this.#map.kind;
  }

  /** Takes the focus. */
  focus(): void {
    this.#select.focus();
  }

  /** Whether it may be taken away. */
  set removable(on: boolean) {
    this.#removeButton.hidden = !on;
  }

  /** A training of these classes begins: there are no numbers yet. */
  begin(classes: readonly string[]): void {
    this.#classes = classes;
    this.pointing.begin();
    for (const figure of Object.values(this.#figures)) figure.set("–");
    this.#tested.textContent = this.#scale.textContent = "";
    this.canvas.setAttribute(
      "aria-label",
      `Map ${LETTERS[this.#index]}, ${LOSSES[this.kind].title}: nothing is trained yet`,
    );
  }

  /** Shows the numbers of a report: of the end of an epoch, where that is shown. */
  report(report: MapReport): void {
    const { step, byLogit, byCenter, ratio, test } = report.past ?? report;
    const percent = (share: number) =>
      Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : "–";
    const figures = this.#figures;
    figures.logit.set(report.readsLogits ? percent(byLogit) : "–");
    figures.center.set(percent(byCenter));
    figures.ratio.set(Number.isFinite(ratio) ? measured(ratio) : "–");
    const tested = test && [
      ...report.readsLogits ? [`${percent(test.byLogit)} by logit`] : [],
      `${percent(test.byCenter)} by center`,
    ];
    this.#tested.textContent = tested
      ? `Test images after ${report.past ? "this" : "the last"} epoch: ${tested.join(", ")}.`
      : "";
    this.#scale.textContent = typeof report.shown === "number"
      ? `± ${measured(report.shown)}`
      : report.shown;
    this.canvas.setAttribute(
      "aria-label",
      `Map ${LETTERS[this.#index]}, ${
        LOSSES[this.kind].title
      }: ${this.#classes.length} classes after ` +
        `${step} steps, ${percent(byCenter)} right by the nearest center`,
    );
  }

  /** Tells the worker how large the canvas is. */
  measure(): void {
    const pixel = this.pixel = Math.min(devicePixelRatio, 2); // more are not seen
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight].map((side) =>
      Math.max(1, Math.round(side * pixel))
    );
    this.#events.send({ kind: "size", map: this.#index, width, height, pixel });
  }

  /** Shows the settings that count. */
  #showFields(): void {
    for (const [name, { element }] of this.#controls) element.hidden = !counts(this.#map, name);
  }

  #menu(): HTMLElement {
    const item = (text: string, act: () => void) =>
      h("button", {
        onclick: () => {
          menu.open = false;
          summary.focus(); // what had the focus is hidden
          act();
        },
      }, text);
    const summary = h(
      "summary",
      { "aria-label": `Export map ${LETTERS[this.#index]}`, title: "Export" },
      "⤓",
    );
    const menu = h(
      "details",
      { class: "menu" },
      summary,
      h(
        "div",
        {},
        item("Copy the command", () => this.#events.copyCommand()),
        ...EXPORTS.map((format) => item(`Save as ${format}`, () => this.#events.export(format))),
      ),
    );
    return menu;
  }
}

function figure(name: string, help: string): Figure {
  const value = h("b", {}, "–");
  const element = h("div", { title: help }, h("span", {}, name), value);
  return { element, set: (text) => value.textContent = text };
}
