/** Tables as CSV text (RFC 4180), by the one writer of runs, studies and measurements. */

/** A field; `NaN`, `null` and `undefined` become empty ones. */
export type CsvField = string | number | null | undefined;

/** Characters that begin a formula in a spreadsheet, and blank ones that it skips before a formula (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r\n]/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A header and lines under it. A field is put into quotes where it holds a comma, a quote or an end of a line, CR among
 * them. Text that a spreadsheet would take for a formula has an apostrophe before it; numbers stay as they are.
 *
 * @example
 * ```ts
 * import { csvOf } from "./csv.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(csvOf(["class", "x"], [["=1+1", -1.5], ["a,b", NaN]]), 'class,x\n\'=1+1,-1.5\n"a,b",\n');
 * ```
 */
export function csvOf(
  header: readonly string[],
  lines: readonly (readonly CsvField[])[],
): string {
  return textOf(header, lines, ",");
}

/**
 * The same with tabs between the fields, for programs that want those.
 *
 * @example
 * ```ts
 * import { tsvOf } from "./csv.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(tsvOf(["class", "x"], [["=1+1", -1.5], ["a,b", NaN]]), "class\tx\n'=1+1\t-1.5\na,b\t\n");
 * ```
 */
export function tsvOf(
  header: readonly string[],
  lines: readonly (readonly CsvField[])[],
): string {
  return textOf(header, lines, "\t");
}

function textOf(
  header: readonly string[],
  lines: readonly (readonly CsvField[])[],
  separator: string,
): string {
  return [header, ...lines].map((line) => csvLine(line, separator) + "\n").join("");
}

/** One line without its end, for tables that grow. */
export function csvLine(fields: readonly CsvField[], separator = ","): string {
  return fields.map((value) => fieldOf(value, separator)).join(separator);
}

function fieldOf(value: CsvField, separator: string): string {
  if (typeof value === "number") return Number.isNaN(value) ? "" : String(value);
  const text = value ?? "";
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return safe.includes(separator) || /["\n\r]/.test(safe)
    ? `"${safe.replaceAll('"', '""')}"`
    : safe;
}

/** Rows under the names of their fields in snake case; what is not counted stays empty. */
export function csvOfRows<Row extends object>(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {}).map(snakeCase);
  return csvOf(columns, rows.map((row) => Object.values(row) as CsvField[]));
}

/** `recallAt1` as `recall_at1`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
