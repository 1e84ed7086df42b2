/**
 * Undoing gzip.
 *
 * @module
 */
import { RunError } from "../src/errors.ts";

/**
 * The contents of a gzip file, or the bytes themselves where they are none. What they are is told by the
 * first two bytes (1f 8b, RFC 1952), not by the name: browsers and servers unpack without renaming.
 *
 * @param file The file's name, for the message.
 * @throws {RunError} If the compressed data is damaged or cut short.
 */
export async function gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return await new Response(unpacked).bytes();
  } catch (error) {
    throw new RunError(
      `Cannot unpack ${file}: its gzip data is damaged or cut short; fetch the file again`,
      { cause: error },
    );
  }
}
