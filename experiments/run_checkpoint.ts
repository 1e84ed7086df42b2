/** The checkpoint of a run: its tensors, whose they are, and where the run stands. */
import { loadStateDict, stateDict } from "../src/checkpoint.ts";
import { RunError } from "../src/errors.ts";
import { decodeSafetensors, encodeSafetensors, type Stored } from "../src/safetensors.ts";
import type { Trainer } from "../src/train.ts";
import type { Plan } from "./presets.ts";

const ADVICE = "put the run's own back, or start again with --overwrite";

/** Where a run stands: what a checkpoint holds besides tensors. */
export interface Standing {
  /** The last finished epoch. */
  epoch: number;
  lr: number;
  schedule: Record<string, number>;
  best: { epoch: number; accuracy: number };
}

/** The bytes of a checkpoint. */
export async function checkpointOf(
  standing: Standing,
  trainer: Trainer,
  { id, preset, seed }: Plan,
): Promise<Uint8Array> {
  const tensors = await stateDict(trainer.entries());
  const digest = await digestOf(tensors);
  return encodeSafetensors({
    tensors,
    metadata: { id, preset, seed: String(seed), standing: JSON.stringify(standing), digest },
  });
}

/**
 * Writes a checkpoint's tensors into a trainer.
 *
 * @param path For messages.
 * @returns Where the run stands.
 * @throws {RunError} When it is broken, another run's, or does not fit.
 */
export async function loadCheckpoint(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
  trainer: Trainer,
  plan: Plan,
): Promise<Standing> {
  const refusal = (state: string) => new RunError(`${path} ${state}: ${ADVICE}`);
  try {
    const { tensors, metadata } = decodeSafetensors(bytes, path);
    const [own, wanted] = [metadata, plan].map(({ id, preset, seed }) =>
      id === undefined ? "no row" : `${id}, preset ${preset}, seed ${seed}`
    );
    if (own !== wanted) throw refusal(`belongs to ${own}, not to ${wanted}`);
    const standing = standingIn(metadata.standing);
    if (!standing) throw refusal("does not say where its run stands");
    if (standing.epoch > plan.epochs) {
      throw refusal(`stands after epoch ${standing.epoch}, but config.json plans ${plan.epochs}`);
    }
    loadStateDict(trainer.entries(), tensors, path);
    if (metadata.digest !== await digestOf(tensors)) {
      throw refusal("is damaged: its numbers are not those that were written");
    }
    return standing;
  } catch (error) {
    const { message } = error as Error;
    if (!(error instanceof RunError) || message.endsWith(ADVICE)) throw error;
    throw new RunError(`${message}: ${ADVICE}`);
  }
}

/** The epoch that a checkpoint stands after; 0 where it does not say. */
export function epochOf(bytes: Uint8Array<ArrayBuffer>): number {
  try {
    return standingIn(decodeSafetensors(bytes, "").metadata.standing)?.epoch ?? 0;
  } catch {
    return 0; // what is wrong with it is said when it is loaded
  }
}

/** SHA-256 of all elements, in the order of the names. */
async function digestOf(tensors: ReadonlyMap<string, Stored>): Promise<string> {
  const parts = [...tensors].sort(([a], [b]) => a < b ? -1 : 1).map(([, { data }]) => data);
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", all));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function standingIn(text: string | undefined): Standing | undefined {
  try {
    const standing = JSON.parse(text ?? "") as Standing;
    const { epoch, lr, schedule, best } = standing;
    return Number.isInteger(epoch) && lr > 0 && schedule && best ? standing : undefined;
  } catch {
    return undefined;
  }
}
