/** The folder of a run: what is in it, when it may be used, and how it is written. */
import { basename, join } from "node:path";
import { RunError } from "../src/errors.ts";
import { type Confusion, confusions } from "../src/metrics/classification.ts";
import { encodeNpy } from "../src/metrics/npy.ts";
import type { EpochResult, Trainer } from "../src/train.ts";
import { ADAPTER_CHOICES, type AdapterChoice } from "../src/gpu/adapter.ts";
import { type Backend, BACKENDS } from "../src/gpu/backend.ts";
import type { Tiles } from "../src/gpu/tiles.ts";
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
} from "../src/json.ts";
import { parseTiles } from "../src/tune/parse_tiles.ts";
import { csvOf } from "../src/csv.ts";
import { keptFeatures } from "./features.ts";
import { readIfThere, writeWhole } from "./files.ts";
import { namesIn } from "./folder_contents.ts";
import { pairsFit } from "./many_classes.ts";
import { plan } from "./plan_checks.ts";
import type { Plan } from "./presets.ts";
import { checkpointOf, epochOf, loadCheckpoint, type Standing } from "./run_checkpoint.ts";
import { type Summary, SUMMARY_NAME } from "./run_summary.ts";
import { RunTables } from "./run_tables.ts";
import type { Table } from "./table.ts";

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

/** A run folder, open for writing. */
export class RunFolder {
  readonly path: string;
  readonly #tables: RunTables;

  constructor(path: string, plan: Plan) {
    this.path = path;
    this.#tables = new RunTables(path, plan);
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
    await this.#tables.save();
    await this.#saveConfusion(result, config);
    const checkpoint = await checkpointOf(standing, trainer, config.plan);
    if (standing.best.epoch === epoch) await writeWhole(this.file("best.safetensors"), checkpoint);
    await writeWhole(this.file("last.safetensors"), checkpoint);
  }

  /** Writes the state before the first epoch, so that a run can be resumed from the very start. */
  async saveStart(standing: Standing, trainer: Trainer, config: Config): Promise<void> {
    await writeWhole(this.file("config.json"), JSON.stringify(config, null, 2) + "\n");
    await writeWhole(
      this.file("last.safetensors"),
      await checkpointOf(standing, trainer, config.plan),
    );
  }

  /** Writes how the run ended, after everything else: where it is, the run is finished and drawn. */
  async saveSummary(summary: Summary): Promise<void> {
    await writeWhole(this.file(SUMMARY_NAME), JSON.stringify(summary, null, 2) + "\n");
  }

  /**
   * Takes up a run at its last finished epoch; undefined where a kill came before the first checkpoint.
   *
   * @throws {RunError} When the checkpoint is missing, broken, or another run's, or tables are not as long as it says.
   */
  async load(trainer: Trainer, plan: Plan): Promise<Standing | undefined> {
    const path = this.file("last.safetensors");
    const bytes = await readIfThere(path);
    if (!bytes) {
      if ((await namesIn(this.path)).every((name) => name === "config.json")) return undefined;
      throw new RunError(
        `${path} is not there, so there is nothing to resume: put it back, or start again with --overwrite`,
      );
    }
    const standing = await loadCheckpoint(bytes, path, trainer, plan);
    await this.#tables.load(standing.epoch);
    return standing;
  }

  /** How many epochs the last checkpoint says are done; 0 where it says nothing that can be read. */
  async epochsDone(): Promise<number> {
    const bytes = await readIfThere(this.file("last.safetensors"));
    return bytes ? epochOf(bytes) : 0;
  }

  /** Finished epochs whose features are gone, so that no figure over all epochs can be drawn. */
  async withoutFeatures(lastEpoch: number): Promise<number[]> {
    const names = new Set(await namesIn(this.file("features")));
    const epochs = Array.from({ length: lastEpoch }, (_, i) => i + 1);
    return epochs.filter((epoch) => !names.has(basename(this.featuresPath(epoch))));
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
    await writeWhole(this.featuresPath(epoch), encodeNpy([rows.length / dim, dim], rows));
  }

  /** Predicted class, its log-odds and the logarithm of the own class's probability, in the order of the features. */
  async #savePredictions({ train, test }: EpochResult, epoch: number): Promise<void> {
    const all = new Float32Array(train.predictions.length + test.predictions.length);
    all.set(train.predictions);
    all.set(test.predictions, train.predictions.length);
    await writeWhole(this.predictionsPath(epoch), encodeNpy([all.length / 3, 3], all));
  }

  /** Classes are numbers, and one's own have their names. */
  async #saveConfusion({ test }: EpochResult, { plan, classNames }: Config): Promise<void> {
    const predicted = plan.scoring === "logit" ? test.byLogit : test.byCenter;
    const classes = test.distances.length;
    const names = Array.from({ length: classes }, (_, k) => classNames?.[k] ?? String(k));
    const pairs = confusions(predicted, test.labels);
    await writeWhole(this.file("confusion.csv"), confusionTable(pairs, names));
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
  const bytes = await readIfThere(join(path, "config.json"));
  if (!bytes) return undefined;
  const refusal = (state: string) =>
    new RunError(`${join(path, "config.json")} ${state}: start again with --overwrite`);
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
  const { marks, surface, reliability, predictions } = figures ?? {};
  return Boolean(marks || surface || reliability || predictions);
}

function parsed(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    return parseJson(bytes, record);
  } catch {
    return undefined;
  }
}
