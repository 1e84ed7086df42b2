/** A table as a terminal shows it. */
import { printable } from "../../src/base/printable.ts";

/**
 * Titles and lines in columns, with two blanks between; columns without a value are left out.
 *
 * @param right Titles of the columns whose cells end at one place, as numbers do.
 */
export function alignedLines(
  titles: readonly string[],
  lines: readonly (readonly string[])[],
  right: readonly string[] = [],
): string[] {
  const kept = titles.map((_, k) => k).filter((k) => lines.some((line) => line[k] !== ""));
  const all = [titles, ...lines].map((line) => kept.map((k) => printable(line[k])));
  const widths = kept.map((_, k) => Math.max(...all.map((line) => [...line[k]].length)));
  return all.map((line) =>
    line.map((cell, k) => {
      const blanks = " ".repeat(widths[k] - [...cell].length);
      return right.includes(titles[kept[k]]) ? blanks + cell : cell + blanks;
    }).join("  ").trimEnd()
  );
}
