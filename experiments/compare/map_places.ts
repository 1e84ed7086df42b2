/** Where in a grid each map stands. */
import type { Difference } from "./differing.ts";
import type { OpenedRun } from "./opened_run.ts";

/** Rows of maps, and their titles where they have some. */
export interface Places<T> {
  cells: (T | undefined)[][];
  rowTitles?: string[];
  columnTitles?: string[];
}

/** More columns would be too small to read. */
const MOST_COLUMNS = 5;

/** Two things that differ, with each pair of their values there: that of more values goes across. Else line by line. */
export function placesOf<T extends { readonly run: OpenedRun }>(
  shown: readonly T[],
  differences: readonly Difference[],
): Places<T> {
  if (differences.length === 2) {
    const values = ({ told }: Difference) => [...new Set(shown.map(({ run }) => told(run)))];
    const [down, across] = differences.toSorted((a, b) => values(a).length - values(b).length);
    const [rowTitles, columnTitles] = [values(down), values(across)];
    const cells = rowTitles.map((row) =>
      columnTitles.map((column) =>
        shown.find(({ run }) => down.told(run) === row && across.told(run) === column)
      )
    );
    const whole = cells.flat().length === shown.length && cells.flat().every((one) => one);
    if (whole && columnTitles.length <= MOST_COLUMNS) return { cells, rowTitles, columnTitles };
  }
  const count = shown.length;
  const columns = count <= 3 ? count : count === 4 ? 2 : count <= 9 ? 3 : 4;
  return {
    cells: Array.from(
      { length: Math.ceil(count / columns) },
      (_, row) => Array.from({ length: columns }, (_, column) => shown[row * columns + column]),
    ),
  };
}
