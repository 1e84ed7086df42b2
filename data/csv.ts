/**
 * Images in CSV files, in the form of Kaggle's digit-recognizer
 * (https://www.kaggle.com/c/digit-recognizer/data): a header, then a line an image, the label first where there
 * is one, then the pixels row by row.
 *
 * @module
 */
import { type CsvLayout, type PixelShape, readCsvHeader } from "./csv_layout.ts";
import { type Labels, MOST_CLASSES, narrowed } from "./labels.ts";
import { RunError } from "../src/errors.ts";

/** Images without labels: what predictions are made for. */
export interface UnlabelledImages extends Required<PixelShape> {
  /** The number of images. */
  count: number;
  /** Shape [count, height, width, channels], row-major. */
  images: Uint8Array<ArrayBuffer>;
}

/** The contents of a CSV file of images. */
export interface CsvImages extends UnlabelledImages {
  /** Shape [count], each from 0 to 999,999; absent where the file has none. */
  labels?: Labels;
}

const NEWLINE = 10, RETURN = 13, COMMA = 44, ZERO = 48;
const LARGEST_PIXEL = 255, LARGEST_LABEL = MOST_CLASSES - 1;

/**
 * Reads a CSV file of images. Lines end with LF or CRLF, the last one need not; empty lines at the end do no
 * harm.
 *
 * @example Two images of 2x2 pixels
 * ```ts
 * import { parseCsv } from "./csv.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const text = "label,pixel0,pixel1,pixel2,pixel3\n7,0,1,2,3\n2,255,0,0,9\n";
 * const { count, height, width, images, labels } = parseCsv(new TextEncoder().encode(text), "two.csv");
 *
 * assertEquals([count, height, width], [2, 2, 2]);
 * assertEquals([...labels!], [7, 2]);
 * assertEquals([...images], [0, 1, 2, 3, 255, 0, 0, 9]);
 * ```
 *
 * @param bytes The file, unpacked.
 * @param file Its name, for the messages.
 * @param shape What is known of the images, see {@linkcode readCsvHeader}.
 * @throws {RunError} If the file is empty, has no header or nothing else, or a line is short, long, or holds
 * something that is not a whole number from 0 to 255 (a label: to 999,999): with its number, the header being line 1.
 */
export function parseCsv(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  shape: PixelShape = {},
): CsvImages {
  if (bytes.length === 0) throw new RunError(`Cannot read ${file}: it is empty`);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] < 9) { // "PK", as Kaggle sends it
    throw new RunError(`Cannot read ${file}: it is a ZIP archive; unpack it`);
  }
  const headerEnd = lineEnd(bytes, 0);
  const header = new TextDecoder().decode(bytes.subarray(0, headerEnd));
  const layout = readCsvHeader(header, file, shape);
  const from = Math.min(headerEnd + 1, bytes.length), to = contentEnd(bytes, from);
  const count = from === to ? 0 : 1 + newlines(bytes, from, to);
  if (count === 0) throw new RunError(`Cannot use ${file}: it holds no images, only a header`);
  return readLines(bytes.subarray(from, to), file, layout, count);
}

/** Reads the lines under the header. */
function readLines(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  { labelled, columns, height, width, channels }: CsvLayout,
  count: number,
): CsvImages {
  const images = new Uint8Array(count * height * width * channels);
  const labels = labelled ? new Int32Array(count) : undefined;
  for (let line = 0, at = 0, pixel = 0; line < count; line++) {
    const start = at;
    for (let column = 0; column < columns; column++) {
      const first = at;
      const largest = labels !== undefined && column === 0 ? LARGEST_LABEL : LARGEST_PIXEL;
      let value = 0, byte = bytes[at];
      while (byte >= ZERO && byte <= ZERO + 9 && value <= largest) {
        value = 10 * value + byte - ZERO;
        byte = bytes[++at];
      }
      const last = column === columns - 1;
      if (last && byte === RETURN) byte = bytes[++at];
      const ends = last ? byte === NEWLINE || at >= bytes.length : byte === COMMA;
      if (!ends || at === first || value > largest) {
        throw wrongLine(bytes.subarray(start), file, line + 2, columns, labelled);
      }
      at++;
      if (labels !== undefined && column === 0) labels[line] = value;
      else images[pixel++] = value;
    }
  }
  const sizes = { count, height, width, channels, images };
  return labels === undefined ? sizes : { ...sizes, labels: narrowed(labels) };
}

/** What is wrong with the line that the bytes start with: its length, or else its first bad value. */
function wrongLine(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  number: number,
  columns: number,
  labelled: boolean,
): RunError {
  const text = new TextDecoder().decode(bytes.subarray(0, lineEnd(bytes, 0))).replace(/\r$/, "");
  const at = `Cannot read ${file}: line ${number}`;
  if (text === "") return new RunError(`${at} is empty`);
  const values = text.split(",");
  if (values.length !== columns) {
    const state = values.length < columns ? "short" : "long";
    return new RunError(
      `${at} is too ${state}, ${values.length} value${values.length === 1 ? "" : "s"} where ` +
        `its header names ${columns}`,
    );
  }
  const largest = (column: number) => labelled && column === 0 ? LARGEST_LABEL : LARGEST_PIXEL;
  const column = values.findIndex((value, i) =>
    !/^[0-9]+$/.test(value) || Number(value) > largest(i)
  );
  const kind = labelled && column === 0 ? "label" : "pixel";
  const value = values[column].length > 20 ? `${values[column].slice(0, 20)}...` : values[column];
  return new RunError(
    `${at}, column ${column + 1} is ${/^-?[0-9]+$/.test(value) ? value : JSON.stringify(value)}, ` +
      `but a ${kind} is a whole number from 0 to ${largest(column)}`,
  );
}

/** Where the line ends that starts at `from`: at its newline, or with the bytes. */
function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(NEWLINE, from);
  return end < 0 ? bytes.length : end;
}

/** The end of the bytes without the ends of lines that stand there. */
function contentEnd(bytes: Uint8Array, from: number): number {
  let end = bytes.length;
  while (end > from && (bytes[end - 1] === NEWLINE || bytes[end - 1] === RETURN)) end--;
  return end;
}

function newlines(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (bytes[at] === NEWLINE) count++;
  return count;
}
