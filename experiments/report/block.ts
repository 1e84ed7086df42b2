/** Parts of the README and of pages that are written by a program. */
import { readIfThere } from "../../src/base/files.ts";
import { RunError } from "../../src/base/errors.ts";

/** What stands between the marks of a name in a file. */
export interface Block {
  path: string;
  name: string;
  lines: readonly string[];
}

/**
 * The texts of the files with what stands between their marks replaced; a file that is not there has none.
 *
 * @throws {RunError} When a file lacks the marks of a block.
 */
export async function withBlocks(blocks: readonly Block[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const { path, name, lines } of blocks) {
    const bytes = await readIfThere(path);
    const text = texts.get(path) ?? (bytes && new TextDecoder().decode(bytes));
    if (text !== undefined) texts.set(path, withBlock(text, { path, name, lines }));
  }
  return texts;
}

/**
 * The text with the lines between a block's marks replaced.
 *
 * @throws {RunError} When it lacks the marks.
 */
export function withBlock(text: string, { path, name, lines }: Block): string {
  const beginMark = `<!-- ${name}:begin -->`, endMark = `<!-- ${name}:end -->`;
  const begin = text.indexOf(beginMark), end = text.indexOf(endMark);
  if (begin < 0 || end < begin) {
    throw new RunError(
      `${path} has no place for the ${name}: it needs ${beginMark} and ${endMark}`,
    );
  }
  const before = text.slice(0, begin + beginMark.length);
  const between = lines.length > 0 ? `${lines.join("\n")}\n\n` : "";
  return `${before}\n\n${between}${text.slice(end)}`;
}
