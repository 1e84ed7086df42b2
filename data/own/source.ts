/**
 * Where somebody's own images are, in one word of a command line.
 *
 * @module
 */
import { basename, resolve } from "../../src/base/path.ts";
import { UsageError } from "../../src/base/errors.ts";

/** Own images: a folder with one folder a class, or a CSV file. */
export interface Source {
  /** Which of the two. */
  kind: "folder" | "csv";
  /** The folder or the file. */
  path: string;
}

/**
 * Reads `folder:DIR` or `csv:FILE`.
 *
 * @example
 * ```ts
 * import { parseSource } from "../../data.ts";
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 *
 * assertEquals(parseSource("folder:my/pictures"), { kind: "folder", path: "my/pictures" });
 * ```
 *
 * @throws {UsageError} If it is neither, or names nothing.
 */
export function parseSource(text: string): Source {
  const [, kind, path] = /^(folder|csv):(.+)$/s.exec(text) ?? [];
  if (path === undefined) {
    throw new UsageError(
      `Unknown images "${text}": give folder:DIR (one folder a class, PNG or JPEG) or csv:FILE`,
    );
  }
  return { kind: kind as Source["kind"], path };
}

/**
 * What to call the images of a source: the name of the folder, or of the file without `.csv`, with letters of any script, digits,
 * `.`, `_` and `-` kept and all else made `-`, so that a folder can have this name; on Windows it may not end in a dot. Systems
 * that spell a letter with its mark in two ways (macOS) give one name.
 *
 * @returns Never empty, `.` or `..`.
 */
export function nameOf({ path }: Source): string {
  const name = basename(resolve(path)).normalize().replace(/\.csv(\.gz)?$/i, "")
    .replace(/[^\p{L}\p{M}\p{N}._-]/gu, "-").replace(/\.+$/, "");
  return name || "images";
}
