/** Paths of files, as the system writes them, in every runtime: `node:path` is not in all of them. */
import { basename as last } from "npm:deno-std@1.4.0/path/basename.js";
import { dirname as folder } from "npm:deno-std@1.4.0/path/dirname.js";
import { join as joined } from "npm:deno-std@1.4.0/path/join.js";
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
