/**
 * Files on disk, with errors that say what to do.
 *
 * @module
 */
import { RunError } from "./errors.ts";
import { reason } from "./reason.ts";

/**
 * Waits for a file operation, and turns what goes wrong into one clear line.
 *
 * @param act What is tried, as in "Cannot write /data/mnist/file.gz".
 * @throws {RunError} With the system's own words: no space left, permission denied, not a directory.
 */
export async function onDisk<Result>(act: string, operation: Promise<Result>): Promise<Result> {
  try {
    return await operation;
  } catch (error) {
    throw new RunError(`Cannot ${act}: ${reason(error)}`, { cause: error });
  }
}

/**
 * The size of a file in bytes, or undefined where there is none.
 *
 * @throws {RunError} If it cannot be looked at, or there is no file in its place: a folder, or a pipe or a device, whose
 * contents may never end.
 */
export async function fileSize(path: string): Promise<number | undefined> {
  const info = await onDisk(`look at ${path}`, Deno.stat(path).catch(absent));
  if (info && !info.isFile) {
    const kind = info.isDirectory ? "a directory" : "a pipe or a device";
    throw new RunError(`Cannot read ${path}: it is ${kind}, but should be a file`);
  }
  return info?.size;
}

/**
 * A file's bytes, if it is one and has no more than `most` of them.
 *
 * @throws {RunError} If it is missing, no file, longer, or cannot be read.
 */
export async function readFile(path: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const size = await fileSize(path);
  if (size !== undefined && size > most) {
    throw new RunError(
      `Cannot read ${path}: it has ${size.toLocaleString("en")} bytes; ${
        most.toLocaleString("en")
      } are the most`,
    );
  }
  return await onDisk(`read ${path}`, Deno.readFile(path));
}

/**
 * Refuses what would be read without end: a pipe, a device, or more than `most` bytes, which a file can claim and not have.
 * Folders and what is not there are left to what opens them.
 *
 * @throws {Error} With what it is, in words for the middle of a line.
 */
export function checkEnds({ isFile, isDirectory, size }: Deno.FileInfo, most: number): void {
  if (!isFile && !isDirectory) throw new Error("it is a pipe or a device");
  if (isFile && size > most) {
    throw new Error(
      `it has ${size.toLocaleString("en")} bytes; ${most.toLocaleString("en")} are the most`,
    );
  }
}

/** Nothing there is an answer, anything else an error. */
function absent(error: Error): undefined {
  if (error instanceof Deno.errors.NotFound) return undefined;
  throw error;
}
