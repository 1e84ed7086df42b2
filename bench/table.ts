/** Results as text. */
import type { KernelTime } from "./profile.ts";
import type { Row } from "./work.ts";

/** A cell of a table: words stand at the left, numbers at the right. */
type Cell = string | { number: string };

/** Lines of cells under their titles, column by column. */
function table(titles: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const text = (cell: Cell) => typeof cell === "string" ? cell : cell.number;
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => text(row[column]).length))
  );
  const line = (cells: readonly Cell[]) =>
    cells.map((cell, i) =>
      typeof cell === "string" ? cell.padEnd(widths[i]) : cell.number.padStart(widths[i])
    ).join("  ").trimEnd();
  const head = titles.map((title, i) =>
    typeof rows[0]?.[i] === "string" ? title : { number: title }
  );
  return [head, ...rows].map(line).join("\n");
}

/** A number with three significant digits or all before the point; a dash for what is not counted. */
export function digits(value: number | null): Cell & object {
  if (value === null) return { number: "-" };
  const places = Math.max(0, 2 - Math.floor(Math.log10(value || 1)));
  return { number: value.toFixed(Math.min(places, 6)) };
}

/** The timed works. */
export function rowsTable(rows: readonly Row[]): string {
  return table(
    ["work", "shape", "ms", "GFLOP/s", "GB/s", "images/s"],
    rows.map((row) => [
      row.work,
      row.shape,
      ...[row.ms, row.gflops, row.gbs, row.imagesPerSecond].map(digits),
    ]),
  );
}

/** The kernels of a step. */
export function profileTable(kernels: readonly KernelTime[]): string {
  const total = kernels.reduce((sum, { ms }) => sum + ms, 0);
  return table(
    ["kernel", "dispatches", "ms", "share"],
    kernels.map(({ kernel, dispatches, ms }) => [
      kernel,
      { number: String(dispatches) },
      digits(ms),
      { number: `${(100 * ms / (total || 1)).toFixed(1)}%` },
    ]),
  );
}
