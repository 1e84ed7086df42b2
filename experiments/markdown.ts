/** Markdown as `deno fmt` would have it, so that what is generated passes the gate. */

/** A title, and on which side the cells below it stand. */
export type MarkdownColumn = readonly [title: string, side: "left" | "right"];

/** The lines of a table, columns padded as `deno fmt` has them. */
export function padded(
  columns: readonly MarkdownColumn[],
  rows: readonly (readonly string[])[],
): string[] {
  const all = [columns.map(([title]) => title), ...rows];
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
  const lines: string[] = [];
  let line = item ? "-" : "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length > WIDTH && line !== "") {
      lines.push(line);
      line = item ? `  ${word}` : word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
