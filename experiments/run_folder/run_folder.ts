/** The folder of a run: what is in it, when it may be used, and how it is written. */
import { basename, join, relative } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { type Confusion, confusions } from "../../src/metrics/classification.ts";
import { encodeNpy } from "../../src/base/npy.ts";
import type { EpochResult, Trainer } from "../../src/train/trainer.ts";
import { ADAPTER_CHOICES, type AdapterChoice } from "../../src/gpu/adapter/adapter.ts";
import { type Backend, BACKENDS } from "../../src/gpu/adapter/backend.ts";
import type { Tiles } from "../../src/gpu/tiles/tiles.ts";
import {
  listOf,
  object,
  oneOf,
  optional,
  orElse,
  parseJson,
  record,
  text,
  truth,
} from "../../src/base/json.ts";
import { parseTiles } from "../../src/tune/parse_tiles.ts";
import { csvOf } from "../../src/base/csv.ts";
import { keptFeatures } from "./features.ts";
import { isThere, readIfThere, writeInto } from "../../src/base/files.ts";
import { clear, namesIn } from "./folder_contents.ts";
import type { FolderLock } from "./lock.ts";
import { pairsFit } from "./many_classes.ts";
import { plan } from "../plan/checks.ts";
import type { Plan } from "../plan/plan.ts";
import { checkpointOf, epochOf, type Kept, loadCheckpoint, type Standing } from "./checkpoint.ts";
import { type Summary, SUMMARY_NAME } from "./run_summary.ts";
import { RunTables } from "./tables.ts";
import { sha256 } from "../../src/base/sha256.ts";
import type { Table } from "./epoch_csv.ts";

export type { Standing };

/** `config.json`: everything that decides the run, and what it ran on. */
export interface Config {
  plan: Plan;
  /** Whether drawn digits stand in for the data set of the row. */
  drawn: boolean;
  /** Digest of the images; runs of earlier versions have none. */
  images?: string;
  /** A CSV file of images to classify at the end, if one was named. */
  predict?: string;
  /** Of one's own images: which classes the numbers in tables are. */
  classNames?: string[];
  tiles: Tiles;
  adapter: string;
  /** Runs of earlier versions have none. */
  backend?: Backend;
  /** What --adapter said, if it was given: a resume asks for the same. */
  adapterChoice?: AdapterChoice;
  software: boolean;
  commit: string;
  deno: string;
}

const CONFIG = "config.json", CONFUSION = "confusion.csv";
const LAST = "last.safetensors", BEST = "best.safetensors";

/** A run folder, open for writing. */
export class RunFolder {
  readonly path: string;
  readonly #tables: RunTables;
  /** SHA-256 of what is read again later, by names within the folder. */
  readonly #digests = new Map<string, string>();
  /** Names of what must stay there while the run goes on. */
  readonly #kept = new Set<string>();
  readonly #lock: Pick<FolderLock, "check"> | undefined;

  /** @param lock Who may write into it; without one nobody else is looked for. */
  constructor(path: string, plan: Plan, lock?: Pick<FolderLock, "check">) {
    this.path = path;
    this.#tables = new RunTables(path, plan);
    this.#lock = lock;
  }

  /** A line an epoch. */
  get metrics(): Table {
    return this.#tables.metrics;
  }

  /** How many exponents were clamped in all training steps, of how many samples; none where the loss has no such count. */
  clamped(): { clamped: number; samples: number } {
    return this.#tables.clamped();
  }

  /** A path inside. */
  file(...names: string[]): string {
    return join(this.path, ...names);
  }

  /**
   * Writes a file of the folder, whole.
   *
   * @throws {RunError} When there is no room, or the folder or its config was deleted or replaced meanwhile.
   */
  async write(path: string, content: Uint8Array | string): Promise<void> {
    this.#lock?.check();
    if (this.#kept.has(CONFIG)) await this.#checkKept([CONFIG]);
    await writeInto(this.path, path, content);
  }

  /** Writes a file that must stay there until the end. */
  async #keep(path: string, content: Uint8Array | string): Promise<void> {
    await this.write(path, content);
    this.#kept.add(this.#nameOf(path));
  }

