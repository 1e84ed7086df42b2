/**
 * Undoing gzip.
 *
 * @module
 */
import { RunError } from "../src/errors.ts";
import { onDisk } from "./disk.ts";

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
  if (!isGzip(bytes)) return bytes;
  try {
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return await new Response(unpacked).bytes();
  } catch (error) {
    throw damaged(file, error);
  }
}

/**
 * The contents of a file, unpacked where it is gzip, piece by piece: the file may be larger than memory.
 *
 * @throws {RunError} While being read, if the file cannot be read, or is damaged or cut short.
 */
export async function* gunzipFile(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  using file = await onDisk(`read ${path}`, Deno.open(path));
  const beginning = new Uint8Array(2);
  await onDisk(`read ${path}`, file.read(beginning));
  await onDisk(`read ${path}`, file.seek(0, Deno.SeekMode.Start));
  const packed = isGzip(beginning);
  try {
    yield* packed ? file.readable.pipeThrough(new DecompressionStream("gzip")) : file.readable;
  } catch (error) {
    // The stream's own complaints are type errors (Compression Streams, section 5); others are the disk's.
    if (packed && error instanceof TypeError) throw damaged(path, error);
    await onDisk(`read ${path}`, Promise.reject(error));
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function damaged(file: string, cause: unknown): RunError {
  return new RunError(
    `Cannot unpack ${file}: its gzip data is damaged or cut short; fetch the file again`,
    { cause },
  );
}
