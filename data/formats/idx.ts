/**
 * The IDX format of MNIST and Fashion-MNIST, as described on http://yann.lecun.com/exdb/mnist/: a big-endian magic number,
 * the sizes as big-endian 32-bit integers, then the bytes.
 *
 * @module
 */
import { RunError } from "../../src/base/errors.ts";
import { checkLabels } from "../../src/dataset/labels.ts";
import type { Pieces } from "./pieces.ts";

/** Unsigned bytes in three dimensions (count, height, width), and in one (count). */
const PARTS = {
  images: { magic: 2051, dimensions: 3, bytes: "pixels" },
  labels: { magic: 2049, dimensions: 1, bytes: "labels" },
} as const;

/** What an IDX file of a data set holds. */
export type IdxPart = keyof typeof PARTS;

/** The most bytes that a header may claim: seven times MNIST's. */
const MOST_BYTES = 400_000_000;

/** The contents of an IDX file. */
export interface IdxArray {
  /** The number of items; of images the height and the width, too. */
  sizes: number[];
  /** Pixels, or labels from 0 to 9, row-major. */
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Reads an IDX file. No more is read than its header says there is.
 *
 * @example Two images of 1x3 pixels
 * ```ts
 * import { readIdx } from "./idx.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const header = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3]; // magic number, 2, 1, 3
 * const file = Uint8Array.of(...header, 10, 20, 30, 40, 50, 60);
 * const { sizes, bytes } = await readIdx([file], "two-images", "images");
 *
 * assertEquals(sizes, [2, 1, 3]);
 * assertEquals([...bytes], [10, 20, 30, 40, 50, 60]);
 * ```
 *
 * @param pieces The file, unpacked.
 * @param file Its name, for the messages.
 * @param check Given the sizes before the rest is read; throws where they are not the ones that are wanted.
 * @throws {RunError} If the file is empty, of another kind, cut short, too long, or holds no pixels or a label above 9.
 */
export async function readIdx(
  pieces: Pieces,
  file: string,
  part: IdxPart,
  check: (sizes: readonly number[]) => void = () => {},
): Promise<IdxArray> {
  const start = headerBytes(PARTS[part].dimensions);
  let head: number[] = [], sizes: number[] = [], bytes = new Uint8Array(0), done = 0;
  const refusal = (state: string) =>
    new RunError(
      `Cannot read ${file}: it is ${state}, where ${sizes.join("x")} ${PARTS[part].bytes} take ` +
        `${start + bytes.length}`,
    );
  for await (const piece of pieces) {
    const missing = start - head.length;
    if (missing > 0) {
      head = [...head, ...piece.subarray(0, missing)];
      if (head.length < start) continue;
      sizes = sizesIn(head, file, part);
      check(sizes);
      bytes = new Uint8Array(product(sizes));
    }
    const rest = piece.subarray(missing);
    if (done + rest.length > bytes.length) throw refusal("longer than its header says");
    bytes.set(rest, done);
    done += rest.length;
  }
  if (head.length < start) sizesIn(head, file, part);
  if (done < bytes.length) throw refusal(`cut short after ${start + done} bytes`);
  if (part === "labels") checkLabels(bytes, file);
  return { sizes, bytes };
}

/** An IDX file of unsigned bytes: what {@linkcode readIdx} reads. */
export function idxBytes({ sizes, bytes }: IdxArray): Uint8Array<ArrayBuffer> {
  const start = headerBytes(sizes.length);
  const file = new Uint8Array(start + bytes.length), view = new DataView(file.buffer);
  const { magic } = sizes.length === 3 ? PARTS.images : PARTS.labels;
  [magic, ...sizes].forEach((word, i) => view.setUint32(4 * i, word));
  file.set(bytes, start);
  return file;
}

function headerBytes(dimensions: number): number {
  return 4 + 4 * dimensions;
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** The sizes in a header, which may be cut short, the number of items first. */
function sizesIn(header: readonly number[], file: string, part: IdxPart): number[] {
  const { magic, dimensions, bytes } = PARTS[part], start = headerBytes(dimensions);
  if (header.length === 0) throw new RunError(`Cannot read ${file}: it is empty`);
  const view = new DataView(Uint8Array.from(header).buffer);
  if (header.length >= 4 && view.getUint32(0) !== magic) {
    throw new RunError(
      `Cannot read ${file}: it starts with ${view.getUint32(0)}, IDX ${part} with ${magic}`,
    );
  }
  if (header.length < start) {
    throw new RunError(
      `Cannot read ${file}: it ends after ${header.length} bytes, within its ${start}-byte header`,
    );
  }
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  if (sizes[0] === 0) throw new RunError(`Cannot use ${file}: it holds no ${part}`);
  if (product(sizes) === 0) {
    throw new RunError(`Cannot use ${file}: its images are ${sizes[1]}x${sizes[2]} pixels`);
  }
  if (product(sizes) > MOST_BYTES) {
    throw new RunError(
      `Cannot use ${file}: its header claims ${sizes.join("x")} ${bytes}; ` +
        `${MOST_BYTES.toLocaleString("en")} are the most`,
    );
  }
  return sizes;
}
