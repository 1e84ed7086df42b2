/**
 * Reading files out of a tar archive (POSIX.1-1988 "ustar", with the long names of GNU and of pax).
 * Nothing is unpacked onto the disk.
 *
 * @module
 */
import { RunError } from "../../src/base/errors.ts";
import { ByteReader } from "./byte_reader.ts";

/** Headers and contents fill whole blocks of this many bytes. */
const BLOCK = 512;
/** No path is longer; a damaged archive may say so. */
const LONGEST_NAME = 1 << 16;
/** Of a file that is wanted, unless it is said otherwise. */
const LONGEST_FILE = 1 << 28;
const FOLDER = "5", GNU_LONG_NAME = "L", PAX = "x", PAX_GLOBAL = "g";
/** Contents that are bytes; the NUL is from before POSIX. */
const FILES = ["0", "\0", "7"];
/** What else a type flag may mean. */
const KINDS: Readonly<Record<string, string>> = {
  "1": "a hard link",
  "2": "a symbolic link",
  "3": "a device",
  "4": "a device",
  "6": "a pipe",
};

/** One header. */
interface Header {
  path: string;
  size: number;
  type: string;
}

/**
 * The contents of those files of an archive that are wanted, by their paths in it. The archive is read
 * to its end, so that one that is spoilt anywhere is refused whole.
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
  pieces: AsyncIterable<Uint8Array<ArrayBuffer>>,
  archive: string,
  wanted: readonly string[],
  most = LONGEST_FILE,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  await using reader = new ByteReader(pieces);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  let longPath: string | undefined;
  for (;;) {
    const at = reader.offset;
    const block = await reader.take(BLOCK);
    if (at === 0 && block.length === 0) throw new RunError(`Cannot read ${archive}: it is empty`);
    if (at === 0 && !isHeader(block)) {
      throw new RunError(`Cannot read ${archive}: it is no tar archive`);
    }
    if (block.length < BLOCK) throw cutShort(archive, reader.offset);
    if (block.every((byte) => byte === 0)) break;
    const header = parseHeader(block, archive, at);
    const path: string = (longPath ?? header.path).replace(/^(\.\/)+/, "");
    longPath = undefined;
    const { size, type } = header;
    const isName = type === GNU_LONG_NAME || type === PAX || type === PAX_GLOBAL;
    if (!isName) checkEntry(path, type, archive);
    if (isName && size > LONGEST_NAME) throw spoilt(archive, at);
    const padding = (BLOCK - size % BLOCK) % BLOCK;
    const isWanted = wanted.includes(path) && type !== FOLDER;
    if (isWanted && size > most) {
      throw new RunError(
        `Cannot use ${archive}: its entry "${path}" claims ${size} bytes; ${most} are the most`,
      );
    }
    if (isName || isWanted) {
      const bytes = await reader.take(size);
      if (bytes.length < size) throw cutShort(archive, reader.offset);
      if (!isName) files.set(path, bytes);
      else if (type === GNU_LONG_NAME) longPath = text(bytes);
      else if (type === PAX) longPath = paxPath(bytes);
    } else if (await reader.skip(size) < size) throw cutShort(archive, reader.offset);
    if (await reader.skip(padding) < padding) throw cutShort(archive, reader.offset);
  }
  // What packed the archive may have a sum at its end, which is checked when it is reached.
  await reader.skip(Infinity);
  return files;
}

/** Makes sure that an entry is a file or a folder which stays inside. */
function checkEntry(path: string, type: string, archive: string): void {
  const absolute = /^([/\\]|[a-z]:)/i.test(path);
  if (absolute || path.split(/[/\\]/).includes("..")) {
    throw new RunError(
      `Cannot use ${archive}: the path of its entry "${path}" leaves the folder; ` +
        "do not unpack it, and get the archive from its publisher",
    );
  }
  if (type !== FOLDER && !FILES.includes(type)) {
    throw new RunError(
      `Cannot use ${archive}: its entry "${path}" is ${KINDS[type] ?? `of the kind "${type}"`}, ` +
        "neither file nor folder; get the archive from its publisher",
    );
  }
}

/** A header that is known to be one. */
function parseHeader(block: Uint8Array, archive: string, at: number): Header {
  const size = octal(block.subarray(124, 136));
  if (!isHeader(block) || Number.isNaN(size)) throw spoilt(archive, at);
  const name = text(block.subarray(0, 100));
  // GNU's own format is "ustar " and keeps times where POSIX has the beginning of the path.
  const posix = text(block.subarray(257, 263)) === "ustar";
  const prefix = posix ? text(block.subarray(345, 500)) : "";
  const path = prefix ? `${prefix}/${name}` : name;
  return { path, size, type: String.fromCharCode(block[156]) };
}

/** Whether the sum in the header is that of its bytes, those of the sum itself counted as blanks. */
function isHeader(block: Uint8Array): boolean {
  const sum = block.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 32 : byte), 0);
  return block.length === BLOCK && octal(block.subarray(148, 156)) === sum;
}

/** A number in octal digits between blanks and NULs; NaN where there is none. */
function octal(field: Uint8Array): number {
  const digits = text(field).trim();
  return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : NaN;
}

/** Bytes up to the first NUL. */
function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** The path among the records of a pax header, each `"<length> <key>=<value>\n"`. */
function paxPath(bytes: Uint8Array): string | undefined {
  return new TextDecoder().decode(bytes).match(/^\d+ path=(.*)$/m)?.[1];
}

function cutShort(archive: string, bytes: number): RunError {
  return new RunError(
    `Cannot read ${archive}: it is cut short after ${bytes} bytes of its contents; fetch it again`,
  );
}

function spoilt(archive: string, at: number): RunError {
  return new RunError(
    `Cannot read ${archive}: the header at byte ${at} of its contents is damaged; fetch it again`,
  );
}
