/// <reference lib="dom" />
/** What the worker does for the page: trains maps in step with each other, draws them, and answers. */
import { Diverged, RunError } from "../../src/base/errors.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import type { ExportFormat, FromWorker, GivenFile, MapReport, ToWorker } from "../messages.ts";
import { LOSSES } from "../settings/losses.ts";
import { type Settings, showsDirections } from "../settings/settings.ts";
import { toAddress } from "../settings/address.ts";
import type { MapPainter } from "../draw/map_painter.ts";
import { gpuPainters } from "../draw/painter.ts";
import { plainPainters } from "../draw/plain/painter.ts";
import { exported } from "./export.ts";
import { imagesOf } from "./images.ts";
import type { LiveMap } from "./live_map.ts";
import { mapsOf } from "./maps_of.ts";
import { Pace } from "./pace.ts";
import { Thinned } from "../thinned.ts";
import { Marks, type Moment } from "./marks.ts";
import { MOST_ROWS, MOST_SNAPSHOTS, type Snapshot } from "./snapshot.ts";
import { Stage } from "./stage.ts";

/** Types of files that have one. */
const TYPES: Partial<Record<ExportFormat, string>> = { gif: "image/gif", csv: "text/csv" };
const LIVE_FILE =
  "The file holds the training as it is now, and not the end of the epoch that is shown.";
/** Milliseconds between two reports; and between two frames where the processor draws: it trains, too. */
const REPORT_MS = 100, PLAIN_FRAME_MS = 80;

/** Trains, draws and answers. */
export class Session {
  readonly stage: Stage;
  readonly #gpu: Gpu;
  readonly #post: (message: FromWorker) => void;
  readonly #pace = new Pace();
  #settings: Settings | undefined;
  #maps: LiveMap[] = [];
  #snapshots: Thinned<Snapshot>[] = [];
  #own: Sets | undefined;
  #playing = false;
  /** Whether a loss became infinite: no further step repairs that. */
  #diverged = false;
  /** Whether a loop trains: one is enough, however often the page begins anew. */
  #going = false;
  #busy: Promise<void> = Promise.resolve();
  #reported = 0;
  /** The snapshot of each map that is shown instead of the live training; held here, as the list of kept ones may drop it. */
  #past: Snapshot[] | undefined;
  readonly #marks: Marks;

  constructor(gpu: Gpu, post: (message: FromWorker) => void) {
    this.#gpu = gpu;
    this.#post = post;
    this.stage = gpu.adapter.software
      ? new Stage(plainPainters, PLAIN_FRAME_MS)
      : new Stage(gpuPainters(gpu.device), 0);
    this.#marks = new Marks(this.stage, post);
  }

  /** What is shown. */
  get #moment(): Moment {
    return { maps: this.#maps, past: this.#past };
  }

