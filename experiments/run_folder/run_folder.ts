/** The folder of a run: what an epoch leaves in it, and how a run is taken up from it. */
import { isThere, readIfThere } from "../../src/base/files.ts";
import { sha256 } from "../../src/base/sha256.ts";
import type { EpochResult, Trainer } from "../../src/train/trainer.ts";
import type { Plan } from "../plan/plan.ts";
import {
  type CheckpointFacts,
  checkpointOf,
  epochOf,
  loadCheckpoint,
  type RunState,
} from "./checkpoint.ts";
import type { Config } from "./config.ts";
import { confusionTable } from "./confusion.ts";
import type { EpochCsv } from "./epoch_csv.ts";
import { keepsPredictions, PREDICTION_WIDTH } from "./epoch_samples.ts";
import { encodeRows, keptFeatures } from "./features.ts";
import { clear, namesIn } from "./folder_contents.ts";
import { GuardedFolder } from "./guarded_folder.ts";
import type { FolderLock } from "./lock.ts";
import { BEST, CONFIG, CONFUSION, epochFile, LAST } from "./path.ts";
import { refusal } from "./refusal.ts";
import { type Summary, SUMMARY_NAME } from "./run_summary.ts";
import { RunTables } from "./tables.ts";

/** A run folder, open for writing. */
export class RunFolder extends GuardedFolder {
  readonly #tables: RunTables;

  /** @param lock Who may write into it; without one nobody else is looked for. */
  constructor(path: string, plan: Plan, lock?: Pick<FolderLock, "check">) {
    super(path, lock);
    this.#tables = new RunTables(path, plan);
  }

  /** A line an epoch. */
  get metrics(): EpochCsv {
    return this.#tables.metrics;
  }

  /** How many exponents were clamped in all training steps, of how many samples; none where the loss has no such count. */
  clamped(): { clamped: number; samples: number } {
    return this.#tables.clamped();
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

  /** Writes all that an epoch adds; the checkpoint comes last, because it is what a resume goes by. */
  async saveEpoch(
    result: EpochResult,
    state: RunState,
    trainer: Trainer,
    config: Config,
    seconds: number,
  ): Promise<void> {
    const { epoch } = state;
    this.#tables.add(result, { epoch, lr: result.lr, seconds });
    await this.#saveSamples(result, epoch, config.plan);
    await this.#tables.save((name, text) => this.keep(name, text));
    const confusion = confusionTable(result, config);
    // A checkpoint is the same whatever one's own classes are called.
    if (config.classNames) await this.keep(CONFUSION, confusion);
    else await this.keepWithDigest(CONFUSION, confusion);
    for (const [name, digest] of await this.#tables.digests()) this.digests.set(name, digest);
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
    await this.keepWithDigest(epochFile("features", epoch), encodeRows(features, dim));
    if (!keepsPredictions(plan)) return;
    const predictions = { train: train.predictions, test: test.predictions };
    const rows = encodeRows(predictions, PREDICTION_WIDTH);
    await this.keepWithDigest(epochFile("predictions", epoch), rows);
  }

  /** Writes how the run ended, after everything else: where it is, the run is finished and drawn. */
  async saveSummary(summary: Summary): Promise<void> {
    await this.checkKept();
    await this.write(SUMMARY_NAME, JSON.stringify(summary, null, 2) + "\n");
  }

  /** How many epochs the last checkpoint says are done; 0 where it says nothing that can be read. */
  async epochsDone(): Promise<number> {
    const bytes = await readIfThere(this.file(LAST));
    return bytes ? epochOf(bytes) : 0;
  }

  /**
   * Takes up a run at its last finished epoch; undefined where a kill came before the first checkpoint.
   *
   * @throws {RunError} When the checkpoint is missing, broken, or another run's, or files are not as it says.
   */
  async load(trainer: Trainer, config: Config): Promise<RunState | undefined> {
    const bytes = await readIfThere(this.file(LAST));
    if (!bytes) {
      if ((await namesIn(this.path)).every((name) => name === CONFIG)) return undefined;
      const state = `${this.file(LAST)} is not there, so there is nothing to resume`;
      throw refusal(state, "put it back");
    }
    const { state } = await this.#open(bytes, config, trainer);
    await this.#checkBest(config);
    for (const name of [CONFIG, LAST, BEST, ...this.digests.keys()]) {
      if (await isThere(this.file(name))) this.kept.add(name);
    }
    return state;
  }

  /**
   * Compares the files of a finished run with its last checkpoint.
   *
   * @throws {RunError} When one is not as it was written, or not there. Runs of earlier versions left no digests.
   */
  async verify(config: Config): Promise<void> {
    const gone = (name: string) => refusal(`${this.file(name)} is not there`, "put it back");
    await this.#checkBest(config);
    const bytes = await readIfThere(this.file(LAST));
    if (!bytes) {
      const digests = config.images !== undefined || await isThere(this.file(BEST));
      if (digests) throw gone(LAST);
      return;
    }
    const { state: { epoch }, files } = await this.#open(bytes, config);
    if (epoch < config.plan.epochs) {
      throw refusal(
        `${
          this.file(LAST)
        } stands after epoch ${epoch}, but the run of ${config.plan.epochs} epochs is finished`,
        "put the run's own back",
      );
    }
    for (const name of files ? [CONFUSION, ...Object.keys(files)] : []) {
      if (!await isThere(this.file(name))) throw gone(name);
    }
  }

  async #open(
    bytes: Uint8Array<ArrayBuffer>,
    config: Config,
    trainer?: Trainer,
  ): Promise<CheckpointFacts> {
    const facts = await loadCheckpoint(bytes, this.file(LAST), config, trainer);
    const { state, files } = facts;
    await this.#tables.load(state.epoch, files);
    for (const [name, digest] of Object.entries(files ?? {})) {
      this.digests.set(name, digest);
      await this.#compare(name, digest, state.epoch === config.plan.epochs);
    }
    return facts;
  }

  async #checkBest(config: Config): Promise<void> {
    const path = this.file(BEST), bytes = await readIfThere(path);
    if (bytes) await loadCheckpoint(bytes, path, config);
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
