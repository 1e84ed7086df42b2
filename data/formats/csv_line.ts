/**
 * The fields of a line of a CSV file of images.
 *
 * @module
 */
import { MOST_CLASSES } from "../../src/dataset/labels.ts";
import type { CsvLayout } from "./csv_header.ts";

/** The byte around a field, and the one between two. */
export const QUOTE = 34, COMMA = 44;

/** The largest number that a column may hold: of its labels, or else of a pixel. */
export function largestOf(column: number, label?: number): number {
  return column === label ? MOST_CLASSES - 1 : 255;
}

/** Where a field of text ends that starts at `from`: at its comma, which may stand in quotes, or with the line. */
export function fieldEnd(line: Uint8Array, from: number): number {
  let at = from;
  if (line[at] === QUOTE) {
    do at = line.indexOf(QUOTE, at + 1) + 1; while (at > 0 && line[at] === QUOTE);
    if (at === 0) return line.length;
  }
  const end = line.indexOf(COMMA, at);
  return end < 0 ? line.length : end;
}

/** All fields of a line, as they stand there. */
function fieldsOf(line: Uint8Array): string[] {
  const fields: string[] = [];
  for (let at = 0; at <= line.length;) {
    const end = fieldEnd(line, at);
    fields.push(new TextDecoder("utf-8", { ignoreBOM: true }).decode(line.subarray(at, end)));
    at = end + 1;
  }
  fields.push(fields.pop()!.replace(/\r$/, ""));
  return fields;
}

/** A field without the quotes around it. */
export function fieldText(field: string): string {
  return /^".*"$/s.test(field) ? field.slice(1, -1).replaceAll('""', '"') : field;
}

/** What is wrong with a line, after "line 3": its length, or else its first bad value. */
export function wrongLine(line: Uint8Array, { columns, label, id }: CsvLayout): string {
  const values = fieldsOf(line), { length } = values;
  if (length !== columns) {
    return ` is too ${length < columns ? "short" : "long"}, ${length} value${
      length === 1 ? "" : "s"
    } where its header names ${columns}`;
  }
  const column = values.findIndex((value, i) =>
    i !== id?.column &&
    !(/^[0-9]+$/.test(fieldText(value)) && Number(fieldText(value)) <= largestOf(i, label))
  );
  if (column < 0) return " has a quote that does not end in its column of ids";
  const kind = column === label ? "label" : "pixel";
  const value = values[column].length > 20 ? `${values[column].slice(0, 20)}...` : values[column];
  return `, column ${column + 1} is ${/^-?[0-9]+$/.test(value) ? value : JSON.stringify(value)}, ` +
    `but a ${kind} is a whole number from 0 to ${largestOf(column, label)}`;
}
