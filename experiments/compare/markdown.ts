/** Markdown as `deno fmt` would have it, so that what is generated passes the gate. */
import { printable } from "../../src/base/printable.ts";
import { wrapped as linesOf } from "../../src/base/format.ts";

/** Text, which is shown as it is, or what is Markdown already. */
export type Cell = string | { readonly markdown: string };

/** A column of a table: its title, the side on which its cells stand, and what a line has there. */
export type Column<Line> = readonly [
  title: string,
  side: "left" | "right",
  cell: (line: Line) => Cell,
];

/** A column of words. */
export function left<Line>(title: string, cell: (line: Line) => Cell): Column<Line> {
  return [title, "left", cell];
}

/** A column of numbers. */
export function right<Line>(title: string, cell: (line: Line) => Cell): Column<Line> {
  return [title, "right", cell];
}

/** What Markdown acts upon; within a word it takes an underscore for what it is. */
const MARKUP = /[\\`*[\]|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Text as Markdown that shows it: nothing in it is markup, ends a cell or begins another line. */
export function escaped(text: string): string {
  return printable(text).replace(MARKUP, "\\$&").replace(/[&<>]/g, (it) => ENTITIES[it]);
}

/** A table with a row for each line; without lines, a sentence that says so. */
export function tableOf<Line>(
  columns: readonly Column<Line>[],
  lines: readonly Line[],
  none = "No results are in the repository yet.",
): string[] {
  if (lines.length === 0) return wrapped(none);
  const cells = columns.map(([title, , cell]) =>
    [title, ...lines.map(cell)].map((it) => typeof it === "string" ? escaped(it) : it.markdown)
  );
  const padded = columns.map(([, side], i) => {
    const width = Math.max(3, ...cells[i].map((cell) => cell.length));
    const [title, ...rest] = cells[i].map((cell) =>
      side === "left" ? cell.padEnd(width) : cell.padStart(width)
    );
    const rule = side === "left" ? "-".repeat(width) : `${"-".repeat(width - 1)}:`;
    return [title, rule, ...rest];
  });
  return padded[0].map((_, row) => `| ${padded.map((column) => column[row]).join(" | ")} |`);
}

const WIDTH = 100;

/** A paragraph, or an item of a list, in lines as `deno fmt` breaks them: it breaks no link. */
export function wrapped(text: string, { item = false } = {}): string[] {
  const whole = text.replace(/\[[^\]]*\]\([^)]*\)/g, (link) => link.replaceAll(" ", "\0"));
  const lines = linesOf(whole, item ? WIDTH - 2 : WIDTH).map((it) => it.replaceAll("\0", " "));
  return item ? lines.map((line, i) => (i === 0 ? "- " : "  ") + line) : lines;
}
