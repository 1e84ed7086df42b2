/** Whether a row's file is the one that a run began with. */
import { dirname, relative, resolve } from "node:path";
import { readFile } from "../../../src/base/files.ts";
import { sha256 } from "../../../src/base/sha256.ts";

const MOST_BYTES = 2 ** 24;

/**
 * SHA-256 over a file and what it imports, by relative paths, from its own folder and the folders in it; what lies elsewhere
 * is no part of the row.
 *
 * @throws {RunError} When one of them cannot be read.
 */
export async function rowDigest(path: string): Promise<string> {
  const root = dirname(resolve(path)), texts = new Map<string, string>();
  const waiting = [resolve(path)];
  for (const file of waiting) {
    const name = relative(root, file);
    if (name.startsWith("..") || texts.has(name)) continue;
    const text = new TextDecoder().decode(await readFile(file, MOST_BYTES));
    texts.set(name, text);
    const found = text.matchAll(/\b(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"'\n]+)["']/g);
    for (const [, specifier] of found) waiting.push(resolve(dirname(file), specifier));
  }
  return await sha256(JSON.stringify([...texts].sort(([a], [b]) => a < b ? -1 : 1)));
}
