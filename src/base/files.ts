/** Files that are whole or not there: written beside their place, then renamed into it. */
import { dirname } from "node:path";
import { checkEnds } from "./disk.ts";
import { RunError } from "./errors.ts";
import { type Check, parseJson } from "./json.ts";
import { reason } from "./reason.ts";

/**
 * Writes a file so that a kill at any moment leaves the old one or the new one; makes its folder where there is none.
 *
 * @param advice What to do when there is no room.
 * @throws {RunError} When the disk is full, the folder read-only or the like.
 */
export async function writeWhole(
  path: string,
  content: Uint8Array | string,
  advice?: string,
): Promise<void> {
  await writeAllWhole(new Map([[path, content]]), advice);
}

/**
 * The same for several files: all are written beside their places before the first is renamed, so that a full disk leaves
 * all old ones.
 */
export async function writeAllWhole(
  contents: ReadonlyMap<string, Uint8Array | string>,
  advice = "choose another folder with --out",
  makeFolder = madeIfMissing,
): Promise<void> {
  const temporary = (path: string) => `${path}.part`;
  let at = "";
  try {
    for (const [path, content] of contents) {
      at = path;
      await makeFolder(dirname(path));
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(temporary(path), bytes);
    }
    for (const path of contents.keys()) {
      at = path;
      await Deno.rename(temporary(path), path);
    }
  } catch (error) {
    for (const path of contents.keys()) await Deno.remove(temporary(path)).catch(() => {});
    throw new RunError(
      `${at} cannot be written (${
        reason(error)
      }): make room or ${advice}; what was written before is intact`,
    );
  }
}

/** What may be written into need not be a folder that may be made: the README's is not, for `deno task table`. */
async function madeIfMissing(folder: string): Promise<void> {
  if (!await isThere(folder)) await Deno.mkdir(folder, { recursive: true });
}

/**
 * Writes a file into a folder that is there, or into a folder in it: where that was deleted meanwhile, it is not made anew.
 *
 * @throws {RunError} As {@linkcode writeWhole}, and when the folder is gone.
 */
export async function writeInto(
  folder: string,
  path: string,
  content: Uint8Array | string,
): Promise<void> {
  await writeAllWhole(new Map([[path, content]]), undefined, async (inner) => {
    if (inner === folder) return;
    await Deno.mkdir(inner).catch((error) => {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    });
  });
}

/** Whether there is something at a path; a link to nothing is nothing. */
export async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** No file of a run is larger. */
const MOST_BYTES = 2 ** 31;

/** Reads a file, or undefined when it is not there. */
export async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    checkEnds(await Deno.stat(path), MOST_BYTES);
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new RunError(`${path} cannot be read: ${reason(error)}`);
  }
}

/**
 * Reads a JSON file, or undefined when it is not there.
 *
 * @param state What is said of a file that does not hold what it should.
 * @throws {RunError} When it cannot be read, or holds something else: the file, and which field is wrong.
 */
export async function readJson<T>(
  path: string,
  check: Check<T>,
  state: string,
): Promise<T | undefined> {
  const bytes = await readIfThere(path);
  try {
    return bytes && parseJson(bytes, check);
  } catch (error) {
    throw new RunError(`${path} ${state}: ${(error as Error).message}`);
  }
}
