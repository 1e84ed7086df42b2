/** Markdown as `deno fmt` would have it, so that what is generated passes the gate. */
import { printable } from "../../src/base/printable.ts";
import { wrapped as linesOf } from "../../src/base/format.ts";

/** A title, and on which side the cells below it stand. */
export type MarkdownColumn = readonly [title: string, side: "left" | "right"];

/** Text, which is shown as it is, or what is Markdown already. */
export type MarkdownCell = string | { readonly markdown: string };

/** What Markdown acts upon; within a word it takes an underscore for what it is. */
const MARKUP = /[\\`*[\]|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Text as Markdown that shows it: nothing in it is markup, ends a cell or begins another line. */
export function escaped(text: string): string {
  return printable(text).replace(MARKUP, "\\$&").replace(/[&<>]/g, (it) => ENTITIES[it]);
}

/** The lines of a table, columns padded as `deno fmt` has them. */
export function padded(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly MarkdownCell[])[],
): string[] {
  const all = [columns.map(([title]) => title), ...rows].map((row) =>
    row.map((cell) => typeof cell === "string" ? escaped(cell) : cell.markdown)
  );
  const widths = columns.map((_, i) => Math.max(3, ...all.map((row) => row[i].length)));
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const lines = all.map((row) =>
    line(
      row.map((cell, i) =>
        columns[i][1] === "left" ? cell.padEnd(widths[i]) : cell.padStart(widths[i])
      ),
    )
  );
  const rule = columns.map(([, side], i) =>
    side === "left" ? "-".repeat(widths[i]) : `${"-".repeat(widths[i] - 1)}:`
  );
  return [lines[0], line(rule), ...lines.slice(1)];
}

const WIDTH = 100;

/** A paragraph, or an item of a list, in lines as `deno fmt` breaks them. */
export function wrapped(text: string, { item = false } = {}): string[] {
  if (!item) return linesOf(text, WIDTH);
  return linesOf(text, WIDTH - 2).map((line, i) => (i === 0 ? "- " : "  ") + line);
}
