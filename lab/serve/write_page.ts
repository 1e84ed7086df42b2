/** Writes the page into a folder. */
import { join } from "node:path";
import { writeAllWhole } from "../../src/base/files.ts";
import type { PageFile } from "./bundle.ts";

/**
 * Writes all files; the folder is made where it is missing, and others in it stay.
 *
 * @throws {RunError} When it cannot be written into; a page that was there before is whole then.
 */
export async function writePage(files: readonly PageFile[], folder: string): Promise<void> {
  const contents = files.map(({ name, bytes }) => [join(folder, name), bytes] as const);
  await writeAllWhole(new Map(contents), "name another folder with --build");
}
