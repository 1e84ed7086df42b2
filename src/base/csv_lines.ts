/** Lines of CSV tables that runs, studies and benchmarks wrote, read back. */
import { parse } from "npm:deno-std@1.4.0/csv/mod.js";
import { RunError } from "./errors.ts";
import { readIfThere } from "./files.ts";

/** Lines of a CSV file, by the names of its header. */
export type Lines = Record<string, string>[];

/** What is asked of a table. */
export interface Columns {
  /** Columns that it must have. */
  needed?: readonly string[];
  /** Columns that hold numbers, or nothing; all without it. */
  numbers?: readonly string[];
}

/**
 * The lines of a CSV file, or undefined when it is not there.
 *
 * @throws {RunError} When it cannot be read, or does not have the columns that are asked for.
 */
export async function readLines(path: string, columns?: Columns): Promise<Lines | undefined> {
  const bytes = await readIfThere(path);
  return bytes && parseLines(new TextDecoder().decode(bytes), path, columns);
}

/** The lines of a CSV table; `path` is for messages. */
export function parseLines(csv: string, path: string, columns: Columns = {}): Lines {
  const refusal = (state: string) =>
    new RunError(`${path}${state}; put the file back as it was written`);
  let lines: Lines;
  try {
    lines = parse(csv, { skipFirstRow: true }) as Lines;
  } catch (error) {
    throw refusal(` is no CSV table: ${(error as Error).message.split("\n")[0]}`);
  }
  const { needed = [] } = columns;
  for (const [i, line] of lines.entries()) {
    const missing = needed.find((name) => !Object.hasOwn(line, name));
    if (missing) throw refusal(` has no column ${missing}`);
    for (const name of columns.numbers ?? Object.keys(line)) {
      const field = line[name] ?? "";
      if (field === "" || field.trim() !== "" && !Number.isNaN(Number(field))) continue;
      throw refusal(`, line ${i + 2}: ${name} is "${field}"`);
    }
  }
  return lines;
}

/** A field as a number; NaN where it is empty. */
export function numberIn(line: Lines[number], name: string): number {
  return line[name] ? Number(line[name]) : NaN;
}
