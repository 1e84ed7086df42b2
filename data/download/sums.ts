/**
 * MD5, with which data sets are published: it tells a damaged download, not a forged one.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { onDisk } from "../../src/base/files.ts";

/**
 * The MD5 of a file, in 32 hexadecimal digits. The file is read piece by piece.
 *
 * @throws {RunError} If the file cannot be read.
 */
export async function fileMd5(path: string): Promise<string> {
  const file = await onDisk(`read ${path}`, Deno.open(path));
  const hash = createHash("md5");
  await onDisk(
    `read ${path}`,
    file.readable.pipeTo(new WritableStream({ write: (piece) => void hash.update(piece) })),
  );
  return hash.digest("hex");
}
