/**
 * Getting a data set in IDX files.
 *
 * @module
 */
import { join } from "node:path";
import { download, type DownloadReport } from "../download/download.ts";
import { parseIdxImages, parseIdxLabels, readIdx } from "../formats/idx.ts";
import { findIdxFile, type IdxSource } from "./idx_set.ts";
import { sha256Of } from "../download/sums.ts";

/**
 * Makes sure that the four files lie in `<directory>/<name>/`. Files that are there already, packed or
 * unpacked, are left alone as long as they can be read.
 *
 * @throws {RunError} As {@linkcode download} does.
 */
export async function downloadIdxSet(
  source: IdxSource,
  directory: string,
  report: DownloadReport,
): Promise<void> {
  const folder = join(directory, source.name);
  const parsers = { images: parseIdxImages, labels: parseIdxLabels };
  for (const files of Object.values(source.files)) {
    for (const what of ["images", "labels"] as const) {
      const { name, md5, sha256, most } = files[what];
      const path = await findIdxFile(folder, name) ?? join(folder, name);
      const outcome = await download({
        urls: source.mirrors.map((mirror) => mirror + name),
        path,
        md5,
        most,
        ...(sha256 && {
          contents: { sha256, sumOf: async (path) => sha256Of(await readIdx(path, what)) },
        }),
        check: async (path) => void parsers[what](await readIdx(path, what), path),
        progress: (received, total) => report.progress(name, received, total),
      });
      report.done(path, outcome);
    }
  }
}
