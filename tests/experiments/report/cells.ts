/** The cells of a line of a table in Markdown. */
export function cellsOf(line: string): string[] {
  return line.split("|").slice(1, -1).map((cell) => cell.trim());
}
