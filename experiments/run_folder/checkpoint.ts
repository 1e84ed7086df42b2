/** The checkpoint of a run: its tensors, whose they are, where the run stands, and digests of the run's files. */
import { dirname, join } from "node:path";
import { loadStateDict, stateDict } from "../../src/train/checkpoint.ts";
import { RunError } from "../../src/base/errors.ts";
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
import type { Trainer } from "../../src/train/trainer.ts";
import type { Plan } from "../plan/plan.ts";
import type { Config } from "./config.ts";
import { CONFIG } from "./path.ts";
import { refusal } from "./refusal.ts";
import { sha256 } from "../../src/base/sha256.ts";

/** Stands before a digest over all of a checkpoint; those of earlier versions are over its elements alone. */
const OVER_ALL = "all:";

/** How far a run is: what a checkpoint holds besides tensors. */
export interface RunState {
  /** The last finished epoch. */
  epoch: number;
  lr: number;
  schedule: Record<string, number>;
  best: { epoch: number; accuracy: number };
}

/** SHA-256 of the run's files as they were when the checkpoint was written, by their names within the folder. */
export type FileDigests = Readonly<Record<string, string>>;

/** What a checkpoint says of its run. */
export interface CheckpointFacts {
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
): Promise<Uint8Array> {
  const tensors = await stateDict(trainer.entries());
  const { id, preset, seed } = config.plan;
  const metadata = {
    ...{ id, preset, seed: String(seed), standing: JSON.stringify(state) },
    ...{ config: await configDigest(config), files: JSON.stringify(files) },
  };
  const digest = await digestOver({ tensors, metadata });
  return encodeSafetensors({ tensors, metadata: { ...metadata, digest } });
}

/**
 * Reads a checkpoint of a run, and writes its tensors into a trainer.
 *
 * @param path For messages.
 * @param trainer Without one the tensors are only compared with their digest.
 * @throws {RunError} When it is broken, another run's or another plan's, or does not fit.
 */
export async function loadCheckpoint(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
  config: Config,
  trainer?: Trainer,
): Promise<CheckpointFacts> {
  try {
    const file = decodeSafetensors(bytes, path);
    const { plan } = config, { metadata, tensors } = file;
    checkOwner(metadata, path, plan);
    const facts = factsIn(metadata);
    if (!facts) throw new RunError(`${path} does not say where its run stands`);
    const { epoch } = facts.state;
    if (epoch > plan.epochs) {
      throw new RunError(
        `${path} stands after epoch ${epoch}, but config.json plans ${plan.epochs}`,
      );
    }
    if (trainer) loadStateDict(trainer.entries(), tensors, path);
    await checkDigests(file, path, config);
    return facts;
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    throw refusal(error.message, "put the run's own back");
  }
}

/** The epoch that a checkpoint stands after; 0 where it does not say. */
export function epochOf(bytes: Uint8Array<ArrayBuffer>): number {
  return factsOf(bytes)?.state.epoch ?? 0;
}

/** Whether a file is the checkpoint of a run. */
export function isCheckpoint(bytes: Uint8Array<ArrayBuffer>): boolean {
  return factsOf(bytes) !== undefined;
}

function factsOf(bytes: Uint8Array<ArrayBuffer>): CheckpointFacts | undefined {
  try {
    return factsIn(decodeSafetensors(bytes, "").metadata);
  } catch {
    return undefined; // what is wrong with it is said when it is loaded
  }
}

/** Makes sure that a checkpoint is one of this plan's runs. */
function checkOwner(metadata: SafetensorsFile["metadata"], path: string, plan: Plan): void {
  const [own, wanted] = [metadata, plan].map(({ id, preset, seed }) =>
    id === undefined ? "no row" : `${id}, preset ${preset}, seed ${seed}`
  );
  if (own !== wanted) throw new RunError(`${path} belongs to ${own}, not to ${wanted}`);
}

/**
 * Makes sure that a checkpoint is of the run whose config lies beside it, and that both are as they were written.
 *
 * @throws {RunError} When one of them is another.
 */
export async function checkCheckpoint(
  file: SafetensorsFile,
  path: string,
  config: Config,
): Promise<void> {
  checkOwner(file.metadata, path, config.plan);
  await checkDigests(file, path, config);
}

/** Compares a checkpoint with its own digest, and the config beside it with that of the one it was trained by. */
async function checkDigests(file: SafetensorsFile, path: string, config: Config): Promise<void> {
  await checkOwn(file, path);
  const { config: wanted } = file.metadata;
  if (wanted === undefined || wanted === await configDigest(config)) return;
  const beside = join(dirname(path), CONFIG);
  throw new RunError(`${beside} is not the one that ${path} was trained by`);
}

async function checkOwn(
  { tensors, metadata: { digest = "", ...metadata } }: SafetensorsFile,
  path: string,
): Promise<void> {
  const found = digest.startsWith(OVER_ALL)
    ? await digestOver({ tensors, metadata })
    : await digestOf(tensors);
  if (digest === found) return;
  throw new RunError(`${path} is damaged: its numbers are not those that were written`);
}

/** Of what decides a run's numbers; not of one's own images, which have a digest, a name and a place of their own. */
async function configDigest({ plan, drawn }: Config): Promise<string> {
  const { summary: _, source: __, dataset, ownData, ...rest } = plan;
  const { source: ___, test: ____, ...own } = ownData ?? { source: "" };
  return await sha256(sortedJson({ ...rest, data: ownData ? own : dataset, drawn }));
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
  lr: number(Number.MIN_VALUE),
  schedule: mapOf(scheduleNumber),
  best: object<RunState["best"]>({ epoch: whole(), accuracy: number(-1, 1) }),
});

function factsIn({ standing, files }: SafetensorsFile["metadata"]): CheckpointFacts | undefined {
  const parsed = <T>(json: string, check: Check<T>) =>
    parseJson(new TextEncoder().encode(json), check);
  try {
    return {
      state: parsed(standing ?? "", stateCheck),
      ...(files !== undefined && { files: parsed(files, mapOf(text)) }),
    };
  } catch {
    return undefined;
  }
}
