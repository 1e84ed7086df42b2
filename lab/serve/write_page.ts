/** Writes the page into a folder. */
import { join } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { isThere, readIfThere, writeAllWhole } from "../../src/base/files.ts";
import type { PageFile } from "./bundle.ts";

/** What the page's own HTML has, and no other. */
const MARK = "<title>centerlab: the lab</title>", ADVICE = "name another folder with --build";

/**
 * Writes all files; the folder is made where it is missing. An older page is replaced, and other files in the folder stay.
 *
 * @throws {RunError} When files of something else have the page's names, or the folder cannot be written into: what was there
 * before is whole then.
 */
export async function writePage(files: readonly PageFile[], folder: string): Promise<void> {
  const contents = new Map(files.map(({ name, bytes }) => [join(folder, name), bytes]));
  const index = await readIfThere(join(folder, "index.html")).catch(() => undefined);
  if (!(index && new TextDecoder().decode(index).includes(MARK))) {
    for (const path of contents.keys()) {
      if (await isThere(path)) {
        throw new RunError(`${path} is there, and belongs to something else: ${ADVICE}`);
      }
    }
  }
  await writeAllWhole(contents, ADVICE);
}
