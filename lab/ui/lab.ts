/// <reference lib="dom" />
/** The page: what a visitor turns goes to the worker, and what the worker tells is shown. */
import type { FromWorker, ToWorker } from "../messages.ts";
import { openAddress, toAddress } from "../settings/address.ts";
import { commandOf } from "../settings/command.ts";
import { LOSS_KINDS, mapOf, type MapSettings } from "../settings/losses.ts";
import {
  type ControlName,
  CONTROLS,
  LIVE,
  MOST_MAPS,
  otherSize,
  type Settings,
  sized,
} from "../settings/settings.ts";
import { AddressBar } from "./browser/address_bar.ts";
import { copyText } from "./browser/copy.ts";
import { byId, h } from "./element.ts";
import { type FieldControl, fieldControl } from "./field_control.ts";
import { Legend } from "./legend.ts";
import type { CardEvents } from "./map_card.ts";
import { MapCards } from "./map_cards.ts";
import { Notice } from "./notice.ts";
import { Panel } from "./panel.ts";
import { Plots } from "./plots.ts";
import { playRecorded } from "./recorded.ts";
import { save } from "./browser/save.ts";
import { Scrubber } from "./scrubber.ts";
import { Status } from "./status.ts";
import { Tip } from "./tip.ts";
import { TourGuide } from "./tour_guide.ts";
import { Transport } from "./transport.ts";

