/**
 * Downloads that are checked, resumed and never leave half a file.
 *
 * @module
 */
import { md5 as hashOfBytes } from "npm:@noble/hashes@2.4.0/legacy.js";
import { dirname } from "../../src/base/path.ts";
import { RunError } from "../../src/base/errors.ts";
import { fileSize, onDisk, readPieces, renamed } from "../../src/base/files.ts";
import { hexadecimal } from "../../src/base/sha256.ts";
import { fetchFile, type Progress } from "./fetch_file.ts";
import { system } from "../../src/base/system.ts";

/** A file to have. */
export interface Download {
  /** Addresses of the same file, tried in order. */
  urls: readonly string[];
  /** Where the file goes. Its folder is made; until it is whole, it is called `<path>.part`. */
  path: string;
  /** What tells the published file from others. */
  sum: Sum;
  /** Bytes that it may have at the most; without it, as many as a server sends. */
  most?: number;
  /** Throws a {@linkcode RunError} if this program cannot use the file: asked for files the user brought. */
  check?: (path: string) => Promise<void>;
  /** Called as bytes arrive. */
  progress?: Progress;
}

/** A sum that tells files apart: of all bytes, or of what they unpack to, however that is packed. */
export interface Sum {
  /** What messages call it, as in "the file has MD5 ...". */
  name: string;
  /** The published one, in lower-case hexadecimal digits. */
  published: string;
  /** Computes it of a file; throws a {@linkcode RunError} if it cannot be read. */
  of: (path: string) => Promise<string>;
}

/** The MD5 with which a file is published. It tells a damaged download, not a forged one. */
export function md5(published: string): Sum {
  const of = async (path: string) => {
    const hash = hashOfBytes.create();
    for await (const piece of readPieces(path)) hash.update(piece);
    return hexadecimal(hash.digest());
  };
  return { name: "MD5", published, of };
}

/**
 * What became of it: fetched now; there already with the published sum; or there already with another
 * one, usable and therefore kept, since it is the user's; or brought by the user, as files without a
 * published sum are.
 */
export type DownloadOutcome = "downloaded" | "already there" | "kept" | "brought";

/** Told about each file of a data set in turn. */
export interface DownloadReport {
  /** Bytes of this file are arriving. */
  progress: (name: string, ...amounts: Parameters<Progress>) => void;
  /** This file is there. */
  done: (path: string, outcome: DownloadOutcome) => void;
}

/**
 * Makes sure that a file is there.
 *
 * What an earlier attempt left in `<path>.part` is continued, where the server can. A file whose sum is wrong is thrown
 * away, and the next mirror asked. One process at a time downloads a file. Needs the permissions to read and write the
 * folder, and to reach the mirrors.
 *
 * @throws {RunError} If no mirror has it (each is named with what went wrong), another process downloads it, the disk
 * refuses, or the file that is there already is not usable.
 */
export async function download(file: Download): Promise<DownloadOutcome> {
  const { path } = file;
  if (await fileSize(path) !== undefined) return await checkExisting(file);
  await onDisk(
    `make the folder ${dirname(path)}`,
    system.mkdir(dirname(path), { recursive: true }),
  );
  const lock = `${path}.lock`;
  using held = await onDisk(`write ${lock}`, system.open(lock, { write: true, create: true }));
  // A file system without locks keeps nobody out; the sum of what arrives is checked all the same.
  if (!await held.tryLock(true).catch(() => true)) {
    throw new RunError(
      `Cannot download ${path}: another process downloads it; wait until it is done`,
    );
  }
  try {
    // That process may have been done between the two calls.
    return await fileSize(path) === undefined ? await fromMirrors(file) : await checkExisting(file);
  } finally {
    await onDisk(`remove ${lock}`, system.remove(lock));
  }
}

async function fromMirrors(file: Download): Promise<DownloadOutcome> {
  const failures: string[] = [];
  for (const url of file.urls) {
    const failure = await tryMirror(url, file);
    if (failure === undefined) return "downloaded";
    failures.push(`${url}: ${failure}`);
  }
  const kept = await fileSize(partOf(file.path)) ? " (what has arrived is kept)" : "";
  throw new RunError(
    `Cannot download ${file.path}: every mirror failed (${failures.join("; ")}). ` +
      `Try again${kept}, or put the file there yourself`,
  );
}

const partOf = (path: string) => `${path}.part`;

/** What becomes of a file that is there already. */
async function checkExisting({ path, sum, check }: Download): Promise<DownloadOutcome> {
  const found = await sum.of(path).catch(() => undefined); // the check refuses what cannot be read
  if (found === sum.published) return "already there";
  return await keepIfUsable(async () => await check?.(path));
}

/**
 * Keeps files that the user brought, if this program can use them.
 *
 * @param check Throws a {@linkcode RunError} if it cannot.
 * @throws {RunError} The same, with what can be done about it.
 */
export async function keepIfUsable(check: () => Promise<void>): Promise<"kept"> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    const wish = "It is left as it is; move it away to have it downloaded";
    throw new RunError(`${error.message}. ${wish}`, { cause: error });
  }
  return "kept";
}

/** Tries one mirror: undefined if the file is in place, else what went wrong. */
async function tryMirror(url: string, file: Download): Promise<string | undefined> {
  const part = partOf(file.path);
  try {
    await fetchFile(url, part, file.progress, undefined, file.most);
  } catch (error) {
    if (error instanceof RunError) throw error;
    return reason(error as Error);
  }
  const wrong = await differenceOf(part, file.sum);
  if (wrong === undefined) await onDisk(`rename ${part}`, renamed(part, file.path));
  else await onDisk(`remove ${part}`, system.remove(part));
  return wrong;
}

/** How a file differs from the published one, in words; undefined where it does not. */
async function differenceOf(
  path: string,
  { name, published, of }: Sum,
): Promise<string | undefined> {
  try {
    const found = await of(path);
    return found === published
      ? undefined
      : `the file has ${name} ${found} instead of ${published}`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The innermost cause: `fetch()` itself says no more than "fetch failed". */
function reason(error: Error): string {
  if (error.cause instanceof Error) return reason(error.cause);
  return error.message.replace(/^error sending request for url \(.*?\): /, "");
}
