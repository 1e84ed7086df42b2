/** The event file of a run: what TensorBoard shows of it while it goes on. */
import { readIfThere } from "../../src/base/files.ts";
import type { Sets } from "../../src/dataset/image_set.ts";
import type { Plan } from "../plan/plan.ts";
import type { RunFolder } from "../run_folder/run_folder.ts";
import { encodeEvent, fileVersion, readEvent } from "./event.ts";
import { EPOCH_TAG, epochEvents } from "./epoch_events.ts";
import { hparamsAtEnd, hparamsAtStart } from "./hparams.ts";
import { recordOf, recordsIn } from "./tf_record.ts";

/** Its name in the run folder; TensorBoard looks for `tfevents` in names. */
export const EVENTS = "events.out.tfevents.centerlab";

const METRICS = ["test/accuracy_by_logit", "test/accuracy_by_nearest_center"];
/** A tag of the event that begins a run. */
const START_TAG = "_hparams_/session_start_info";
const now = () => Date.now() / 1000;

/**
 * Writes the event file, epoch by epoch and record by record, so that it can be read while the run goes on.
 *
 * What it shows stands in the tables too. So a file that lacks epochs, because it was deleted, damaged or the run was killed
 * before it was written, gets them from there; their maps and features alone may be gone.
 */
export class RunEvents {
  readonly #folder: RunFolder;
  readonly #plan: Plan;
  readonly #sets: Sets;
  /** Bytes of the file so far. */
  #end = 0;

  constructor(folder: RunFolder, plan: Plan, sets: Sets) {
    this.#folder = folder;
    this.#plan = plan;
    this.#sets = sets;
  }

  /** Begins the file, or takes it up after the epochs that are finished. */
  async start(finished: number): Promise<void> {
    const file = await readIfThere(this.#folder.file(EVENTS));
    let last = 0;
    for (const { bytes, end } of recordsIn(file ?? new Uint8Array(0))) {
      const { step, tags } = readEvent(bytes);
      const begins = tags.includes(START_TAG);
      const next = tags.includes(EPOCH_TAG) && step === last + 1 && step <= finished;
      if (begins || next && this.#end > 0) this.#end = end;
      if (next) last = step;
    }
    if (this.#end === 0) {
      last = 0;
      const time = now(), values = hparamsAtStart(this.#plan, METRICS, time);
      await this.#append([fileVersion(time), encodeEvent({ time, step: 0, values })]);
    }
    for (let epoch = last + 1; epoch <= finished; epoch++) await this.epoch(epoch);
    if (file && file.length > this.#end) await this.#append([]);
  }

  /** Adds an epoch, after its tables, features and maps were written. */
  async epoch(epoch: number): Promise<void> {
    const events = await epochEvents(this.#folder, this.#plan, this.#sets, epoch, now());
    await this.#append(events.map(encodeEvent));
  }

  /** Says that the run is finished. */
  async finish(): Promise<void> {
    const time = now();
    await this.#append([
      encodeEvent({ time, step: this.#plan.epochs, values: [hparamsAtEnd(time)] }),
    ]);
  }

  async #append(events: readonly Uint8Array[]): Promise<void> {
    const records = events.map(recordOf);
    const all = new Uint8Array(records.reduce((sum, { length }) => sum + length, 0));
    records.reduce((at, record) => (all.set(record, at), at + record.length), 0);
    await this.#folder.append(EVENTS, this.#end, all);
    this.#end += all.length;
  }
}
