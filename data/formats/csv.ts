/**
 * Images in CSV files, in the form of Kaggle's digit-recognizer
 * (https://www.kaggle.com/c/digit-recognizer/data): a header, then a line an image, the pixels row by row, and a label
 * and a number of the line where there are such.
 *
 * @module
 */
import { concat } from "npm:deno-std@1.4.0/bytes/concat.js";
import { type CsvLayout, type PixelShape, readCsvHeader } from "./csv_header.ts";
import { COMMA, fieldEnd, fieldText, largestOf, QUOTE, wrongLine } from "./csv_line.ts";
import type { Pieces } from "./pieces.ts";
import { type Labels, narrowed } from "../../src/dataset/labels.ts";
import { RunError } from "../../src/base/errors.ts";

/** Images without labels: what predictions are made for. */
export interface UnlabelledImages extends Required<PixelShape> {
  /** The number of images. */
  count: number;
  /** Shape [count, height, width, channels], row-major. */
  images: Uint8Array<ArrayBuffer>;
  /** The column of ids, where the file has one. */
  ids?: {
    /** Its name in the header. */
    name: string;
    /** The text of each image in it, shape [count]. */
    values: string[];
  };
}

/** The contents of a CSV file of images. */
export interface CsvImages extends UnlabelledImages {
  /** Shape [count], each from 0 to 999,999; absent where the file has none. */
  labels?: Labels;
}

const NEWLINE = 10, RETURN = 13, ZERO = 48, LESS = 60;
/** No line of images is longer: one of 1024x1024 pixels in color takes 12 MB. */
const LONGEST_LINE = 1 << 24;
/** The most values of pixels in all, as in an IDX file; the most images; and the most characters in their ids. */
const MOST_VALUES = 400_000_000, MOST_IMAGES = 2_000_000, MOST_ID_TEXT = 1 << 25;

/**
 * Reads a CSV file of images, which may be larger than memory. Lines end with LF or CRLF, the last one need not; empty
 * lines at the end do no harm.
 *
 * @example Two images of 2x2 pixels
 * ```ts
 * import { parseCsv } from "./csv.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const text = "label,pixel0,pixel1,pixel2,pixel3\n7,0,1,2,3\n2,255,0,0,9\n";
 * const bytes = new TextEncoder().encode(text);
 * const { count, height, width, images, labels } = await parseCsv([bytes], "two.csv", bytes.length);
 *
 * assertEquals([count, height, width], [2, 2, 2]);
 * assertEquals([...labels!], [7, 2]);
 * assertEquals([...images], [0, 1, 2, 3, 255, 0, 0, 9]);
 * ```
 *
 * @param pieces The file, unpacked.
 * @param file Its name, for the messages.
 * @param size Bytes that it has, at the most.
 * @param shape What is known of the images, see {@linkcode readCsvHeader}.
 * @throws {RunError} If the file is empty, no text of UTF-8, has no header or nothing else, or a line is short, long, or
 * holds something that is not a whole number from 0 to 255 (a label: to 999,999): with its number, the header being line 1. If
 * there are more than 2,000,000 images, or 400,000,000 values of pixels.
 */
export async function parseCsv(
  pieces: Pieces,
  file: string,
  size: number,
  shape: PixelShape = {},
): Promise<CsvImages> {
  const reader = new CsvReader(file, size, shape);
  for await (const piece of pieces) reader.push(piece);
  return reader.finish();
}

/** Reads one file. */
class CsvReader {
  readonly #file: string;
  readonly #shape: PixelShape;
  /** A line that has begun and not ended, in pieces. */
  #begun: Uint8Array<ArrayBuffer>[] = [];
  #begunLength = 0;
  /** Lines that have ended, the header among them, and how many of the last ones are empty. */
  #lines = 0;
  #empty = 0;
  #layout: CsvLayout | undefined;
  /** Room for all values that may come: it takes up memory once it is written to. */
  readonly #images: Uint8Array<ArrayBuffer>;
  #values = 0;
  readonly #labels: number[] = [];
  readonly #ids: string[] = [];
  #idText = 0;

  constructor(file: string, size: number, shape: PixelShape) {
    this.#file = file;
    this.#shape = shape;
    // A value takes a digit and what separates it from the next.
    this.#images = new Uint8Array(Math.min(MOST_VALUES, Math.ceil(size / 2)));
  }

