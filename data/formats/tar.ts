/**
 * Reading files out of a tar archive, by modern-tar. Nothing is unpacked onto the disk.
 *
 * @module
 */
import { createTarDecoder, type TarHeader } from "npm:modern-tar@0.8.6";
import { RunError } from "../../src/base/errors.ts";
import { type Pieces, streamOf } from "./pieces.ts";

/** The most bytes of a file that is wanted, where the caller names no other bound. */
const LONGEST_FILE = 1 << 28;

/**
 * The contents of those files of an archive that are wanted, by their paths in it. The archive is read
 * to its end, so that one that is damaged anywhere is refused whole.
 *
 * @param pieces The archive, unpacked.
 * @param archive Its name, for the messages.
 * @param wanted Paths such as `"folder/file"`.
 * @param most Bytes that a wanted file may have.
 * @returns What was found; a path that is not in the archive is not in the map.
 * @throws {RunError} If it is no tar archive, is damaged or cut short, or holds anything but files and
 * folders, or an entry whose path leaves the folder where the archive would be unpacked.
 */
export async function readTar(
  pieces: Pieces,
  archive: string,
  wanted: readonly string[],
  most = LONGEST_FILE,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const decoder = createTarDecoder({ strict: true });
  const written = streamOf(pieces).pipeTo(decoder.writable);
  try {
    for await (const { header, body } of decoder.readable) {
      const path = header.name.replace(/^(\.\/)+/, "");
      checkEntry(path, header, archive);
      if (!wanted.includes(path) || header.type === "directory") {
        // Read and dropped: several cancelled bodies in a row stop modern-tar 0.8.6 for good.
        await body.pipeTo(new WritableStream());
        continue;
      }
      if (header.size > most) {
        throw new RunError(
          `Cannot use ${archive}: its entry "${path}" claims ${header.size} bytes; ${most} are the most`,
        );
      }
      const bytes = new Uint8Array(header.size);
      let done = 0;
      for await (const piece of body) {
        bytes.set(piece, done);
        done += piece.length;
      }
      files.set(path, bytes);
    }
    await written;
  } catch (cause) {
    await decoder.readable.cancel(cause).catch(() => {});
    await written.catch(() => {});
    if (cause instanceof RunError) throw cause;
    throw new RunError(
      `Cannot read ${archive}: it is no tar archive, damaged or cut short ` +
        `(${(cause as Error).message}); fetch it again`,
      { cause },
    );
  }
  return files;
}

/** Makes sure that an entry is a file or a folder which stays inside. */
function checkEntry(path: string, { type = "file" }: TarHeader, archive: string): void {
  const absolute = /^([/\\]|[a-z]:)/i.test(path);
  if (absolute || path.split(/[/\\]/).includes("..")) {
    throw new RunError(
      `Cannot use ${archive}: the path of its entry "${path}" leaves the folder; ` +
        "do not unpack it, and get the archive from its publisher",
    );
  }
  if (type !== "file" && type !== "directory") {
    throw new RunError(
      `Cannot use ${archive}: its entry "${path}" is a ${type}, neither file nor folder; ` +
        "get the archive from its publisher",
    );
  }
}
