/** Whether a row's file is the one that a run began with. */
import { fileSize, readFile } from "../../../src/base/files.ts";
import { dirname, relative, resolve, withSlashes } from "../../../src/base/path.ts";
import { sha256 } from "../../../src/base/sha256.ts";

const MOST_BYTES = 2 ** 24;
/** What looks like an import, be it in a comment. */
const IMPORT = /\b(?:from|import)\s*\(?\s*(["'`])(\.{1,2}\/[^"'`$\n]+)\1/g;

/**
 * SHA-256 over a file and what it imports, by relative paths, from its own folder and the folders in it; what lies elsewhere
 * is no part of the row, nor what is not there.
 *
 * @throws {RunError} When one of them cannot be read.
 */
export async function rowDigest(path: string): Promise<string> {
  const root = dirname(resolve(path)), texts = new Map<string, string>();
  const waiting = [resolve(path)];
  for (const file of waiting) {
    const name = withSlashes(relative(root, file));
    if (name.startsWith("..") || texts.has(name)) continue;
    const text = new TextDecoder().decode(await readFile(file, MOST_BYTES));
    texts.set(name, text);
    for (const [, , specifier] of text.matchAll(IMPORT)) {
      const imported = resolve(dirname(file), specifier);
      const size = await fileSize(imported).catch(() => undefined); // a folder is none of it either
      if (size !== undefined) waiting.push(imported);
    }
  }
  return await sha256(JSON.stringify([...texts].sort(([a], [b]) => a < b ? -1 : 1)));
}
