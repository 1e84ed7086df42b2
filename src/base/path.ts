/** Paths of files, as the system writes them, in every runtime: `node:path` is not in all of them. */
import { basename as last } from "npm:deno-std@1.4.0/path/basename.js";
import { SEPARATOR } from "npm:deno-std@1.4.0/path/constants.js";
import { dirname as folder } from "npm:deno-std@1.4.0/path/dirname.js";
import { isAbsolute } from "npm:deno-std@1.4.0/path/is_absolute.js";
import { join as joined } from "npm:deno-std@1.4.0/path/join.js";
import { relative as way } from "npm:deno-std@1.4.0/path/relative.js";
import { resolve as resolved } from "npm:deno-std@1.4.0/path/resolve.js";

/** The last part of a path; a root has none. */
export function basename(path: string): string {
  return last(path).replace(/^[/\\]+$/, "");
}

/** A path without its last part. */
export const dirname: (path: string) => string = folder;

/** Parts of a path, joined and normalized. */
export const join: (...parts: string[]) => string = joined;

/** The absolute path that parts make from the right, from the current folder on where none of them is absolute. */
export const resolve: (...parts: string[]) => string = resolved;

/** The way from a folder to a path; on Windows, to a path on another drive, the path itself. */
export const relative: (from: string, to: string) => string = way;

/** Whether a path is a folder itself, or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  const from = relative(folder, path);
  return !isAbsolute(from) && !`${from}${SEPARATOR}`.startsWith(`..${SEPARATOR}`);
}

/** A path with `/` between its parts, as addresses have it, and as digests and tables do that are the same on every system. */
export function withSlashes(path: string): string {
  return path.replaceAll(SEPARATOR, "/");
}
