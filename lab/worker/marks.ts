/** What a visitor pointed at or drew, on the maps. */
import type { Mark } from "../draw/map_painter.ts";
import type { FromWorker, ToWorker } from "../messages.ts";
import type { LiveMap } from "./live_map.ts";
import { describeRow, REACH, rowAt } from "./pointing.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Stage } from "./stage.ts";

/** What the maps show: the training as it is now, or, of each of them, the end of an epoch. */
export interface Moment {
  maps: readonly LiveMap[];
  past?: readonly Snapshot[];
}

/** Marks of all maps. */
export class Marks {
  readonly #stage: Stage;
  readonly #post: (message: FromWorker) => void;
  /** Pixels of an image, and a digit that was drawn. */
  #pixels = 0;
  #digit: Uint8Array | undefined;
  #landed: Mark[] = [];
  #pointed: Mark[][] = [];

  constructor(stage: Stage, post: (message: FromWorker) => void) {
    this.#stage = stage;
    this.#post = post;
  }

  /** Begins anew, on images of so many pixels. */
  begin(pixels: number): void {
    this.#pixels = pixels;
    this.#landed = [];
    this.#pointed = [];
  }

  /** Says what a visitor points at. */
  async point(
    moment: Moment,
    { map, place, far }: Omit<Extract<ToWorker, { kind: "point" }>, "kind">,
  ): Promise<void> {
    const live = moment.maps[map];
    if (!live) return this.#post({ kind: "pointed", map });
    this.#pointed[map] = [];
    let sample;
    if (place) {
      const past = moment.past?.[map], rows = past ?? await live.copied();
      const projection = this.#stage.projection(map);
      const row = rowAt(rows, place, projection, this.#stage.look.hidden, far ? Infinity : REACH);
      if (row !== undefined) {
        const { readsLogits } = live.objective, { centers } = past ?? live;
        sample = describeRow(live.set, rows, row, { centers, readsLogits, projection });
        const at = row * rows.stride;
        this.#pointed[map] = [{ place: Array.from(rows.table.subarray(at, at + rows.dim)) }];
      }
    }
    this.#show(moment, map);
    this.#post({ kind: "pointed", map, sample });
  }

  /** Follows a digit that was drawn, from now on. */
  async follow(moment: Moment, pixels?: Uint8Array): Promise<void> {
    this.#digit = pixels;
    await this.land(moment);
  }

  /** Where the drawn digit is on each map, now. */
  async land(moment: Moment): Promise<void> {
    if (this.#digit?.length !== this.#pixels) this.#digit = undefined; // drawn for images of another size
    const pixels = this.#digit;
    if (!pixels && this.#landed.length === 0) return;
    this.#landed = [];
    if (pixels) {
      const landed = [];
      for (const map of moment.maps) {
        if (map.centers.length === 0) return;
        const { feature, ...words } = await map.land(pixels);
        this.#landed.push({ place: Array.from(feature), label: words.byLogit ?? words.byCenter });
        landed.push(words);
      }
      this.#post({ kind: "landed", maps: landed });
    }
    moment.maps.forEach((_, i) => this.#show(moment, i));
  }

  /** Another moment is shown: nothing is pointed at there. */
  turn(moment: Moment): void {
    this.#pointed = [];
    moment.maps.forEach((_, map) => {
      this.#post({ kind: "pointed", map });
      this.#show(moment, map);
    });
  }

  #show({ past }: Moment, map: number): void {
    // Of a past moment the network is gone that would place a digit.
    const digit = past ? undefined : this.#landed[map];
    this.#stage.mark(map, [...this.#pointed[map] ?? [], ...(digit ? [digit] : [])]);
  }
}
