/** Results as text. */
import type { KernelTime } from "./profile.ts";
import type { Row } from "./work.ts";

/** A column: its title, and its width in characters. */
interface Column {
  title: string;
  width: number;
}

const NUMBER_WIDTH = 9;

/** Lines in columns: words stand at the left, numbers at the right. Gives the line of titles, and makes the others. */
function table(
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

/** The table of timed works; made before the first is timed, so that lines can be printed as they come. */
export function worksTable(works: readonly { work: string; shape: string }[]) {
  const width = (of: "work" | "shape") => Math.max(...works.map((work) => work[of].length));
  const { titles, line } = table(
    [{ title: "work", width: width("work") }, { title: "shape", width: width("shape") }],
    ["ms", "GFLOP/s", "GB/s", "images/s"],
  );
  return {
    titles,
    line: ({ work, shape, ms, gflops, gbs, imagesPerSecond }: Row) =>
      line([work, shape], [ms, gflops, gbs, imagesPerSecond].map(digits)),
  };
}

/** The kernels of a step. */
export function profileTable(kernels: readonly KernelTime[]): string {
  const total = kernels.reduce((sum, { ms }) => sum + ms, 0);
  const width = Math.max(...kernels.map(({ kernel }) => kernel.length));
  const { titles, line } = table([{ title: "kernel", width }], ["times", "ms", "share"]);
  const lines = kernels.map(({ kernel, dispatches, ms }) =>
    line([kernel], [String(dispatches), digits(ms), `${(100 * ms / (total || 1)).toFixed(1)}%`])
  );
  return [titles, ...lines, line(["all"], ["", digits(total), ""])].map((it) => it.trimEnd()).join(
    "\n",
  );
}
