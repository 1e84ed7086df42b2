import { fileSize, readPieces } from "../../src/base/files.ts";
import { gunzip } from "../formats/gzip.ts";

/**
 * The contents of a file, packed by gzip or not, piece by piece.
 *
 * @param most Bytes that it may hold.
 * @throws {RunError} While being read, if it is missing, no file, damaged, or holds too much (see `gunzip()`).
 */
export async function* unpacked(
  path: string,
  most?: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield* gunzip(readPieces(path), path, await fileSize(path) ?? 0, most);
}
