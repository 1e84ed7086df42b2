/** Tables as text, a line at a time. */

/** A column of words: its title, and its width in characters. */
export interface Column {
  title: string;
  width: number;
}

const NUMBER_WIDTH = 9;

/** Lines in columns: words stand at the left, numbers at the right. Gives the line of titles, and makes the others. */
export function textTable(
  words: readonly Column[],
  numbers: readonly string[],
): { titles: string; line: (words: readonly string[], numbers: readonly string[]) => string } {
  const line = (cells: readonly string[], values: readonly string[]) =>
    cells.map((cell, i) => cell.padEnd(words[i].width + 2)).join("") +
    values.map((value) => value.padStart(NUMBER_WIDTH)).join("");
  return { titles: line(words.map(({ title }) => title), numbers), line };
}

/** A column that is as wide as the longest of its words. */
export function column(title: string, words: readonly string[]): Column {
  return { title, width: Math.max(title.length, ...words.map((word) => word.length)) };
}
