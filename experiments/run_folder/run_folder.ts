/** The folder of a run: what an epoch leaves in it, and how a run is taken up from it. */
import { isThere, onDisk, readIfThere } from "../../src/base/files.ts";
import { sha256 } from "../../src/base/sha256.ts";
import type { EpochResult } from "../../src/train/epoch_result.ts";
import type { Trainer } from "../../src/train/trainer.ts";
import type { Plan } from "../plan/plan.ts";
import { type Checkpoint, checkpointOf, readCheckpoint, type RunState } from "./checkpoint.ts";
import type { Config } from "./config.ts";
import { confusionTable } from "./class_pairs.ts";
import type { EpochCsv } from "./epoch_csv.ts";
import { TIMING } from "./epoch_time.ts";
import { keepsPredictions, PREDICTION_WIDTH } from "./epoch_samples.ts";
import { encodeRows, keptFeatures } from "./features.ts";
import { clear, namesIn } from "./folder_contents.ts";
import { GuardedFolder } from "./guarded_folder.ts";
import type { FolderLock } from "./lock.ts";
import { BEST, CONFIG, CONFUSION, epochFile, LAST } from "./path.ts";
import { refusal } from "./refusal.ts";
import {
  type Failure,
  FAILURE_NAME,
  MEASURES_NAME,
  type Summary,
  SUMMARY_NAME,
} from "./run_summary.ts";
import { RunTables } from "./tables.ts";

/** A run folder, open for writing. */
export class RunFolder extends GuardedFolder {
  /** Its CSV files. */
  readonly tables: RunTables;

  /** @param lock Held by this process; not needed to read. */
  constructor(path: string, plan: Plan, lock?: Pick<FolderLock, "check">) {
    super(path, lock);
    this.tables = new RunTables(path, plan);
  }

  /** A line an epoch. */
  get metrics(): EpochCsv {
    return this.tables.metrics;
  }

  /** How many exponents were clamped in all training steps, of how many samples; none where the loss has no such count. */
  clamped(): { clamped: number; samples: number } {
    return this.tables.clamped();
  }

  /**
   * Writes the state before the first epoch, so that a run can be resumed from the very start.
   *
   * @param options Whether what an earlier run left there is deleted first, as late as can be; and what is called as soon
   * as the config is there, which is enough to resume.
   */
  async saveStart(
    state: RunState,
    trainer: Trainer,
    config: Config,
    { overwrite, written }: { overwrite: boolean; written: () => void },
  ): Promise<void> {
    const checkpoint = () => checkpointOf(state, trainer, config, {});
    const early = overwrite ? await checkpoint() : undefined;
    if (overwrite) {
      this.checkLock();
      await clear(this.path);
    }
    await this.keep(CONFIG, JSON.stringify(config, null, 2) + "\n");
    written();
    await this.keep(LAST, early ?? await checkpoint());
  }

  /**
   * Says in the config that the run has more epochs than when it was begun. A summary of it says nothing any more, nor do
   * measures of a network that trains on.
   *
   * @param epoch The last finished one.
   */
  async saveGrown(config: Config, epoch: number): Promise<void> {
    this.checkLock();
    for (const name of [SUMMARY_NAME, ...epoch < config.plan.epochs ? [MEASURES_NAME] : []]) {
      const file = this.file(name);
      if (await isThere(file)) await onDisk(`delete ${file}`, Deno.remove(file));
    }
    await this.keep(CONFIG, JSON.stringify(config, null, 2) + "\n");
  }

  /** Writes all that an epoch adds; the checkpoint comes last, because it is what a resume goes by. */
  async saveEpoch(
    result: EpochResult,
    state: RunState,
    trainer: Trainer,
    config: Config,
    seconds: number,
  ): Promise<void> {
    const { epoch } = state;
    this.tables.add(result, epoch, seconds);
    await this.#saveSamples(result, epoch, config.plan);
    // A checkpoint is the same whatever one's own classes are called, and whatever the clock says.
    if (result.test.labels.length > 0) {
      await this.keep(CONFUSION, confusionTable(result, config), { digest: !config.classNames });
    }
    for (const [name, text] of this.tables.texts()) {
      await this.keep(name, text, { digest: name !== TIMING });
    }
    const files = Object.fromEntries(this.digests);
    const checkpoint = await checkpointOf(state, trainer, config, files);
    await this.checkKept();
    if (state.best.epoch === epoch) await this.keep(BEST, checkpoint);
    await this.keep(LAST, checkpoint);
  }

