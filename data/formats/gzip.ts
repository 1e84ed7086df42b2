/**
 * Undoing gzip.
 *
 * @module
 */
import { RunError } from "../../src/base/errors.ts";
import { type Pieces, streamOf } from "./pieces.ts";

/**
 * How far packed data may grow: images and text become five to twenty times as long. DEFLATE could do a thousand, and a file
 * of 3 MB would become 3 GB.
 */
const MOST_GROWTH = 30;
/** Bytes that are unpacked at once: no more than 8 MB come of them. */
const PIECE = 1 << 13;
/** So many bytes may always come. */
const ALWAYS_ALLOWED = 1 << 26;

/** The most bytes that a file of this size may unpack to. */
export function mostUnpacked(size: number): number {
  return Math.max(ALWAYS_ALLOWED, MOST_GROWTH * size);
}

/**
 * The contents of a file, unpacked where it is gzip, piece by piece: the file may be larger than memory. The first two bytes
 * tell what it is (1f 8b, RFC 1952), not the name: browsers and servers unpack without renaming.
 *
 * @example
 * ```ts
 * import { gunzip } from "./gzip.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * const plain = await Array.fromAsync(gunzip([Uint8Array.of(1, 2, 3)], "three-bytes", 3));
 * assertEquals(plain, [Uint8Array.of(1, 2, 3)]);
 * ```
 *
 * @param pieces The file; the first piece holds its first two bytes.
 * @param file Its name, for the messages.
 * @param size Its length in bytes.
 * @throws {RunError} While being read, if it is damaged or cut short, or unpacks to more than 64 MiB and thirty times its
 * size, or to more than `most` bytes.
 */
export async function* gunzip(
  pieces: Pieces,
  file: string,
  size: number,
  most = Infinity,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const rest = async function* () {
    yield* pieces;
  }();
  try {
    const { value: first } = await rest.next();
    if (!first) return;
    const packed = first[0] === 0x1f && first[1] === 0x8b;
    const all = async function* () {
      yield first;
      yield* rest;
    }();
    const contents = packed
      ? streamOf(smallPieces(all)).pipeThrough(new DecompressionStream("gzip"))
      : all;
    let done = 0;
    for await (const piece of contents) {
      done += piece.length;
      if (packed && done > mostUnpacked(size)) {
        throw new RunError(
          `Cannot unpack ${file}: its ${size.toLocaleString("en")} bytes unpack to more than ` +
            `${MOST_GROWTH} times as many; if that is right, unpack it yourself`,
        );
      }
      if (done > most) {
        throw new RunError(
          `Cannot read ${file}: it holds more than ${most.toLocaleString("en")} bytes, ` +
            "which are the most",
        );
      }
      yield piece;
    }
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    // The stream's own complaints are type errors (Compression Streams, section 5).
    throw new RunError(
      `Cannot unpack ${file}: its gzip data is damaged or cut short; fetch the file again. ` +
        "If it was made of several parts, unpack it yourself",
      { cause },
    );
  } finally {
    await rest.return();
  }
}

/** The same bytes in pieces so small that unpacking one takes little memory. */
async function* smallPieces(pieces: Pieces): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += PIECE) yield piece.subarray(at, at + PIECE);
  }
}
