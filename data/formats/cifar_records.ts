/**
 * The binary format of CIFAR-10, as described on https://www.cs.toronto.edu/~kriz/cifar.html: records of
 * a label byte, then 32x32 bytes of red, as many of green, and of blue, each row-major.
 *
 * @module
 */
import { RunError } from "../../src/base/errors.ts";
import { checkLabels } from "../../src/dataset/labels.ts";

/** Rows and columns of an image. */
export const CIFAR_SIDE = 32;
const PIXELS = CIFAR_SIDE * CIFAR_SIDE;
const RECORD = 1 + 3 * PIXELS;

/** The bytes of a published file: 10,000 records. No file is longer. */
export const MOST_BATCH_BYTES = 10_000 * RECORD;

/**
 * How many records a file of this many bytes holds.
 *
 * @param file Its name, for the messages.
 * @throws {RunError} If it is empty, not a number of whole records, or longer than 10,000 of them.
 */
export function countCifarRecords(bytes: number, file: string): number {
  if (bytes === 0) throw new RunError(`Cannot read ${file}: it is empty`);
  if (bytes % RECORD !== 0) {
    throw new RunError(
      `Cannot read ${file}: its ${bytes} bytes are no multiple of the ${RECORD} of a record; ` +
        "it is cut short, or another file",
    );
  }
  if (bytes > MOST_BATCH_BYTES) {
    throw new RunError(
      `Cannot use ${file}: it has ${bytes / RECORD} records; 10,000 are the most`,
    );
  }
  return bytes / RECORD;
}

/**
 * Reads records, and puts the three colours of a pixel side by side.
 *
 * @example One record, red all over
 * ```ts
 * import { readCifarRecords } from "./cifar_records.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const record = new Uint8Array(3073).fill(255, 1, 1025); // label 0, then red, green, blue
 * const images = new Uint8Array(3072), labels = new Uint8Array(1);
 * readCifarRecords(record, "one-record", images, labels);
 *
 * assertEquals([...images.subarray(0, 6)], [255, 0, 0, 255, 0, 0]);
 * ```
 *
 * @param bytes The file.
 * @param file Its name, for the messages.
 * @param images Where to put the pixels, shape [count, 32, 32, 3].
 * @param labels Where to put the labels, shape [count].
 * @throws {RunError} If the file is empty, not a number of whole records, or a label exceeds 9.
 */
export function readCifarRecords(
  bytes: Uint8Array,
  file: string,
  images: Uint8Array,
  labels: Uint8Array,
): void {
  const count = countCifarRecords(bytes.length, file);
  for (let i = 0; i < count; i++) labels[i] = bytes[i * RECORD];
  checkLabels(labels.subarray(0, count), file);
  for (let i = 0, to = 0; i < count; i++) {
    const red = i * RECORD + 1;
    for (let from = red; from < red + PIXELS; from++, to += 3) {
      images[to] = bytes[from];
      images[to + 1] = bytes[from + PIXELS];
      images[to + 2] = bytes[from + 2 * PIXELS];
    }
  }
}
