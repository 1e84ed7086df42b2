/**
 * Getting CIFAR-10.
 *
 * @module
 */
import { join } from "node:path";
import { CIFAR10, CIFAR10_ARCHIVE, findCifar10, loadCifar10 } from "./cifar10.ts";
import { download, type DownloadReport, keep } from "../download/download.ts";

/**
 * Makes sure that CIFAR-10 lies in `<directory>/cifar-10/`: downloads the archive, which stays packed.
 * An archive that is there already, or all of the batches, are left alone as long as they can be read.
 *
 * @param archive Where from, and its sum.
 * @throws {RunError} As {@linkcode download} does.
 */
export async function downloadCifar10(
  directory: string,
  report: DownloadReport,
  archive: { name: string; md5: string; most?: number; urls: readonly string[] } = CIFAR10_ARCHIVE,
): Promise<void> {
  const check = async () => {
    for (const split of ["train", "test"] as const) await loadCifar10(directory, split);
  };
  const { found, missing } = await findCifar10(directory);
  if (missing.length === 0 && !found.includes(archive.name)) {
    const outcome = await keep(check);
    for (const name of found) report.done(join(directory, CIFAR10, name), outcome);
    return;
  }
  const path = join(directory, CIFAR10, archive.name);
  const progress = (received: number, total?: number) =>
    report.progress(archive.name, received, total);
  report.done(
    path,
    await download({
      urls: archive.urls,
      path,
      md5: archive.md5,
      most: archive.most,
      check,
      progress,
    }),
  );
}
