/** What is in a run's folder, and how it is emptied. */
import { join } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { reason } from "../../src/base/reason.ts";
import { LOCK_NAME, unusableFolder } from "./lock.ts";
import { CONFIG, LAST } from "./path.ts";

/**
 * Deletes what is in a run's folder, but its lock. A kill on the way leaves a run that can be overwritten and not resumed:
 * the checkpoint goes first, and the config, which tells a run from files of somebody else, last.
 */
export async function clear(path: string): Promise<void> {
  const names = (await entriesOf(path)).filter((name) => name !== LOCK_NAME);
  const between = names.filter((name) => name !== LAST && name !== CONFIG);
  for (const name of [LAST, ...between, CONFIG].filter((name) => names.includes(name))) {
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
    throw unusableFolder(path, error);
  }
}
