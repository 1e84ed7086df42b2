/**
 * What a bundle says of the files that it was made of. The folder of packages may have spaces in its path, as names of users
 * have, and lie on another drive of Windows.
 *
 * @module
 */
import { resolve } from "node:path";
import { sha256 } from "../src/base/sha256.ts";

/** What a module that others import is called: as the file that it begins with, or, without one, by its content. */
export async function nameOf(source: string): Promise<string> {
  const [, file] = /^\/\/ (?:.*\/npm\/[^/\s]+\/@?)?(\S+)\.(?:ts|js)$/m.exec(source) ?? [];
  return file?.replaceAll("/", ".") ?? `shared-${(await sha256(source)).slice(0, 8)}`;
}

/** Code without the place of this machine's packages, by which a bundle calls parts that were no modules. */
export function withoutCache(code: string): string {
  return code.replace(/"[^"\n]*\/npm\/[^/"\s]+\/((?:@[^/"]+\/)?[^/"]+\/\d[^"\s]*)"\(/g, '"$1"(');
}

/**
 * The files of packages in a bundle, which names the file that each part of it was.
 *
 * @param from The folder that it was built in.
 */
export function packagesIn(bundle: string, from: string) {
  const parts = bundle.matchAll(
    /^\/\/ (.*\/npm\/[^/\s]+\/((?:@[^/\s]+\/)?[^/\s]+)\/(\d[^/\s]*))\/(\S+)$/gm,
  );
  return [...parts].map(([, path, name, version, file]) => ({
    ...{ name, version, file, folder: resolve(from, path) },
  }));
}
