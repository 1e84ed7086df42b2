/**
 * Files on disk, with errors that say what to do. What is written is whole or not there: it is written beside its place, then
 * renamed into it.
 *
 * @module
 */
import { dirname } from "./path.ts";
import { RunError } from "./errors.ts";
import { type Check, parseJson } from "./json.ts";
import { reason } from "./reason.ts";
import { type FileInfo, system } from "./system.ts";

/** What a file is called beside its name until it is whole. */
const PART = ".part";
/** What a user can do in any case. */
const ELSEWHERE = "choose another folder with --out";

/**
 * Writes a file so that a kill at any moment leaves the old one or the new one; makes its folder where there is none.
 *
 * @param advice What to do when there is no room.
 * @throws {RunError} When the disk is full, the folder read-only or the like.
 */
export async function writeWhole(
  path: string,
  content: Uint8Array | string,
  advice?: string,
): Promise<void> {
  await writeAllWhole(new Map([[path, content]]), advice);
}

/**
 * The same for several files: all are written beside their places before the first is renamed, so that a full disk leaves
 * all old ones.
 *
 * @throws {RunError} As {@linkcode writeWhole}.
 */
export async function writeAllWhole(
  contents: ReadonlyMap<string, Uint8Array | string>,
  advice = ELSEWHERE,
  makeFolder = madeIfMissing,
  suffix = PART,
): Promise<void> {
  const temporary = (path: string) => `${path}${suffix}`;
  let at = "";
  try {
    for (const [path, content] of contents) {
      at = path;
      await makeFolder(dirname(path));
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await system.writeFile(temporary(path), bytes);
    }
    for (const path of contents.keys()) {
      at = path;
      await renamed(temporary(path), path);
    }
  } catch (error) {
    for (const path of contents.keys()) await system.remove(temporary(path)).catch(() => {});
    const file = await fileInTheWay(dirname(at));
    if (file !== undefined) throw new RunError(`${file} is a file, not a folder: ${advice}`);
    throw unwritable(at, error, advice);
  }
}

/** Milliseconds to wait before each further try: a virus scanner has a new file open for a moment. */
const PATIENCE = [10, 40, 150, 400, 1000];

/**
 * Renames a file, in the place of one that is there. Windows refuses that while some programs have either file open, so it is
 * tried for some time there.
 */
