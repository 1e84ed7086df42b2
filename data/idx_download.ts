/**
 * Getting a data set in IDX files.
 *
 * @module
 */
import { join } from "node:path";
import { onDisk } from "./disk.ts";
import { download, type DownloadReport } from "./download.ts";
import { gunzip } from "./gzip.ts";
import { parseIdxImages, parseIdxLabels } from "./idx.ts";
import { findIdxFile, type IdxSource } from "./idx_set.ts";

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
  for (const { images, labels } of Object.values(source.files)) {
    for (const [file, parse] of [[images, parseIdxImages], [labels, parseIdxLabels]] as const) {
      const path = await findIdxFile(folder, file.name) ?? join(folder, file.name);
      const outcome = await download({
        urls: source.mirrors.map((mirror) => mirror + file.name),
        path,
        md5: file.md5,
        check: async (path) => {
          const bytes = await onDisk(`read ${path}`, Deno.readFile(path));
          parse(await gunzip(bytes, path), path);
        },
        progress: (received, total) => report.progress(file.name, received, total),
      });
      report.done(path, outcome);
    }
  }
}
