/**
 * Undoing gzip.
 *
 * @module
 */
import { RunError } from "../../src/base/errors.ts";
import { fileSize, onDisk } from "../../src/base/files.ts";

/**
 * How far packed data may grow: images and text become five to twenty times as long. DEFLATE could do a thousand, and a file
 * of 3 MB would become 3 GB.
 */
const MOST_GROWTH = 30;
/** Bytes that are unpacked at once: no more than 8 MB come of them. */
const PIECE = 1 << 13;
/** Up to here it may grow as it likes. */
const HARMLESS = 1 << 26;

/** How many bytes come of a file of this size at the most, packed or not. */
export function mostUnpacked(size: number): number {
  return Math.max(HARMLESS, MOST_GROWTH * size);
}

/**
 * The contents of a file, unpacked where it is gzip, piece by piece: the file may be larger than memory. What it is is told
 * by the first two bytes (1f 8b, RFC 1952), not by the name: browsers and servers unpack without renaming.
 *
 * @throws {RunError} While being read, if the file cannot be read, is no file, is damaged or cut short, or unpacks to more
 * than 64 MiB and thirty times its size, or to more than `most` bytes.
 */
export async function* gunzipFile(
  path: string,
  most = Infinity,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const size = await fileSize(path) ?? 0; // what is missing is said when it is opened
  const packed = await isPacked(path);
  using file = await onDisk(`read ${path}`, Deno.open(path));
  const growth = packed ? mostUnpacked(size) : Infinity;
  let done = 0;
  try {
    const pieces = packed
      ? smallPieces(file).pipeThrough(new DecompressionStream("gzip"))
      : file.readable;
    for await (const piece of pieces) {
      done += piece.length;
      if (done > growth) throw growing(path, size);
      if (done > most) {
        throw new RunError(
          `Cannot read ${path}: it holds more than ${
            most.toLocaleString("en")
          } bytes, which are the most`,
        );
      }
      yield piece;
    }
  } catch (error) {
    if (error instanceof RunError) throw error;
    // The stream's own complaints are type errors (Compression Streams, section 5); others are the disk's.
    if (packed && error instanceof TypeError) throw damaged(path, error);
    await onDisk(`read ${path}`, Promise.reject(error));
  }
}

/** A file, in pieces of which not much can come. */
function smallPieces(file: Deno.FsFile): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const piece = new Uint8Array(PIECE), read = await file.read(piece);
      if (read === null) controller.close();
      else controller.enqueue(piece.subarray(0, read));
    },
  }, { highWaterMark: 0 });
}

/**
 * Whether a file is gzip, by its first two bytes.
 *
 * @throws {RunError} If it cannot be read.
 */
export async function isPacked(path: string): Promise<boolean> {
  using file = await onDisk(`read ${path}`, Deno.open(path));
  const beginning = new Uint8Array(2);
  await onDisk(`read ${path}`, file.read(beginning));
  return beginning[0] === 0x1f && beginning[1] === 0x8b;
}

function growing(file: string, size: number): RunError {
  return new RunError(
    `Cannot unpack ${file}: its ${
      size.toLocaleString("en")
    } bytes unpack to more than ${MOST_GROWTH} times as many; ` +
      "if that is right, unpack it yourself",
  );
}

function damaged(file: string, cause: unknown): RunError {
  return new RunError(
    `Cannot unpack ${file}: its gzip data is damaged or cut short; fetch the file again`,
    { cause },
  );
}
