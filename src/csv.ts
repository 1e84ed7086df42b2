/** Tables as CSV text (RFC 4180), by the one writer of runs, studies and measurements. */

/** A field; `NaN`, `null` and `undefined` become empty ones. */
export type CsvField = string | number | null | undefined;

/** What begins a formula in a spreadsheet (OWASP, "CSV Injection"), or is left out before one. */
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
  return [header, ...lines].map((line) => line.map(fieldOf).join(",") + "\n").join("");
}

function fieldOf(value: CsvField): string {
  if (typeof value === "number") return Number.isNaN(value) ? "" : String(value);
  const text = value ?? "";
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
