/** The checkpoint of a run: its tensors, whose they are, how far the run is, and digests of the run's files. */
import { dirname, join } from "../../src/base/path.ts";
import { RunError } from "../../src/base/errors.ts";
import { readIfThere } from "../../src/base/files.ts";
import {
  type Check,
  mapOf,
  number,
  object,
  parseJson,
  sortedJson,
  text,
  whole,
} from "../../src/base/json.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsFile,
  type Stored,
} from "../../src/base/safetensors.ts";
import { sha256 } from "../../src/base/sha256.ts";
import { stateDict } from "../../src/train/checkpoint.ts";
import type { Trainer } from "../../src/train/trainer.ts";
import { type Plan, withEpochs } from "../plan/plan.ts";
import type { Config } from "./config.ts";
import { CONFIG } from "./path.ts";
import { refusal } from "./refusal.ts";

/** Stands before a digest over all of a checkpoint; those of earlier versions are over its elements alone. */
const OVER_ALL = "all:";

/** How far a run is. */
export interface RunState {
  /** The last finished epoch. */
  epoch: number;
  lr: number;
  schedule: Record<string, number>;
  best: { epoch: number; accuracy: number };
}

/** SHA-256 of the run's files as they were when the checkpoint was written, by their names within the folder. */
export type FileDigests = Readonly<Record<string, string>>;

/** What is in a checkpoint. */
export interface Checkpoint {
  tensors: Map<string, Stored>;
  state: RunState;
  /** None in those of earlier versions. */
  files?: FileDigests;
}

/** The bytes of a checkpoint. */
export async function checkpointOf(
  state: RunState,
  trainer: Trainer,
  config: Config,
  files: FileDigests,
): Promise<Uint8Array<ArrayBuffer>> {
  const tensors = await stateDict(trainer.entries());
  const { id, preset, seed, file } = config.plan;
  const metadata = {
    ...(file && { row: `${file.path} ${file.sha256}` }),
    ...{ id, preset, seed: String(seed), standing: JSON.stringify(state) },
    ...{ config: await configDigest(config), files: JSON.stringify(files) },
  };
  const digest = await digestOver({ tensors, metadata });
  return encodeSafetensors({ tensors, metadata: { ...metadata, digest } });
}

/**
 * Reads a checkpoint of a run, or undefined where there is none.
 *
 * @param refuse Makes the error of what is wrong with it.
 * @throws {RunError} When it is broken, or another run's or another plan's.
 */
export async function readCheckpoint(
  path: string,
  config: Config,
  refuse = (state: string) => refusal(state, "put the run's own back"),
): Promise<Checkpoint | undefined> {
  const bytes = await readIfThere(path);
  if (!bytes) return undefined;
  try {
    const file = decodeSafetensors(bytes, path), { plan } = config;
    checkOwner(file.metadata, path, plan);
    const told = toldBy(file);
    if (!told) throw new RunError(`${path} does not say where its run stands`);
    const { epoch } = told.state;
    if (epoch > plan.epochs) {
      throw new RunError(
        `${path} stands after epoch ${epoch}, but config.json plans ${plan.epochs}`,
      );
    }
    await checkDigests(file, path, config);
    return { tensors: file.tensors, ...told };
  } catch (error) {
    throw error instanceof RunError ? refuse(error.message) : error;
  }
}

/** Whether a file is the checkpoint of a run. */
export function isCheckpoint(bytes: Uint8Array<ArrayBuffer>): boolean {
  try {
    return toldBy(decodeSafetensors(bytes, "")) !== undefined;
  } catch {
    return false;
  }
}

/** Makes sure that a checkpoint is one of this plan's runs. */
function checkOwner(metadata: SafetensorsFile["metadata"], path: string, plan: Plan): void {
  const [own, wanted] = [metadata, plan].map(({ id, preset, seed }) =>
    id === undefined ? "no row" : `${id}, preset ${preset}, seed ${seed}`
  );
  if (own !== wanted) throw new RunError(`${path} belongs to ${own}, not to ${wanted}`);
}

/** Compares a checkpoint with its own digest, and the config beside it with that of the one it was trained by. */
async function checkDigests(
  { tensors, metadata: { digest = "", ...metadata } }: SafetensorsFile,
  path: string,
  config: Config,
): Promise<void> {
  const found = digest.startsWith(OVER_ALL)
    ? await digestOver({ tensors, metadata })
    : await digestOf(tensors);
  if (digest !== found) {
    throw new RunError(`${path} is damaged: its numbers are not those that were written`);
  }
  if (metadata.config === undefined) return;
  // A run that grew has checkpoints of when it was shorter.
  for (const epochs of [config.plan.epochs, ...config.grown ?? []]) {
    const plan = withEpochs(config.plan, epochs);
    if (metadata.config === await configDigest({ ...config, plan })) return;
  }
  const beside = join(dirname(path), CONFIG);
  throw new RunError(`${beside} is not the one that ${path} was trained by`);
}

/**
 * Of what decides a run's numbers; not of one's own images and of weights to start from, which have digests, names and places of
 * their own.
 */
async function configDigest({ plan, drawn, from }: Config): Promise<string> {
  const { summary: _, source: __, from: ___, variant: ____, name: _____, ...numbers } = plan;
  const { dataset, ownData, ...rest } = numbers;
  const { source: ______, test: _______, ...own } = ownData ?? { source: "" };
  const start = from && { from: from.sha256 };
  return await sha256(sortedJson({ ...rest, ...start, data: ownData ? own : dataset, drawn }));
}

/** SHA-256 of text, names, shapes and elements. */
async function digestOver({ tensors, metadata }: SafetensorsFile): Promise<string> {
  const shapes = [...tensors].map(([name, { shape }]) => [name, shape]);
  return OVER_ALL + await sha256(sortedJson([metadata, shapes, await digestOf(tensors)]));
}

/** SHA-256 of all elements, in the order of the names. */
async function digestOf(tensors: ReadonlyMap<string, Stored>): Promise<string> {
  const parts = [...tensors].sort(([a], [b]) => a < b ? -1 : 1).map(([, { data }]) => data);
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return await sha256(new Uint8Array(all.buffer));
}

/** JSON writes an infinite number as null. */
const scheduleNumber: Check<number> = (value, name) =>
  value === null ? null as unknown as number : number()(value, name);

const stateCheck = object<RunState>({
  epoch: whole(),
  lr: number(0),
  schedule: mapOf(scheduleNumber),
  best: object<RunState["best"]>({ epoch: whole(), accuracy: number(-1, 1) }),
});

/** What a file says of a run; undefined where it is no checkpoint. */
function toldBy(
  { metadata: { standing = "", files } }: SafetensorsFile,
): Omit<Checkpoint, "tensors"> | undefined {
  const parsed = <T>(json: string, check: Check<T>) =>
    parseJson(new TextEncoder().encode(json), check);
  try {
    const state = parsed(standing, stateCheck);
    return { state, ...(files !== undefined && { files: parsed(files, mapOf(text)) }) };
  } catch {
    return undefined;
  }
}