  /**
   * Makes sure that nobody deleted what a resume and the figures read again.
   *
   * @throws {RunError} When a file is gone.
   */
  async #checkKept(names: Iterable<string> = this.#kept): Promise<void> {
    for (const name of names) {
      const path = this.file(...name.split("/"));
      if (await isThere(path)) continue;
      throw new RunError(
        `${path} was deleted while the run wrote into its folder: nothing more is written; put it back and ` +
          "go on with --resume, or start again with --overwrite",
      );
    }
  }

  #nameOf(path: string): string {
    return relative(this.path, path).replaceAll("\\", "/");
  }

  /** Writes all that an epoch adds; the checkpoint comes last, because it is what a resume goes by. */
  async saveEpoch(
    result: EpochResult,
    standing: Standing,
    trainer: Trainer,
    config: Config,
    seconds: number,
    lr: number,
  ): Promise<void> {
    const { epoch } = standing;
    this.#tables.add(result, { epoch, lr, seconds });
    await this.#saveFeatures(result, epoch, config.plan);
    if (keepsPredictions(config.plan)) await this.#savePredictions(result, epoch);
    await this.#tables.save((path, text) => this.#keep(path, text));
    await this.#saveConfusion(result, config);
    for (const [name, digest] of await this.#tables.digests()) this.#digests.set(name, digest);
    const files = Object.fromEntries(this.#digests);
    const checkpoint = await checkpointOf(standing, trainer, config, files);
    await this.#checkKept();
    if (standing.best.epoch === epoch) await this.#keep(this.file(BEST), checkpoint);
    await this.#keep(this.file(LAST), checkpoint);
  }

  /**
   * Writes the state before the first epoch, so that a run can be resumed from the very start.
   *
   * @param options Whether what an earlier run left there is deleted first, as late as can be; and what is called as soon
   * as the config is there, which is enough to resume.
   */
  async saveStart(
    standing: Standing,
    trainer: Trainer,
    config: Config,
    { overwrite, written }: { overwrite: boolean; written: () => void },
  ): Promise<void> {
    const checkpoint = () => checkpointOf(standing, trainer, config, {});
    const early = overwrite ? await checkpoint() : undefined;
    if (overwrite) {
      this.#lock?.check();
      await clear(this.path);
    }
    await this.#keep(this.file(CONFIG), JSON.stringify(config, null, 2) + "\n");
    written();
    await this.#keep(this.file(LAST), early ?? await checkpoint());
  }

  /** Writes how the run ended, after everything else: where it is, the run is finished and drawn. */
  async saveSummary(summary: Summary): Promise<void> {
    await this.#checkKept();
    await this.write(this.file(SUMMARY_NAME), JSON.stringify(summary, null, 2) + "\n");
  }

  /**
   * Takes up a run at its last finished epoch; undefined where a kill came before the first checkpoint.
   *
   * @throws {RunError} When the checkpoint is missing, broken, or another run's, or files are not as it says.
   */
  async load(trainer: Trainer, config: Config): Promise<Standing | undefined> {
    const bytes = await readIfThere(this.file(LAST));
    if (!bytes) {
      if ((await namesIn(this.path)).every((name) => name === CONFIG)) return undefined;
      throw new RunError(
        `${
          this.file(LAST)
        } is not there, so there is nothing to resume: put it back, or start again with --overwrite`,
      );
    }
    const { standing } = await this.#open(bytes, config, trainer);
    await this.#checkBest(config);
    for (const name of [CONFIG, LAST, BEST, ...this.#digests.keys()]) {
      if (await isThere(this.file(...name.split("/")))) this.#kept.add(name);
    }
    return standing;
  }

  /**
   * Compares the files of a finished run with its last checkpoint.
   *
   * @throws {RunError} When one is not as it was written, or not there. Runs of earlier versions left no digests.
   */
  async verify(config: Config): Promise<void> {
    await this.#checkBest(config);
    const bytes = await readIfThere(this.file(LAST));
    if (!bytes) {
      const digests = config.images !== undefined || await isThere(this.file(BEST));
      if (digests) throw this.#gone(LAST);
      return;
    }
    const { standing: { epoch }, files } = await this.#open(bytes, config);
    if (epoch < config.plan.epochs) {
      throw new RunError(
        `${
          this.file(LAST)
        } stands after epoch ${epoch}, but the run of ${config.plan.epochs} epochs is finished: ` +
          "put the run's own back, or start again with --overwrite",
      );
    }
    for (const name of files ? [CONFUSION, ...Object.keys(files)] : []) {
      if (!await isThere(this.file(...name.split("/")))) throw this.#gone(name);
    }
  }

  #gone(name: string): RunError {
    return new RunError(
      `${this.file(name)} is not there: put it back, or start again with --overwrite`,
    );
  }

  async #open(bytes: Uint8Array<ArrayBuffer>, config: Config, trainer?: Trainer): Promise<Kept> {
    const kept = await loadCheckpoint(bytes, this.file(LAST), config, trainer);
    const { standing, files } = kept;
    await this.#tables.load(standing.epoch, files);
    for (const [name, digest] of Object.entries(files ?? {})) {
      this.#digests.set(name, digest);
      await this.#compare(name, digest, standing.epoch === config.plan.epochs);
    }
    return kept;
  }

  async #checkBest(config: Config): Promise<void> {
    const path = this.file(BEST), bytes = await readIfThere(path);
    if (bytes) await loadCheckpoint(bytes, path, config);
  }

  /** Tables have been compared; of the rest, what is gone is said elsewhere, and a later epoch's is not looked at. */
  async #compare(name: string, digest: string, finished: boolean): Promise<void> {
    if (!name.includes("/") && !(name === CONFUSION && finished)) return;
    const bytes = await readIfThere(this.file(...name.split("/")));
    if (!bytes || digest === await sha256(bytes)) return;
    throw new RunError(
      `${this.file(name)} is damaged: its bytes are not those that were written: ` +
        "put the file back, or start again with --overwrite",
    );
  }

  /** How many epochs the last checkpoint says are done; 0 where it says nothing that can be read. */
  async epochsDone(): Promise<number> {
    const bytes = await readIfThere(this.file(LAST));
    return bytes ? epochOf(bytes) : 0;
  }

  /** What is gone of a run that is taken up, and touches no number: a sentence each. */
  async missing({ epoch, best }: Standing, plan: Plan): Promise<string[]> {
    const sentences: string[] = [];
    for (const folder of ["features", ...(keepsPredictions(plan) ? ["predictions"] : [])]) {
      const gone: number[] = [];
      for (let it = 1; it <= epoch; it++) {
        const path = this.file(folder, basename(this.featuresPath(it)));
        if (!await isThere(path)) gone.push(it);
      }
      if (gone.length === 0) continue;
      sentences.push(
        `${this.file(folder)} lacks epoch ${
          gone.join(", ")
        }: numbers are not touched by that, but figures over all epochs are left out`,
      );
    }
    if (epoch > 0 && epoch === plan.epochs && !await isThere(this.file(CONFUSION))) {
      sentences.push(`${this.file(CONFUSION)} is not there: only --overwrite makes it again`);
    }
    if (best.epoch > 0 && !await isThere(this.file(BEST))) {
      sentences.push(
        `${this.file(BEST)} is not there: until an epoch is better, eval needs --checkpoint last`,
      );
    }
    return sentences;
  }

  /** Features of all epochs up to one, as written by {@linkcode saveEpoch}. */
  featuresPath(epoch: number): string {
    return this.file("features", `epoch-${String(epoch).padStart(3, "0")}.npy`);
  }

  /** What `SplitResult.predictions` says of all samples, `[samples, 3]`, where the row's figures ask for it. */
  predictionsPath(epoch: number): string {
    return this.file("predictions", `epoch-${String(epoch).padStart(3, "0")}.npy`);
  }

  /**
   * Training samples in the data set's order, then test samples; a training sample that the epoch left out is NaN.
   * Above two dimensions the first of each, so that 100 epochs fit on a disk, but all of the last epoch's.
   */
  async #saveFeatures({ train, test }: EpochResult, epoch: number, plan: Plan): Promise<void> {
    const dim = plan.recipe.featureDim;
    const all = { train: train.features, test: test.features };
    const kept = epoch === plan.epochs ? all : keptFeatures(all, dim);
    const rows = new Float32Array(kept.train.length + kept.test.length);
    rows.set(kept.train);
    rows.set(kept.test, kept.train.length);
    await this.#writeKept(this.featuresPath(epoch), encodeNpy([rows.length / dim, dim], rows));
  }

  /** Predicted class, its log-odds and the logarithm of the own class's probability, in the order of the features. */
  async #savePredictions({ train, test }: EpochResult, epoch: number): Promise<void> {
    const all = new Float32Array(train.predictions.length + test.predictions.length);
    all.set(train.predictions);
    all.set(test.predictions, train.predictions.length);
    await this.#writeKept(this.predictionsPath(epoch), encodeNpy([all.length / 3, 3], all));
  }

  /** Writes a file whose digest the next checkpoint holds. */
  async #writeKept(path: string, content: Uint8Array<ArrayBuffer> | string): Promise<void> {
    await this.#keep(path, content);
    this.#digests.set(this.#nameOf(path), await sha256(content));
  }

  /** Classes are numbers, and one's own have their names. */
  async #saveConfusion({ test }: EpochResult, { plan, classNames }: Config): Promise<void> {
    const predicted = plan.scoring === "logit" ? test.byLogit : test.byCenter;
    const classes = test.distances.length;
    const names = Array.from({ length: classes }, (_, k) => classNames?.[k] ?? String(k));
    const csv = confusionTable(confusions(predicted, test.labels), names);
    const path = this.file(CONFUSION);
    // A checkpoint is the same whatever one's own classes are called.
    await (classNames ? this.#keep(path, csv) : this.#writeKept(path, csv));
  }
}

