/** Parts of the README and of pages that are written by a program. */
import { RunError } from "../../src/base/errors.ts";

/** The text with the lines between a block's marks replaced. */
export function withBlock(
  text: string,
  block: string,
  lines: readonly string[],
  file = "README.md",
): string {
  const beginMark = `<!-- ${block}:begin -->`, endMark = `<!-- ${block}:end -->`;
  const begin = text.indexOf(beginMark), end = text.indexOf(endMark);
  if (begin < 0 || end < begin) {
    throw new RunError(
      `${file} has no place for the ${block}: it needs ${beginMark} and ${endMark}`,
    );
  }
  const before = text.slice(0, begin + beginMark.length);
  return `${before}\n\n${lines.join("\n")}\n\n${text.slice(end)}`;
}
