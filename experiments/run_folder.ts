/** The folder of a run: what is in it, when it may be used, and how it is written. */
import { join } from "node:path";
import { RunError } from "../src/errors.ts";
import { loadStateDict, stateDict } from "../src/checkpoint.ts";
import { confusion } from "../src/metrics/classification.ts";
import { encodeNpy } from "../src/metrics/npy.ts";
import { decodeSafetensors, encodeSafetensors } from "../src/safetensors.ts";
import type { EpochResult, Trainer } from "../src/train.ts";
import type { Tiles } from "../src/gpu/tiles.ts";
import { parseTiles } from "../src/tune/parse_tiles.ts";
import { keptFeatures } from "./features.ts";
import { readIfThere, reason, writeWhole } from "./files.ts";
import type { Plan } from "./presets.ts";
import { RunTables } from "./run_tables.ts";
import type { Table } from "./table.ts";

/** `config.json`: everything that decides the run, and what it ran on. */
export interface Config {
  plan: Plan;
  tiles: Tiles;
  adapter: string;
  software: boolean;
  commit: string;
  deno: string;
}

/** Where a run stands: what a checkpoint holds besides tensors. */
export interface Standing {
  /** The last finished epoch. */
  epoch: number;
  lr: number;
  schedule: Record<string, number>;
  best: { epoch: number; accuracy: number };
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
    await this.#tables.save();
    await this.#saveConfusion(result, config.plan);
    const checkpoint = encodeSafetensors({
      tensors: await stateDict(trainer.entries()),
      metadata: {
        id: config.plan.id,
        preset: config.plan.preset,
        standing: JSON.stringify(standing),
      },
    });
    if (standing.best.epoch === epoch) await writeWhole(this.file("best.safetensors"), checkpoint);
    await writeWhole(this.file("last.safetensors"), checkpoint);
  }

  /** Writes the state before the first epoch, so that a run can be resumed from the very start. */
  async saveStart(standing: Standing, trainer: Trainer, config: Config): Promise<void> {
    await writeWhole(this.file("config.json"), JSON.stringify(config, null, 2) + "\n");
    const checkpoint = encodeSafetensors({
      tensors: await stateDict(trainer.entries()),
      metadata: {
        id: config.plan.id,
        preset: config.plan.preset,
        standing: JSON.stringify(standing),
      },
    });
    await writeWhole(this.file("last.safetensors"), checkpoint);
  }

  /**
   * Takes up a run at its last finished epoch.
   *
   * @throws {RunError} When the checkpoint is missing, broken, or another row's.
   */
  async load(trainer: Trainer, id: string): Promise<Standing> {
    const path = this.file("last.safetensors");
    const bytes = await readIfThere(path);
    if (!bytes) {
      throw new RunError(`${path} is not there, so there is nothing to resume: use --overwrite`);
    }
    const { tensors, metadata } = decodeSafetensors(bytes, path);
    if (metadata.id !== id) {
      throw new RunError(
        `${path} belongs to ${metadata.id ?? "no row"}, not to ${id}: choose another --out`,
      );
    }
    const standing = parseStanding(metadata.standing, path);
    loadStateDict(trainer.entries(), tensors, path);
    await this.#tables.load(standing.epoch);
    return standing;
  }

  /** Features of all epochs up to one, as written by {@linkcode saveEpoch}. */
  featuresPath(epoch: number): string {
    return this.file("features", `epoch-${String(epoch).padStart(3, "0")}.npy`);
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

  async #saveConfusion({ test }: EpochResult, plan: Plan): Promise<void> {
    const predicted = plan.scoring === "logit" ? test.byLogit : test.byCenter;
    const matrix = confusion(predicted, test.labels, test.distances.length);
    const header = ["label", ...matrix.map((_, k) => `predicted_${k}`)].join(",");
    const lines = matrix.map((row, k) => [k, ...row].join(","));
    await writeWhole(this.file("confusion.csv"), [header, ...lines, ""].join("\n"));
  }
}

function parseStanding(text: string | undefined, path: string): Standing {
  try {
    const standing = JSON.parse(text ?? "") as Standing;
    if (Number.isInteger(standing.epoch) && standing.lr > 0 && standing.schedule && standing.best) {
      return standing;
    }
  } catch {
    // said below
  }
  throw new RunError(`${path} does not say where its run stands: start again with --overwrite`);
}

/** The config of a run in a folder, or undefined when there is none. */
export async function readConfig(path: string): Promise<Config | undefined> {
  const bytes = await readIfThere(join(path, "config.json"));
  if (!bytes) return undefined;
  const refusal = (state: string) =>
    new RunError(`${join(path, "config.json")} ${state}: start again with --overwrite`);
  const config = parsed(bytes);
  if (!config?.plan || !config.tiles) throw refusal("is no config of a run");
  try {
    return { ...config, tiles: parseTiles(config.tiles) };
  } catch (error) {
    throw refusal(`has tiles that cannot be used (${(error as Error).message})`);
  }
}

function parsed(bytes: Uint8Array): Config | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Config;
  } catch {
    return undefined;
  }
}

/** True when something is in the folder; the beginning of a file that a kill left there does not count. */
export async function inUse(path: string): Promise<boolean> {
  try {
    for await (const { name } of Deno.readDir(path)) if (!name.endsWith(".part")) return true;
    return false;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw new RunError(`${path} cannot be used as a run folder: ${reason(error)}`);
  }
}

/** Deletes a run's folder, if there is one. */
export async function clear(path: string): Promise<void> {
  try {
    await Deno.remove(path, { recursive: true });
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw new RunError(`${path} cannot be deleted: ${(error as Error).message}`);
  }
}
