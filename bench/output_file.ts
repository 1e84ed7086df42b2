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
  const there = await Deno.stat(file).catch(() => undefined);
  if (!there || there.isFile) return await writeWhole(file, text, "name another file");
  await onDisk(`write ${file}`, Deno.writeTextFile(file, text));
}
