/** The names in a run's folder, and how it is emptied. */
import { dirname, join } from "../../src/base/path.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { fileInTheWay } from "../../src/base/files.ts";
import { reason } from "../../src/base/reason.ts";
import { LOCK_NAME, unusableFolder } from "./lock.ts";
import { CONFIG, LAST } from "./path.ts";
import { STUDY_NAME } from "./study_config.ts";

/**
 * Deletes all files of a run but its lock: the checkpoint first, and the config last, because it tells a run from other
 * files. So a kill in between leaves a run that can be overwritten and not resumed.
 *
 * @throws {RunError} When a file cannot be deleted.
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

/** The names in a folder, without the lock and files that a kill left unfinished; none where there is no folder. */
export async function namesIn(path: string): Promise<string[]> {
  return (await entriesOf(path)).filter((name) => name !== LOCK_NAME && !name.endsWith(".part"));
}

/**
 * Makes sure that a file that a command line names is not in the folder of a run or a study, where a result may lie.
 *
 * @throws {UsageError} When it is.
 */
export async function checkOutsideRuns(file: string): Promise<void> {
  const names = await namesIn(dirname(file));
  const own = [CONFIG, STUDY_NAME].find((name) => names.includes(name));
  if (own === undefined) return;
  throw new UsageError(
    `${file} would lie in the folder of a ${
      own === CONFIG ? "run" : "study"
    }: name a file elsewhere`,
  );
}

async function entriesOf(path: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(path))).map(({ name }) => name);
  } catch (error) {
    // Windows says so, too, where a file is in the place of a folder around it.
    const missing = error instanceof Deno.errors.NotFound;
    if (missing && await fileInTheWay(path) === undefined) return [];
    throw await unusableFolder(path, error);
  }
}