  /** Takes the next bytes. */
  push(bytes: Uint8Array<ArrayBuffer>): void {
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      this.#line(this.#whole(bytes.subarray(from, end)));
      from = end + 1;
    }
    if (from < bytes.length) this.#keep(bytes.slice(from));
  }

  /** What the file holds, after its last bytes. */
  finish(): CsvImages {
    if (this.#lines === 0 && this.#begunLength === 0) {
      throw this.#refusal("it is empty");
    }
    if (this.#begunLength > 0) this.#line(this.#whole(new Uint8Array(0)));
    const count = this.#lines - 1 - this.#empty;
    if (count === 0) {
      throw new RunError(`Cannot use ${this.#file}: it holds no images, only a header`);
    }
    const { height, width, channels, label, id } = this.#layout!;
    return {
      ...{ count, height, width, channels, images: this.#images.subarray(0, this.#values) },
      ...(id && { ids: { name: id.name, values: this.#ids } }),
      ...(label !== undefined && { labels: narrowed(Int32Array.from(this.#labels)) }),
    };
  }

  /** A line with what was kept of its beginning. */
  #whole(end: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    if (this.#begunLength === 0) return end;
    this.#keep(end);
    const line = concat(this.#begun);
    this.#begun = [];
    this.#begunLength = 0;
    return line;
  }

  #keep(part: Uint8Array<ArrayBuffer>): void {
    this.#begun.push(part);
    this.#begunLength += part.length;
    if (this.#lines === 0) checkText(this.#begun[0], this.#file);
    if (this.#begunLength > LONGEST_LINE) {
      const state = `line ${this.#lines + 1} is longer than ${LONGEST_LINE >> 20} MiB`;
      throw this.#refusal(`${state}; it is no CSV file of images`);
    }
  }

  #header(line: Uint8Array<ArrayBuffer>): CsvLayout {
    checkText(line, this.#file);
    const text = this.#text(line);
    if (text.includes("\r")) {
      throw this.#refusal("its lines end with CR alone; save it with LF or CRLF");
    }
    return readCsvHeader(text, this.#file, this.#shape);
  }

  #line(line: Uint8Array<ArrayBuffer>): void {
    if (this.#lines++ === 0) {
      this.#layout = this.#header(line);
      return;
    }
    if (line.every((byte) => byte === RETURN)) {
      this.#empty++;
      return;
    }
    const number = this.#lines - this.#empty;
    if (this.#empty > 0) throw this.#refusal(`line ${number} is empty`);
    const { columns, label, id, height, width, channels } = this.#layout!;
    const size = height * width * channels;
    if (number - 1 > MOST_IMAGES) throw this.#tooMany(MOST_IMAGES, "images");
    if (this.#values + size > MOST_VALUES) throw this.#tooMany(MOST_VALUES, "values of pixels");
    let at = 0;
    for (let column = 0; column < columns; column++) {
      const last = column === columns - 1;
      if (column === id?.column) {
        const end = fieldEnd(line, at);
        if (last ? end < line.length : line[end] !== COMMA) throw this.#wrong(line);
        this.#idText += end - at;
        if (this.#idText > MOST_ID_TEXT) throw this.#tooMany(MOST_ID_TEXT, "bytes of ids");
        this.#ids.push(fieldText(this.#text(line.subarray(at, end))));
        at = end + 1;
        continue;
      }
      const largest = largestOf(column, label);
      const quoted = line[at] === QUOTE;
      const first = quoted ? ++at : at;
      let value = 0, byte = line[at];
      while (byte >= ZERO && byte <= ZERO + 9 && value <= largest) {
        value = 10 * value + byte - ZERO;
        byte = line[++at];
      }
      const isEmpty = at === first;
      const isClosed = !quoted || byte === QUOTE;
      if (quoted) byte = line[++at];
      if (last && byte === RETURN) byte = line[++at];
      const ends = last ? at >= line.length : byte === COMMA;
      if (!ends || isEmpty || !isClosed || value > largest) throw this.#wrong(line);
      at++;
      if (column === label) this.#labels.push(value);
      else this.#images[this.#values++] = value;
    }
  }

  /** Text of the line that is read, without the end of a line. */
  #text(bytes: Uint8Array): string {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r$/, "");
    } catch {
      throw this.#refusal(`line ${this.#lines} is no text in UTF-8; save it as UTF-8`);
    }
  }

  #refusal(state: string): RunError {
    return new RunError(`Cannot read ${this.#file}: ${state}`);
  }

  #tooMany(most: number, what: string): RunError {
    return new RunError(
      `Cannot use ${this.#file}: it holds more than ${most.toLocaleString("en")} ${what}, ` +
        "which are the most; use fewer lines",
    );
  }

  #wrong(line: Uint8Array): RunError {
    return this.#refusal(`line ${this.#lines}${wrongLine(line, this.#layout!)}`);
  }
}

/** Refuses what is no text of UTF-8, by its first bytes. */
function checkText(line: Uint8Array, file: string): void {
  const starts = (...bytes: number[]) => bytes.every((byte, i) => line[i] === byte);
  const refuse = (state: string) => new RunError(`Cannot read ${file}: ${state}`);
  // "PK", as Kaggle sends it
  if (starts(0x50, 0x4b) && line[2] < 9) throw refuse("it is a ZIP archive; unpack it");
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) {
    throw refuse("it is text in UTF-16; save it as UTF-8");
  }
  if (line.find((byte) => byte > 32) === LESS) {
    throw refuse("it is a web page, as sites send it to who is not logged in; fetch it again");
  }
  if (line.includes(0)) {
    throw refuse("it holds NUL bytes, as text in UTF-16 or a binary file does; save it as UTF-8");
  }
}