export async function renamed(from: string, to: string): Promise<void> {
  for (const wait of PATIENCE) {
    try {
      return await system.rename(from, to);
    } catch (error) {
      if (!isOpenElsewhere(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  await system.rename(from, to);
}

function unwritable(path: string, error: unknown, advice: string): RunError {
  const mend = isOpenElsewhere(error)
    ? "close the program that has it open, make it writable"
    : "make room";
  const state = `${path} cannot be written (${reason(error)})`;
  return new RunError(`${state}: ${mend} or ${advice}; what was written before is intact`);
}

/** Whether Windows refuses what is done to a file, as it does while another program has that open. */
function isOpenElsewhere(error: unknown): boolean {
  return system.build.os === "windows" && /\(os error (5|32)\)/.test(`${error}`);
}

/**
 * Writes a file that several processes may write at a time, each beside its place under a name of its own: the last one stays.
 *
 * @throws {RunError} As {@linkcode writeWhole}.
 */
export async function writeShared(path: string, content: string, advice: string): Promise<void> {
  const suffix = `.${crypto.randomUUID()}${PART}`;
  await writeAllWhole(new Map([[path, content]]), advice, madeIfMissing, suffix);
}

/** Makes a folder only if it is missing: `deno task table` may write README.md, but may not make its folder. */
async function madeIfMissing(folder: string): Promise<void> {
  if (!await isThere(folder)) await system.mkdir(folder, { recursive: true });
}

/**
 * Writes behind the first bytes of a file, for readers that follow it as it grows; makes it where there is none.
 *
 * @param from How many bytes stay.
 * @throws {RunError} When the disk is full, the folder gone or the like.
 */
export async function appendInto(path: string, from: number, content: Uint8Array): Promise<void> {
  try {
    using file = await system.open(path, { write: true, create: true });
    await file.truncate(from);
    await file.seek(from, system.SeekMode.Start);
    for (let at = 0; at < content.length;) at += await file.write(content.subarray(at));
  } catch (error) {
    throw unwritable(path, error, ELSEWHERE);
  }
}

/**
 * Writes a file into a folder that is there, or into a folder in it: where that was deleted meanwhile, it is not made anew.
 *
 * @throws {RunError} As {@linkcode writeWhole}, and when the folder is gone.
 */
export async function writeInto(
  folder: string,
  path: string,
  content: Uint8Array | string,
): Promise<void> {
  await writeAllWhole(new Map([[path, content]]), undefined, async (inner) => {
    if (inner === folder) return;
    await system.mkdir(inner).catch((error) => {
      if (!(error instanceof system.errors.AlreadyExists)) throw error;
    });
  });
}

/** The file in the place of a folder, or of one of those around it; undefined where there is none. */
export async function fileInTheWay(folder: string): Promise<string | undefined> {
  for (let path = folder;; path = dirname(path)) {
    const info = await system.stat(path).catch(() => undefined);
    if (info) return info.isDirectory ? undefined : path;
    if (dirname(path) === path) return undefined;
  }
}

/** Whether there is something at a path; a link to nothing is nothing. */
export async function isThere(path: string): Promise<boolean> {
  return await system.stat(path).then(() => true, () => false);
}

/** No file of a run is larger. */
const MOST_BYTES = 2 ** 31;

/**
 * Reads a file, or undefined when it is not there.
 *
 * @throws {RunError} When it cannot be read, is a pipe or a device, or has more than 2 GiB.
 */
export async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    checkEnds(await system.stat(path), MOST_BYTES);
    return await system.readFile(path);
  } catch (error) {
    if (error instanceof system.errors.NotFound) return undefined;
    throw new RunError(`${path} cannot be read: ${reason(error)}`);
  }
}

/**
 * Reads a JSON file, or undefined when it is not there.
 *
 * @param state What is said of a file that does not hold what it should.
 * @throws {RunError} When it cannot be read, or holds something else: the file, and which field is wrong.
 */
export async function readJson<T>(
  path: string,
  check: Check<T>,
  state: string,
): Promise<T | undefined> {
  const bytes = await readIfThere(path);
  try {
    return bytes && parseJson(bytes, check);
  } catch (error) {
    throw new RunError(`${path} ${state}: ${(error as Error).message}`);
  }
}

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
  const info = await onDisk(`look at ${path}`, system.stat(path).catch(absent));
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
  return await onDisk(`read ${path}`, system.readFile(path));
}

/**
 * A file's bytes, piece by piece as they are read: it may be larger than memory.
 *
 * @throws {RunError} While being read, if it is missing, no file, or cannot be read.
 */
export async function* readPieces(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  await fileSize(path); // refuses what never ends
  using file = await onDisk(`read ${path}`, system.open(path));
  for (;;) {
    const piece = new Uint8Array(1 << 16);
    const length = await onDisk(`read ${path}`, file.read(piece));
    if (length === null) return;
    yield piece.subarray(0, length);
  }
}

/**
 * Refuses what would be read without end: a pipe, a device, or more than `most` bytes, which a file can claim and not have.
 * Folders and what is not there are left to what opens them.
 *
 * @throws {Error} With what it is, in words for the middle of a line.
 */
function checkEnds({ isFile, isDirectory, size }: FileInfo, most: number): void {
  if (!isFile && !isDirectory) throw new Error("it is a pipe or a device");
  if (isFile && size > most) {
    throw new Error(
      `it has ${size.toLocaleString("en")} bytes; ${most.toLocaleString("en")} are the most`,
    );
  }
}

/** Nothing there is an answer, anything else an error. */
function absent(error: Error): undefined {
  if (error instanceof system.errors.NotFound) return undefined;
  throw error;
}
