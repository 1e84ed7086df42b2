/** What is in a run's folder, and how it is emptied. */
import { join } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { reason } from "../../src/base/reason.ts";
import { LOCK_NAME } from "./lock.ts";

/** True when something is in the folder. */
export async function inUse(path: string): Promise<boolean> {
  return (await namesIn(path)).length > 0;
}

/**
 * Deletes what is in a run's folder, but its lock. A kill on the way leaves a run that can be overwritten and not resumed:
 * the checkpoint goes first, and the config, which tells a run from files of somebody else, last.
 */
export async function clear(path: string): Promise<void> {
  const [first, last] = ["last.safetensors", "config.json"];
  const names = (await entriesOf(path)).filter((name) => name !== LOCK_NAME);
  const between = names.filter((name) => name !== first && name !== last);
  for (const name of [first, ...between, last].filter((name) => names.includes(name))) {
    await Deno.remove(join(path, name), { recursive: true }).catch((error) => {
      throw new RunError(`${join(path, name)} cannot be deleted: ${reason(error)}`);
    });
  }
}

/** Names in a folder; none where it is not there. What a kill left of a file does not count, nor does the lock. */
export async function namesIn(path: string): Promise<string[]> {
  return (await entriesOf(path)).filter((name) => name !== LOCK_NAME && !name.endsWith(".part"));
}

async function entriesOf(path: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(path))).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw new RunError(
      `${path} cannot be used as a run folder (${reason(error)}): choose another --out`,
    );
  }
}