/** The page's state and its parts. */
export class Lab {
  #settings: Settings;
  #playing = true;
  readonly #worker: Worker;
  readonly #addMap: HTMLButtonElement;
  readonly #maps = byId("maps");
  readonly #cards = new MapCards(
    this.#maps,
    (index) => this.#cardEvents(index),
    (canvas, map) => this.#send({ kind: "canvas", map, canvas }, [canvas]),
  );
  readonly #notice = new Notice(byId("notice"));
  readonly #legend = new Legend(byId("legend"), (hidden) => this.#hide(hidden));
  readonly #plots = new Plots(byId("curves"));
  readonly #panel: Panel;
  readonly #seed: FieldControl;
  readonly #tip = new Tip();
  readonly #scrubber = new Scrubber((epoch) => this.#send({ kind: "scrub", epoch }));
  readonly #status = new Status();
  readonly #transport = new Transport({
    play: () => this.#play(!this.#playing),
    step: () => this.#step(),
    restart: () => this.#begin(),
  });
  #classes: string[] = [];
  #hasOwn = false;
  #epoch = 1;
  readonly #address = new AddressBar(() => this.#open());
  /** Whether the address named nothing, so that the page may choose. */
  readonly #free = this.#address.hash === "";
  #software = false;
  #ready = false;
  /** Whether nothing trains any more, and a recorded run plays. */
  #recorded = false;

  constructor(worker: Worker) {
    this.#worker = worker;
    const { settings, words } = openAddress(this.#address.hash, false);
    this.#settings = settings;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#hear(data);
    worker.onerror = ({ message }) =>
      this.#failed({ kind: "failed", message: message || "The worker cannot run", why: "error" });
    this.#addMap = h("button", { class: "wide", onclick: () => this.#add() }, "+ Add a map");
    this.#seed = fieldControl(CONTROLS.seed, settings.shared.seed, (v) => this.#turn("seed", v));
    byId("seed").append(this.#seed.element);
    this.#panel = new Panel(byId("panel"), settings, {
      turn: (name, value) => this.#turn(name, value),
      digit: (pixels) => this.#send({ kind: "digit", pixels }),
      files: (files) => this.#send({ kind: "files", files }),
      say: (message) => this.#notice.say(message, "run"),
      addMap: this.#addMap,
    });
    new TourGuide(
      byId("tour"),
      this.#panel.tourButton,
      (settings) => this.#take(this.#software ? sized(settings, "small") : settings),
    );
    byId("link").addEventListener("click", () => {
      const link = `${location.href.split("#")[0]}#${toAddress(this.#settings)}`;
      copyText(link, "The link is copied: it repeats this run.", this.#notice);
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#look());
    if (words) this.#notice.say(words);
    this.#look();
    this.#begin();
  }

  #send(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  /** Another address was given. */
  #open(): void {
    if (this.#recorded) return;
    const { settings, words } = openAddress(this.#address.hash, this.#hasOwn);
    this.#take(settings);
    if (words) this.#notice.say(words);
  }

  /** Other settings, from the address or the tour. */
  #take(settings: Settings, playing = true): void {
    this.#settings = settings;
    this.#panel.set(settings);
    this.#seed.set(settings.shared.seed);
    this.#playing = playing;
    this.#begin();
  }

  /** A control that all maps share. */
  #turn(name: ControlName, value: number | string): void {
    this.#settings.shared[name] = value;
    if (LIVE.has(name)) this.#change();
    else this.#begin();
  }

  /** The worker has an adapter: a page that may choose opens with what a processor can do. */
  #meet({ adapter, software }: Extract<FromWorker, { kind: "ready" }>): void {
    this.#status.adapter = adapter;
    this.#software = software;
    this.#ready = true;
    const small = software && this.#free;
    this.#take(small ? sized(this.#settings, "small") : this.#settings, this.#playing);
    if (!software) return;
    const other = otherSize(this.#settings);
    const change = () => this.#take(sized(this.#settings, other));
    this.#notice.software(adapter, other === "full", change);
  }

  /** Goes on with other rates and weights. */
  #change(): void {
    this.#send({ kind: "change", settings: this.#settings });
    this.#address.show(this.#settings);
  }

  /** Trains from the first step. */
  #begin(): void {
    if (this.#recorded) return;
    const { maps } = this.#settings;
    this.#cards.show(maps);
    this.#addMap.hidden = maps.length >= MOST_MAPS;
    this.#status.begin();
    this.#notice.clear("run");
    this.#tip.hide();
    this.#scrubber.set([]);
    this.#transport.playing = this.#playing;
    if (!this.#ready) return;
    this.#send({ kind: "start", settings: this.#settings, playing: this.#playing });
    this.#address.show(this.#settings);
  }

  /** What the card at a place asks for. */
  #cardEvents(index: number): CardEvents {
    return {
      changed: (map, restarts) => {
        this.#settings.maps[index] = map;
        if (restarts) this.#begin();
        else this.#change();
      },
      remove: () => {
        const { maps } = this.#settings;
        maps.splice(index, 1);
        this.#begin();
        this.#cards.at(Math.min(index, maps.length - 1)).focus();
      },
      export: (format) => this.#send({ kind: "export", map: index, format }),
      copyCommand: () => this.#copyCommand(this.#settings.maps[index]),
      send: (message) => this.#send(message),
    };
  }

  #add(): void {
    const used = new Set(this.#settings.maps.map(({ kind }) => kind));
    this.#settings.maps.push(mapOf(LOSS_KINDS.find((kind) => !used.has(kind)) ?? "center"));
    this.#begin();
    if (this.#addMap.hidden) this.#cards.at(MOST_MAPS - 1).focus();
  }

  #play(on: boolean): void {
    if (this.#recorded) return;
    this.#playing = on;
    if (this.#ready) this.#send({ kind: "play", on });
    this.#transport.playing = this.#playing;
  }

  #look(): void {
    const { matches: dark } = matchMedia("(prefers-color-scheme: dark)");
    const { matches: still } = matchMedia("(prefers-reduced-motion: reduce)");
    this.#send({ kind: "look", hidden: Number(this.#settings.shared.hidden), dark, still });
    this.#plots.draw();
  }

  /** Switches classes off, a bit for each. */
  #hide(hidden: number): void {
    this.#settings.shared.hidden = hidden;
    this.#legend.set(this.#classes, hidden);
    this.#look();
    this.#address.show(this.#settings);
  }

  #hear(message: FromWorker): void {
    switch (message.kind) {
      case "ready":
        return this.#meet(message);
      case "started":
        return this.#started(message);
      case "compiling":
        return this.#status.compiling(message);
      case "report":
        return this.#report(message);
      case "pointed":
        this.#tip.show(this.#cards.at(message.map), message.sample);
        return this.#cards.at(message.map).pointing.told();
      case "landed":
        return this.#panel.landed(message.maps, this.#classes);
      case "loaded":
        this.#notice.say(`Loaded ${message.what}. The files stay on this machine.`);
        this.#hasOwn = true;
        this.#panel.offerOwn();
        this.#settings.shared.data = "own";
        this.#panel.set(this.#settings);
        return this.#begin();
      case "exported":
        if (message.note) this.#notice.say(message.note, "run");
        return save(message.name, message.bytes, message.type);
      case "refused":
        if (message.stopped) this.#stop();
        return this.#notice.say(message.message, "run");
      case "failed":
        return this.#failed(message);
    }
  }

  #started({ classNames, shape }: Extract<FromWorker, { kind: "started" }>): void {
    this.#classes = classNames;
    this.#plots.clear();
    this.#epoch = 1;
    this.#tip.begin(classNames, shape);
    this.#hide(Number(this.#settings.shared.hidden));
    this.#panel.begin(shape);
    this.#cards.begin(classNames);
    // A report of the training before may have come since this one was asked for.
    this.#scrubber.set([]);
    if (!this.#playing) this.#status.waiting();
  }

  #report(message: Extract<FromWorker, { kind: "report" }>): void {
    const { maps, snapshots, frames } = message;
    // Whoever watches the page, a test or a recorder, hears all numbers.
    document.dispatchEvent(new CustomEvent("report", { detail: message }));
    maps.forEach((report, i) => this.#cards.at(i)?.report(report));
    this.#plots.add(maps);
    this.#status.report(message);
    const [{ step, epoch }] = maps;
    this.#epoch = epoch;
    Object.assign(document.body.dataset, { step, frames });
    this.#scrubber.set(snapshots);
  }

  #failed({ message, why }: Extract<FromWorker, { kind: "failed" }>): void {
    this.#stop();
    this.#notice.failed(message, why);
    if (why === "error") return;
    this.#recorded = true;
    playRecorded(this.#maps);
  }

  /** Shows that nothing trains any more. */
  #stop(): void {
    this.#playing = false;
    this.#transport.playing = this.#playing;
    this.#status.failed();
  }

  #copyCommand(map: MapSettings): void {
    copyText(commandOf(this.#settings, map, this.#epoch), "The command is copied.", this.#notice);
  }

  #step(): void {
    if (this.#recorded) return;
    this.#playing = false;
    this.#transport.playing = this.#playing;
    if (this.#ready) this.#send({ kind: "step" });
  }
}
