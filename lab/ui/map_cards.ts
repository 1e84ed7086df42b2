/// <reference lib="dom" />
/** The cards of all maps, by their places. */
import type { MapSettings } from "../settings/losses.ts";
import { type CardEvents, MapCard } from "./map_card.ts";

/** The cards on the page. */
export class MapCards {
  readonly #place: HTMLElement;
  readonly #events: (index: number) => CardEvents;
  readonly #handOver: (canvas: OffscreenCanvas, index: number) => void;
  readonly #cards: MapCard[] = [];

  /** `events` is what a card asks for; `handOver` takes its canvas, once. */
  constructor(
    place: HTMLElement,
    events: (index: number) => CardEvents,
    handOver: (canvas: OffscreenCanvas, index: number) => void,
  ) {
    this.#place = place;
    this.#events = events;
    this.#handOver = handOver;
  }

  /** The card at a place. */
  at(index: number): MapCard {
    return this.#cards[index];
  }

  /** Shows these maps, and no other ones. */
  show(maps: readonly MapSettings[]): void {
    maps.forEach((map, i) => this.#set(i, map));
    // Cards that are there stay: one that is taken out and put back loses the focus.
    const there = this.#place.children.length;
    this.#place.append(...this.#cards.slice(there, maps.length).map(({ element }) => element));
    for (const { element } of this.#cards.slice(maps.length)) element.remove();
    this.#cards.forEach((card) => card.removable = maps.length > 1);
    for (let i = 0; i < maps.length; i++) this.#cards[i].measure();
  }

  /** A training of these classes begins. */
  begin(classNames: readonly string[]): void {
    for (const card of this.#cards) card.begin(classNames);
  }

  /** Shows a map's settings; its card is made when it is used first. */
  #set(index: number, map: MapSettings): void {
    const known = this.#cards[index];
    if (known) return known.set(map);
    const card = this.#cards[index] = new MapCard(index, map, this.#events(index));
    this.#handOver(card.canvas.transferControlToOffscreen(), index);
  }
}
