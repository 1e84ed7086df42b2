/**
 * The IDX format of MNIST and Fashion-MNIST, as described on http://yann.lecun.com/exdb/mnist/: a big-endian magic number,
 * the sizes as big-endian 32-bit integers, then the bytes.
 *
 * @module
 */
import { RunError } from "../../src/base/errors.ts";
import { ByteReader } from "./byte_reader.ts";
import { fileSize } from "../../src/base/files.ts";
import { gunzipFile, isPacked } from "./gzip.ts";
import { checkLabels } from "../../src/dataset/labels.ts";

/** What an IDX file holds: its magic number, how many dimensions it has, and what its items and bytes are called. */
interface Kind {
  magic: number;
  dimensions: number;
  items: string;
  bytes: string;
}

/** Unsigned bytes in three dimensions. */
const IMAGES: Kind = { magic: 2051, dimensions: 3, items: "images", bytes: "pixels" };
/** Unsigned bytes in one dimension. */
const LABELS: Kind = { magic: 2049, dimensions: 1, items: "labels", bytes: "labels" };

const KINDS = { images: IMAGES, labels: LABELS };

/** The most bytes that a header may claim: seven times MNIST's. */
const MOST_BYTES = 400_000_000;

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
  const [count, height, width] = readSizes(bytes, file, IMAGES);
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
  readSizes(bytes, file, LABELS);
  const labels = bytes.subarray(8);
  checkLabels(labels, file);
  return labels;
}

/**
 * The sizes that an IDX file claims, the number of items first, before its bytes are read.
 *
 * @throws {RunError} If it is missing or no file, is empty, of another kind, or, unpacked, has another length than it claims.
 */
export async function readIdxSizes(path: string, what: "images" | "labels"): Promise<number[]> {
  const kind = KINDS[what];
  await using reader = new ByteReader(gunzipFile(path));
  const header = await reader.take(headerBytes(kind));
  const sizes = sizesIn(header, path, kind);
  if (!await isPacked(path)) checkLength(await fileSize(path) ?? 0, sizes, path, kind);
  return sizes;
}

/**
 * The bytes of an IDX file, packed by gzip or not. No more are read than its header says there are.
 *
 * @throws {RunError} As {@linkcode readIdxSizes} does, and if it cannot be unpacked, or is longer than its header says.
 */
export async function readIdx(
  path: string,
  what: "images" | "labels",
): Promise<Uint8Array<ArrayBuffer>> {
  const kind = KINDS[what], sizes = await readIdxSizes(path, what);
  await using reader = new ByteReader(gunzipFile(path));
  const length = headerBytes(kind) + product(sizes);
  const bytes = new Uint8Array(length);
  const read = await reader.fill(bytes);
  // Where all is there, this reads to the end, where the sum of packed data is checked.
  if (read === length && await reader.skip(1) > 0) {
    throw new RunError(
      `Cannot read ${path}: it is longer than its header says, where ${
        sizes.join("x")
      } ${kind.bytes} take ${length} bytes`,
    );
  }
  return bytes.subarray(0, read);
}

/** An IDX file of unsigned bytes: what {@linkcode readIdx} reads. */
export function idxBytes(
  sizes: readonly number[],
  bytes: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const header = 4 + 4 * sizes.length;
  const file = new Uint8Array(header + bytes.length), view = new DataView(file.buffer);
  [sizes.length === 3 ? IMAGES.magic : LABELS.magic, ...sizes].forEach((word, i) =>
    view.setUint32(4 * i, word)
  );
  file.set(bytes, header);
  return file;
}

function headerBytes({ dimensions }: Kind): number {
  return 4 + 4 * dimensions;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** The sizes in a header, the number of items first. */
function sizesIn(bytes: Uint8Array<ArrayBuffer>, file: string, kind: Kind): number[] {
  const { magic, dimensions, items } = kind;
  if (bytes.length === 0) throw new RunError(`Cannot read ${file}: it is empty`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 4 && view.getUint32(0) !== magic) {
    throw new RunError(
      `Cannot read ${file}: it starts with ${view.getUint32(0)}, IDX ${items} with ${magic}`,
    );
  }
  if (bytes.length < headerBytes(kind)) {
    throw new RunError(
      `Cannot read ${file}: it ends after ${bytes.length} bytes, within its ${
        headerBytes(kind)
      }-byte header`,
    );
  }
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  if (sizes[0] === 0) throw new RunError(`Cannot use ${file}: it holds no ${items}`);
  if (product(sizes) > MOST_BYTES) {
    throw new RunError(
      `Cannot use ${file}: its header claims ${sizes.join("x")} ${kind.bytes}; ` +
        `${MOST_BYTES.toLocaleString("en")} are the most`,
    );
  }
  return sizes;
}

/** Checks the header against the length, and returns the sizes in it, the number of items first. */
function readSizes(bytes: Uint8Array<ArrayBuffer>, file: string, kind: Kind): number[] {
  const sizes = sizesIn(bytes, file, kind);
  checkLength(bytes.length, sizes, file, kind);
  return sizes;
}

function checkLength(length: number, sizes: readonly number[], file: string, kind: Kind): void {
  const expected = headerBytes(kind) + product(sizes);
  if (length === expected) return;
  const state = length < expected ? "cut short" : "longer than its header says";
  throw new RunError(
    `Cannot read ${file}: it is ${state}, ${length} bytes where ${sizes.join("x")} ` +
      `${kind.bytes} take ${expected}`,
  );
}
