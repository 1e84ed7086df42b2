/** Results as CSV. */
import { type CsvField, csvOf } from "./csv.ts";

/** Rows under the names of their fields in snake case; what is not counted stays empty. */
export function csvOfRows<Row extends object>(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {}).map(snakeCase);
  return csvOf(columns, rows.map((row) => Object.values(row) as CsvField[]));
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
