/**
 * The IDX format of MNIST and Fashion-MNIST, as described on http://yann.lecun.com/exdb/mnist/: a big-endian magic number,
 * the sizes as big-endian 32-bit integers, then the bytes.
 *
 * @module
 */
import { RunError } from "../src/errors.ts";
import { checkLabels } from "./labels.ts";

/** Magic number of unsigned bytes in three dimensions: images. */
const IMAGES_MAGIC = 2051;
/** Magic number of unsigned bytes in one dimension: labels. */
const LABELS_MAGIC = 2049;

/** The contents of an IDX image file. */
export interface IdxImages {
  /** The number of images. */
  count: number;
  /** Rows of an image, in pixels. */
  height: number;
  /** Columns of an image, in pixels. */
  width: number;
  /** Shape [count, height, width], row-major; a view of the bytes given, nothing is copied. */
  images: Uint8Array<ArrayBuffer>;
}

/**
 * Reads an IDX image file.
 *
 * @example Two images of 1x3 pixels
 * ```ts
 * import { parseIdxImages } from "./idx.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const header = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3]; // magic number, 2, 1, 3
 * const { count, height, width, images } = parseIdxImages(
 *   Uint8Array.of(...header, 10, 20, 30, 40, 50, 60),
 *   "two-images",
 * );
 *
 * assertEquals([count, height, width], [2, 1, 3]);
 * assertEquals([...images], [10, 20, 30, 40, 50, 60]);
 * ```
 *
 * @param bytes The file, unpacked.
 * @param file Its name, for the messages.
 * @throws {RunError} If the file is empty, of another kind, cut short, too long, or holds no pixels.
 */
export function parseIdxImages(bytes: Uint8Array<ArrayBuffer>, file: string): IdxImages {
  const [count, height, width] = readSizes(bytes, file, "images", IMAGES_MAGIC, 3);
  if (height === 0 || width === 0) {
    throw new RunError(`Cannot use ${file}: its images are ${height}x${width} pixels`);
  }
  return { count, height, width, images: bytes.subarray(16) };
}

/**
 * Reads an IDX label file.
 *
 * @param bytes The file, unpacked.
 * @param file Its name, for the messages.
 * @returns Labels from 0 to 9, shape [count]; a view of the bytes given, nothing is copied.
 * @throws {RunError} If the file is empty, of another kind, cut short, too long, or a label exceeds 9.
 */
export function parseIdxLabels(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): Uint8Array<ArrayBuffer> {
  readSizes(bytes, file, "labels", LABELS_MAGIC, 1);
  const labels = bytes.subarray(8);
  checkLabels(labels, file);
  return labels;
}

/** Checks the header against the length, and returns the sizes in it, the number of items first. */
function readSizes(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  kind: "images" | "labels",
  magic: number,
  dimensions: number,
): number[] {
  if (bytes.length === 0) throw new RunError(`Cannot read ${file}: it is empty`);
  const headerBytes = 4 + 4 * dimensions;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 4 && view.getUint32(0) !== magic) {
    throw new RunError(
      `Cannot read ${file}: it starts with ${view.getUint32(0)}, IDX ${kind} with ${magic}`,
    );
  }
  if (bytes.length < headerBytes) {
    throw new RunError(
      `Cannot read ${file}: it ends after ${bytes.length} bytes, within its ${headerBytes}-byte header`,
    );
  }
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  if (sizes[0] === 0) throw new RunError(`Cannot use ${file}: it holds no ${kind}`);
  const expected = headerBytes + sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== expected) {
    const state = bytes.length < expected ? "cut short" : "longer than its header says";
    throw new RunError(
      `Cannot read ${file}: it is ${state}, ${bytes.length} bytes where ${sizes.join("x")} ` +
        `${kind === "images" ? "pixels" : "labels"} take ${expected}`,
    );
  }
  return sizes;
}