  /**
   * Features, and predictions where the row's figures ask for them. Above two dimensions the features of the first samples
   * of each set, so that 100 epochs fit on a disk, but all of the last epoch's.
   */
  async #saveSamples({ train, test }: EpochResult, epoch: number, plan: Plan): Promise<void> {
    const dim = plan.recipe.featureDim;
    const all = { train: train.features, test: test.features };
    const features = epoch === plan.epochs ? all : keptFeatures(all, dim);
    await this.keep(epochFile("features", epoch), encodeRows(features, dim), { digest: true });
    if (!keepsPredictions(plan)) return;
    const predictions = { train: train.predictions, test: test.predictions };
    const rows = encodeRows(predictions, PREDICTION_WIDTH);
    await this.keep(epochFile("predictions", epoch), rows, { digest: true });
  }

  /** Writes how the run ended, after everything else: where it is, the run is finished and drawn. */
  async saveSummary(summary: Summary): Promise<void> {
    await this.checkKept();
    await this.write(SUMMARY_NAME, JSON.stringify(summary, null, 2) + "\n");
  }

  /** Writes why the run ended before its last epoch, so that nobody resumes it. */
  async saveFailure(failure: Failure): Promise<void> {
    await this.write(FAILURE_NAME, JSON.stringify(failure, null, 2) + "\n");
  }

  /**
   * The checkpoint that a run goes on from, compared with the files beside it; undefined where a kill came before the first one.
   *
   * @throws {RunError} When it is missing, broken, or another run's, or files are not as it says.
   */
  async load(config: Config): Promise<Checkpoint | undefined> {
    const last = await this.#readLast(config);
    if (!last) {
      if ((await namesIn(this.path)).every((name) => name === CONFIG)) return undefined;
      const state = `${this.file(LAST)} is not there, so there is nothing to resume`;
      throw refusal(state, "put it back");
    }
    await readCheckpoint(this.file(BEST), config);
    for (const name of [CONFIG, LAST, BEST, ...this.digests.keys()]) {
      if (await isThere(this.file(name))) this.kept.add(name);
    }
    return last;
  }

  /**
   * Compares the files of a finished run with its last checkpoint.
   *
   * @throws {RunError} When one is not as it was written, or not there. Runs of earlier versions left no digests.
   */
  async verify(config: Config): Promise<void> {
    const gone = (name: string) => refusal(`${this.file(name)} is not there`, "put it back");
    const best = await readCheckpoint(this.file(BEST), config);
    const last = await this.#readLast(config);
    if (!last) {
      if (config.images !== undefined || best) throw gone(LAST);
      return;
    }
    const { state: { epoch }, files } = last, { epochs } = config.plan;
    if (epoch < epochs) {
      throw refusal(
        `${
          this.file(LAST)
        } stands after epoch ${epoch}, but the run of ${epochs} epochs is finished`,
        "put the run's own back",
      );
    }
    for (const name of files ? [CONFUSION, ...Object.keys(files)] : []) {
      if (!await isThere(this.file(name))) throw gone(name);
    }
  }

  /** The last checkpoint, after the files beside it were compared with it. */
  async #readLast(config: Config): Promise<Checkpoint | undefined> {
    const last = await readCheckpoint(this.file(LAST), config);
    if (!last) return undefined;
    const { state: { epoch }, files } = last;
    await this.tables.load(epoch, files);
    for (const [name, digest] of Object.entries(files ?? {})) {
      this.digests.set(name, digest);
      await this.#compare(name, digest, epoch === config.plan.epochs);
    }
    return last;
  }

  /** Tables have been compared; of the rest, what is gone is said elsewhere, and a later epoch's is not looked at. */
  async #compare(name: string, digest: string, finished: boolean): Promise<void> {
    if (!name.includes("/") && !(name === CONFUSION && finished)) return;
    const bytes = await readIfThere(this.file(name));
    if (!bytes || digest === await sha256(bytes)) return;
    const state = `${this.file(name)} is damaged: its bytes are not those that were written`;
    throw refusal(state, "put the file back");
  }
}
