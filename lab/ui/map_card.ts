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
import { Pointing } from "./pointing.ts";
import { type FieldControl, fieldControl, shown } from "./field_control.ts";

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
  #dragged: { x: number; y: number; moved: boolean } | undefined;
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
    this.#listen();
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

  /** Shows the numbers of a report. */
  report(report: MapReport): void {
    const percent = (share: number) =>
      Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : "–";
    const { logit, center, ratio } = this.#figures;
    logit.set(report.readsLogits ? percent(report.byLogit) : "–");
    center.set(percent(report.byCenter));
    ratio.set(Number.isFinite(report.ratio) ? shown(report.ratio) : "–");
    const { test } = report, byLogit = test && report.readsLogits;
    this.#tested.textContent = test
      ? `Test images after the last epoch: ${
        byLogit ? `${percent(test.byLogit)} by logit, ` : ""
      }` +
        `${percent(test.byCenter)} by center.`
      : "";
    this.#scale.textContent = typeof report.shown === "number"
      ? `± ${shown(report.shown)}`
      : report.shown;
    this.canvas.setAttribute(
      "aria-label",
      `Map ${LETTERS[this.#index]}, ${
        LOSSES[this.kind].title
      }: ${this.#classes.length} classes after ` +
        `${report.step} steps, ${percent(report.byCenter)} right by the nearest center`,
    );
  }

  /** Tells the worker how large the canvas is. */
  measure(): void {
    const pixel = pixelRatio();
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
          act();
        },
      }, text);
    const menu = h(
      "details",
      { class: "menu" },
      h(
        "summary",
        { "aria-label": `Export map ${LETTERS[this.#index]}`, title: "Export" },
        "⤓",
      ),
      h(
        "div",
        {},
        item("Copy the command", () => this.#events.copyCommand()),
        ...EXPORTS.map((format) => item(`Save as ${format}`, () => this.#events.export(format))),
      ),
    );
    return menu;
  }

  #place({ clientX, clientY }: MouseEvent): [number, number] {
    const { left, top } = this.canvas.getBoundingClientRect(), pixel = pixelRatio();
    return [(clientX - left) * pixel, (clientY - top) * pixel];
  }

  #listen(): void {
    const { canvas } = this, map = this.#index, { send } = this.#events;
    canvas.addEventListener("pointerdown", (event) => {
      this.#dragged = { x: event.clientX, y: event.clientY, moved: false };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      const dragged = this.#dragged, pixel = pixelRatio();
      if (!dragged) return this.pointing.at(this.#place(event));
      const [dx, dy] = [event.clientX - dragged.x, event.clientY - dragged.y];
      if (!dragged.moved && Math.hypot(dx, dy) < 5) return;
      send({ kind: "drag", map, dx: dx * pixel, dy: dy * pixel });
      this.#dragged = { x: event.clientX, y: event.clientY, moved: true };
    });
    canvas.addEventListener("pointerup", (event) => {
      if (!this.#dragged?.moved) this.pointing.at(this.#place(event));
      this.#dragged = undefined;
    });
    canvas.addEventListener("pointercancel", () => this.#dragged = undefined);
    canvas.addEventListener("pointerleave", ({ pointerType }) => {
      // A finger that is lifted leaves, too: what it tapped stays.
      if (pointerType !== "mouse") return;
      this.pointing.leave();
      send({ kind: "point", map });
    });
    canvas.addEventListener("dblclick", () => send({ kind: "follow", map }));
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const factor = Math.exp(event.deltaY * 0.002);
      send({ kind: "zoom", map, factor, place: this.#place(event) });
    }, { passive: false });
    canvas.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.measure()).observe(canvas);
  }

  /** What a hand does with a mouse, by keys. */
  #key(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey } = event, map = this.#index, pixel = pixelRatio();
    const { clientWidth, clientHeight } = this.canvas;
    const place = [clientWidth / 2 * pixel, clientHeight / 2 * pixel] as const;
    const zoom = (factor: number): ToWorker => ({ kind: "zoom", map, factor, place });
    const drag = (dx: number, dy: number): ToWorker => (
      { kind: "drag", map, dx: dx * pixel, dy: dy * pixel }
    );
    const acts: Record<string, ToWorker> = {
      ...{ "+": zoom(0.8), "=": zoom(0.8), "-": zoom(1.25), "0": { kind: "follow", map } },
      ...{ ArrowLeft: drag(40, 0), ArrowRight: drag(-40, 0) },
      ...{ ArrowUp: drag(0, 40), ArrowDown: drag(0, -40) },
      ...{ Enter: { kind: "point", map, place, far: true }, Escape: { kind: "point", map } },
    };
    if (ctrlKey || metaKey || altKey || !Object.hasOwn(acts, key)) return;
    event.preventDefault(); // the page does not move
    this.#events.send(acts[key]);
  }
}

/** Device pixels of a canvas for each pixel of the page: more than two are not seen. */
function pixelRatio(): number {
  return Math.min(devicePixelRatio, 2);
}

function figure(name: string, help: string): Figure {
  const value = h("b", {}, "–");
  const element = h("div", { title: help }, h("span", {}, name), value);
  return { element, set: (text) => value.textContent = text };
}
