/**
 * Writing images as CSV files.
 *
 * @module
 */
import { dirname } from "node:path";
import { onDisk } from "../../src/base/files.ts";
import type { ImageSet } from "../../src/dataset/image_set.ts";

/** How many bytes of text are gathered before they are written. */
const PIECE = 1 << 20;
const COMMA = 44, NEWLINE = 10;
/** Of a label in 32 bits. */
const MOST_DIGITS = 10;

/** The text of every byte. */
const DIGITS = Array.from({ length: 256 }, (_, value) => new TextEncoder().encode(`${value}`));

/**
 * Writes images in the form of Kaggle's digit-recognizer: a header, then a line an image. The file is written
 * beside its place, then renamed into it: a kill leaves the old one or the new one.
 *
 * @param labelled Whether to write the labels, too, as the first column.
 * @throws {RunError} When the disk is full, the folder read-only or the like; nothing is left behind.
 */
export async function writeCsv(path: string, set: ImageSet, labelled: boolean): Promise<void> {
  const part = `${path}.part`;
  await onDisk(`make the folder ${dirname(path)}`, Deno.mkdir(dirname(path), { recursive: true }));
  try {
    using file = await onDisk(
      `write ${part}`,
      Deno.open(part, { write: true, create: true, truncate: true }),
    );
    for (const piece of csvPieces(set, labelled)) {
      for (let done = 0; done < piece.length;) {
        done += await onDisk(`write ${part}`, file.write(piece.subarray(done)));
      }
    }
    await onDisk(`write ${part}`, file.sync());
    await onDisk(`rename ${part}`, Deno.rename(part, path));
  } catch (error) {
    await Deno.remove(part).catch(() => {});
    throw error;
  }
}

/** The text of a set, piece by piece. A piece is good until the next is asked for. */
export function* csvPieces(set: ImageSet, labelled: boolean): Generator<Uint8Array<ArrayBuffer>> {
  const pixels = set.height * set.width * set.channels;
  const names = Array.from({ length: pixels }, (_, i) => `pixel${i}`);
  yield new TextEncoder().encode(`${[...labelled ? ["label"] : [], ...names].join(",")}\n`);
  const line = MOST_DIGITS + 1 + 4 * pixels; // a comma or the end of the line after each number
  const piece = new Uint8Array(Math.max(PIECE, line));
  let at = 0;
  const put = (value: number) => {
    for (const digit of DIGITS[value]) piece[at++] = digit;
    piece[at++] = COMMA;
  };
  for (let i = 0; i < set.count; i++) {
    if (at + line > piece.length) {
      yield piece.subarray(0, at);
      at = 0;
    }
    if (labelled) {
      for (const digit of `${set.labels[i]}`) piece[at++] = digit.charCodeAt(0);
      piece[at++] = COMMA;
    }
    for (let from = i * pixels; from < (i + 1) * pixels; from++) put(set.images[from]);
    piece[at - 1] = NEWLINE;
  }
  yield piece.subarray(0, at);
}
