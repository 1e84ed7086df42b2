/**
 * Getting MNIST.
 *
 * @module
 */
import { join } from "node:path";
import { onDisk } from "./disk.ts";
import { download, type DownloadOutcome } from "./download.ts";
import type { Progress } from "./fetch_file.ts";
import { gunzip } from "./gzip.ts";
import { parseIdxImages, parseIdxLabels } from "./idx.ts";
import { findMnistFile, MNIST_FILES, MNIST_MIRRORS } from "./mnist.ts";

/** Told about each file in turn. */
export interface DownloadReport {
  /** Bytes of this file are arriving. */
  progress: (name: string, ...amounts: Parameters<Progress>) => void;
  /** This file is there. */
  done: (path: string, outcome: DownloadOutcome) => void;
}

/**
 * Makes sure that the four files of MNIST lie in `<directory>/mnist/`. Files that are there already,
 * packed or unpacked, are left alone as long as they can be read.
 *
 * @throws {RunError} As {@linkcode download} does.
 */
export async function downloadMnist(directory: string, report: DownloadReport): Promise<void> {
  const folder = join(directory, "mnist");
  for (const { images, labels } of Object.values(MNIST_FILES)) {
    for (const [file, parse] of [[images, parseIdxImages], [labels, parseIdxLabels]] as const) {
      const path = await findMnistFile(folder, file.name) ?? join(folder, file.name);
      const outcome = await download({
        urls: MNIST_MIRRORS.map((mirror) => mirror + file.name),
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