  /** Does one thing after the other: none meets maps that are half made. */
  do<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#busy.then(act);
    this.#busy = done.then(() => {}, () => {});
    return done;
  }

  /** Begins anew. */
  async start(settings: Settings, playing: boolean): Promise<void> {
    this.#playing = this.#diverged = false;
    this.stage.clear();
    for (const map of this.#maps.splice(0)) map.dispose();
    this.#gpu.takeFailure(); // what went wrong with those says nothing of the next
    this.#past = undefined;
    this.#settings = settings;
    const sets = imagesOf(settings.shared, this.#own);
    this.#maps = mapsOf(settings, sets);
    this.#snapshots = this.#maps.map(() => new Thinned(MOST_SNAPSHOTS));
    const { classNames, count, height, width, channels } = sets.train;
    this.#marks.begin(height * width * channels);
    await this.stage.begin(this.#maps, classNames);
    this.#setLooks();
    const shape = { height, width, channels };
    this.#post({ kind: "started", classNames, images: count, shape });
    this.play(playing);
  }

  /** Goes on with other rates, weights and regions; begins anew where a loss cannot take another number on its way. */
  async change(settings: Settings): Promise<void> {
    this.#settings = settings;
    try {
      this.#maps.forEach((map, i) => map.change(settings, settings.maps[i]));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return await this.start(settings, this.#playing);
    }
    this.#setLooks();
    // Numbers and view of a map that stands still may be of other settings now.
    if (!this.#playing && this.#trains && this.#maps[0].steps > 0) await this.#report();
  }

  /** Whether steps can be made; else a training begins anew, or says why none can. */
  get #trains(): boolean {
    return this.#maps.length > 0 && !this.#diverged;
  }

  /** Trains, or stops. */
  play(on: boolean): Promise<void> | void {
    if (on && !this.#trains) return this.start(this.#settings!, on);
    this.#playing = on;
    if (on && !this.#going) this.#go();
  }

  /** A single step of every map. */
  async step(): Promise<void> {
    this.#playing = false;
    if (!this.#trains) return await this.start(this.#settings!, false);
    await this.#advance(1);
    await this.#report();
  }

  /** Says what a visitor points at. */
  point(message: Extract<ToWorker, { kind: "point" }>): Promise<void> {
    return this.#marks.point(this.#moment, message);
  }

  /** Follows a digit that was drawn, from now on. */
  follow(pixels?: Uint8Array): Promise<void> {
    return this.#marks.follow(this.#moment, pixels);
  }

  /** Shows the end of an epoch, or of the next one that was kept; without an epoch what is live. */
  async scrub(epoch = Infinity): Promise<void> {
    const kept = this.#snapshots.map(({ items }) => items.find((it) => it.numbers.epoch >= epoch));
    this.#past = kept.every((it) => it) ? kept as Snapshot[] : undefined;
    this.stage.show(this.#past);
    this.#marks.turn(this.#moment);
    await this.#report();
  }

  /** Takes images that were dropped; the page then begins anew with them. */
  async load(files: readonly GivenFile[]): Promise<void> {
    const { setsOf } = await import("./own_files.ts");
    const { note, ...own } = await setsOf(files), { train, test } = this.#own = own;
    const what =
      `${train.count} training and ${test.count} test images of ${train.height}x${train.width} pixels, ` +
      `${train.classNames.length} classes${note ? `; ${note}` : ""}`;
    this.#post({ kind: "loaded", what });
  }

  /** Hands out a file. */
  async export({ map, format }: Extract<ToWorker, { kind: "export" }>): Promise<void> {
    const of = this.#maps[map], settings = this.#settings;
    if (!settings) return;
    if (!of) throw new RunError("There is nothing to save: nothing trains, and Play says why");
    const { kind } = settings.maps[map], { hidden } = this.stage.look;
    const bytes = await exported(format, {
      ...{ map: of, title: LOSSES[kind].title, snapshots: this.#snapshots[map].items },
      ...{
        address: toAddress({ ...settings, shared: { ...settings.shared, hidden } }),
        directions: showsDirections(settings, settings.maps[map]),
      },
    });
    const type = TYPES[format] ?? "application/octet-stream";
    const note = format !== "gif" && this.#past ? LIVE_FILE : undefined;
    this.#post({ kind: "exported", name: `centerlab-${kind}.${format}`, type, bytes, note });
  }

  async #go(): Promise<void> {
    this.#going = true;
    try {
      while (this.#playing) {
        await this.do(async () => {
          if (!this.#playing) return;
          const start = performance.now();
          await this.#advance(this.#pace.steps);
          await this.#idle();
          this.#pace.took(performance.now() - start);
          if (performance.now() - this.#reported >= REPORT_MS) await this.#report();
        });
        // A message of the page, and a frame, come in between.
        await new Promise((resolve) => setTimeout(resolve));
      }
      this.#going = false;
      await this.do(() => this.#report());
    } catch (error) {
      this.#going = false;
      await this.fail(error);
    }
  }

  /** Waits until the GPU has done what was encoded. */
  #idle(): Promise<unknown> {
    this.#gpu.flush();
    return this.#gpu.device.queue.onSubmittedWorkDone();
  }

  /** Says why nothing goes on; or what was `asked` for cannot be done, which stops nothing. */
  async fail(error: unknown, asked = false): Promise<void> {
    this.#playing &&= asked;
    const lost = await this.#gpu.lossBehind(error);
    const { message } = (lost ?? error) as Error;
    // A loss that became infinite ends a run, and not the page: another may begin.
    if (!lost && (asked || error instanceof RunError)) {
      this.#post({ kind: "refused", message, stopped: !asked });
    } else this.#post({ kind: "failed", message, why: lost ? "lost" : "error" });
  }

  /** Encodes steps of all maps, by turns, to the end of an epoch at the most. */
  async #advance(steps: number): Promise<void> {
    for (let done = 0; done < steps; done++) {
      for (const map of this.#maps) {
        await map.step(({ kernel, number, of }) =>
          this.#post({ kind: "compiling", kernel, number, of })
        );
      }
      if (this.#maps[0].atEnd) break;
    }
    await this.stage.take(this.#maps);
    if (this.#maps[0].atEnd) await this.#endEpoch();
  }

  async #endEpoch(): Promise<void> {
    for (const [i, map] of this.#maps.entries()) {
      await this.#read(i);
      await map.evaluate();
      this.#snapshots[i].add(await map.snapshot(MOST_ROWS));
    }
    await this.#report();
  }

  /** Reads what the steps of a map left behind. */
  async #read(map: number): Promise<void> {
    try {
      await this.#maps[map].read();
    } catch (error) {
      if (!(error instanceof Diverged)) throw error;
      this.#diverged = true;
      throw new RunError(`Map ${"ABCD"[map]}: ${error.message}. Play then begins anew`);
    }
  }

  async #report(): Promise<void> {
    if (this.#maps.length === 0) return;
    const reports: MapReport[] = [], dim = Number(this.#settings!.shared.features);
    for (const [i, map] of this.#maps.entries()) {
      await this.#read(i);
      const painter = this.stage.painter(i), past = this.#past?.[i];
      const { measures, centers } = past ?? map;
      if (measures) painter?.camera.follow(measures, centers, dim);
      reports.push(map.report(shownBy(painter), past?.numbers));
    }
    await this.#marks.land(this.#moment);
    this.#reported = performance.now();
    this.#post({
      ...{ kind: "report", maps: reports },
      snapshots: this.#snapshots[0].items.map(({ numbers }) => numbers.epoch),
      ...{ playing: this.#playing, frames: this.stage.frames },
    });
  }

  #setLooks(): void {
    const settings = this.#settings!;
    this.#maps.forEach((map, i) => {
      const painter = this.stage.painter(i), region = map.region(settings.shared.regions);
      if (!painter) return;
      const directions = showsDirections(settings, settings.maps[i]);
      painter.look = { ...painter.look, region, directions };
      painter.camera.showDirections(directions, Number(settings.shared.features));
    });
    this.stage.redraw();
  }
}

/** Half a side of what a map shows; or directions, which have no length. */
function shownBy(painter: MapPainter | undefined): MapReport["shown"] {
  return painter?.look.directions ? "directions" : painter?.camera.aim.half ?? 1;
}