/** A matrix, labels down and predictions across; of many classes only the cells that are not 0, a line each. */
function confusionTable(pairs: readonly Confusion[], names: readonly string[]): string {
  if (!pairsFit(names.length)) {
    const lines = pairs.map((of) => [names[of.label], names[of.predicted], of.samples]);
    return csvOf(["label", "predicted", "samples"], lines);
  }
  const matrix = names.map(() => new Array<number>(names.length).fill(0));
  for (const { label, predicted, samples } of pairs) matrix[label][predicted] = samples;
  const header = ["label", ...names.map((name) => `predicted_${name}`)];
  return csvOf(header, matrix.map((row, k) => [names[k], ...row]));
}

/** What stands in a `config.json`; runs of earlier versions lack some of it. */
const config = object<Omit<Config, "tiles">>({
  plan,
  drawn: orElse(truth, false),
  images: optional(text),
  predict: optional(text),
  classNames: optional(listOf(text)),
  adapter: orElse(text, "unknown"),
  backend: optional(oneOf(...BACKENDS)),
  adapterChoice: optional(oneOf(...ADAPTER_CHOICES)),
  software: orElse(truth, false),
  commit: orElse(text, "unknown"),
  deno: orElse(text, "unknown"),
});

/**
 * The config of a run in a folder, or undefined when there is none.
 *
 * @throws {RunError} When it is broken, or says what cannot be: which field, and what it must be.
 */
export async function readConfig(path: string): Promise<Config | undefined> {
  const bytes = await readIfThere(join(path, CONFIG));
  if (!bytes) return undefined;
  const refusal = (state: string) =>
    new RunError(`${join(path, CONFIG)} ${state}: start again with --overwrite`);
  const given = parsed(bytes);
  if (!given?.plan || !given.tiles) throw refusal("is no config of a run");
  const part = <T>(what: string, check: () => T): T => {
    try {
      return check();
    } catch (error) {
      throw refusal(`has ${what} that cannot be used (${(error as Error).message})`);
    }
  };
  const tiles = part("tiles", () => parseTiles(given.tiles));
  return { ...part("values", () => config(given, "it")), tiles };
}

/** Whether figures of a row need to know how sure the network is of each sample. */
export function keepsPredictions({ figures }: Plan): boolean {
  const { highlights, surface, reliability, predictions } = figures ?? {};
  return Boolean(highlights || surface || reliability || predictions);
}

function parsed(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    return parseJson(bytes, record);
  } catch {
    return undefined;
  }
}
