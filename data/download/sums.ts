/**
 * Sums that tell files apart: MD5, with which data sets are published and which tells a damaged download, not a forged one;
 * and SHA-256.
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

/** The SHA-256 of bytes, in 64 hexadecimal digits. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
