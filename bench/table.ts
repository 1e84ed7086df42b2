/** Results as text. */
import { type Limits, shareOfLimit } from "./limits/limits.ts";
import type { ProfileRow } from "./profile_row.ts";
import type { Row } from "./work.ts";

/** A column: its title, and its width in characters. */
interface Column {
  title: string;
  width: number;
}

const NUMBER_WIDTH = 9;

/** Lines in columns: words stand at the left, numbers at the right. Gives the line of titles, and makes the others. */
export function table(
  words: readonly Column[],
  numbers: readonly string[],
): { titles: string; line: (words: readonly string[], numbers: readonly string[]) => string } {
  const line = (cells: readonly string[], values: readonly string[]) =>
    cells.map((cell, i) => cell.padEnd(words[i].width + 2)).join("") +
    values.map((value) => value.padStart(NUMBER_WIDTH)).join("");
  return { titles: line(words.map(({ title }) => title), numbers), line };
}

/** A number with three significant digits, or all before the point; a dash for what is not counted. */
export function digits(value: number | null): string {
  if (value === null) return "-";
  const places = Math.max(0, 2 - Math.floor(Math.log10(value || 1)));
  return value.toFixed(Math.min(places, 6));
}

/** A share as percent with one digit; a dash for what is not counted. */
export function percent(share: number | null): string {
  return share === null ? "-" : `${(100 * share).toFixed(1)}%`;
}

/** The table of timed works; made before the first is timed, so that lines can be printed as they come. */
export function worksTable(works: readonly { work: string; shape: string }[]) {
  const width = (of: "work" | "shape") => Math.max(...works.map((work) => work[of].length));
  const { titles, line } = table(
    [{ title: "work", width: width("work") }, { title: "shape", width: width("shape") }],
    ["ms", "GFLOP/s", "GB/s", "images/s", "of limit"],
  );
  return {
    titles,
    line: (row: Row, limits: Limits) => {
      const { work, shape, ms, gflops, gbs, imagesPerSecond } = row;
      const numbers = [ms, gflops, gbs, imagesPerSecond].map(digits);
      return line([work, shape], [...numbers, percent(shareOfLimit(row, limits))]);
    },
  };
}

/** The limits themselves, in a table of their own. */
export function limitsTable() {
  const { titles, line } = table(
    [{ title: "limit", width: 21 }, { title: "shape", width: 40 }],
    ["ms", "GFLOP/s", "GB/s"],
  );
  return {
    titles,
    line: ({ work, shape, ms, gflops, gbs }: Row) =>
      line([work.replace(/^limit: /, ""), shape], [ms, gflops, gbs].map(digits)),
  };
}

/** The kernels of a step. */
export function profileTable(rows: readonly ProfileRow[]): string {
  const width = Math.max(...rows.map(({ kernel }) => kernel.length));
  const { titles, line } = table([{ title: "kernel", width }], [
    "calls",
    "ms",
    "share",
    "GFLOP/s",
    "GB/s",
    "of limit",
  ]);
  const lines = rows.map(({ kernel, calls, ms, share, gflops, gbs, ofLimit }) =>
    line([kernel], [
      String(calls),
      digits(ms),
      percent(share),
      digits(gflops),
      digits(gbs),
      percent(ofLimit),
    ])
  );
  const calls = rows.reduce((sum, row) => sum + row.calls, 0);
  const total = rows.reduce((sum, { ms }) => sum + ms, 0);
  return [titles, ...lines, line(["all"], [String(calls), digits(total)])]
    .map((it) => it.trimEnd()).join("\n");
}
