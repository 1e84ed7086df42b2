/** Files that measurements go into. */
import { dirname } from "node:path";
import { checkOutsideRuns } from "../experiments/run_folder/folder_contents.ts";
import { isThere, onDisk, writeWhole } from "../src/base/files.ts";

/**
 * Makes sure that a file can be written, before the minutes of work and not after; leaves nothing but the folder.
 *
 * @throws {RunError} When it cannot.
 * @throws {UsageError} When it is a file of a run or a study.
 */
export async function checkWritable(file: string): Promise<void> {
  await checkOutsideRuns(file);
  const tried = async () => {
    await Deno.mkdir(dirname(file), { recursive: true });
    const there = await isThere(file);
    (await Deno.open(file, { write: true, create: true })).close();
    if (!there) await Deno.remove(file);
  };
  await onDisk(`write ${file}`, tried());
}

/**
 * Writes a file whole; into a pipe or a device directly.
 *
 * @throws {RunError} When it cannot be written.
 */
export async function save(file: string, text: string): Promise<void> {
  if (await isPlain(file)) return await writeWhole(file, text, "name another file");
  await onDisk(`write ${file}`, Deno.writeTextFile(file, text));
}

/**
 * Writes what was measured so far beside a file that keeps what it has: a kill leaves both. {@linkcode saveAll} ends it.
 *
 * @throws {RunError} When it cannot be written.
 */
export async function saveSoFar(file: string, text: string): Promise<void> {
  if (await isPlain(file)) await writeWhole(`${file}${SO_FAR}`, text, "name another file");
}

/**
 * Writes all that was measured, in the place of the file.
 *
 * @throws {RunError} When it cannot be written.
 */
export async function saveAll(file: string, text: string): Promise<void> {
  await save(file, text);
  if (await isPlain(file)) await Deno.remove(`${file}${SO_FAR}`).catch(() => {});
}

const SO_FAR = ".partial";

/** Whether it is a file, or will be one: no pipe and no device. */
async function isPlain(file: string): Promise<boolean> {
  const there = await Deno.stat(file).catch(() => undefined);
  return !there || there.isFile;
}
