/** What a page is about: the runs that a command line names, and where the page belongs. */
import { readRun, runFoldersUnder } from "../compare/found_run.ts";
import { whyNot } from "../compare/opened_run.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { isThere } from "../../src/base/files.ts";
import { basename, dirname, isWithin, join, resolve } from "../../src/base/path.ts";
import { CONFIG, LAST, REPORT_NAME } from "../run_folder/path.ts";
import { readStudy, type StudyConfig } from "../run_folder/study_config.ts";

/** Runs, perhaps of a study. */
export interface Subject {
  /** Their folders. */
  runs: string[];
  /** The study, and its folder, where one is asked for alone. */
  study?: { path: string; config: StudyConfig };
  /** Why runs of a folder are left out, a line each. */
  left: string[];
  /** Where the page goes. */
  out: string;
}

/**
 * The runs of folders: a run's, a study's, or one that holds some.
 *
 * @param out Where the user wants the page.
 * @throws {RunError} When there is no run, or the page would go into results, which only `deno task table` writes.
 */
export async function subjectOf(places: readonly string[], out?: string): Promise<Subject> {
  const runs: string[] = [], results: string[] = [], left: string[] = [];
  let study: Subject["study"];
  for (const place of places) {
    await checkFolder(place);
    const config = await readStudy(place);
    if (config) study = { path: place, config };
    const found = config ? studyRuns(place, config) : await runFoldersUnder(place);
    if (found.length === 0) {
      throw new RunError(
        `${place} holds no run: name a run's folder, runs/ROW/PRESET/seed-N, or one that holds some`,
      );
    }
    for (const run of found) {
      if (!await isThere(join(run, CONFIG))) {
        throw new RunError(
          config
            ? `${run} is not there, and the study ${place} is about it: put it back`
            : `${join(run, CONFIG)} is not there, and a page needs it: put it back`,
        );
      }
      const why = run === place ? undefined : whyNot(await readRun(run));
      if (why) left.push(`${run} is left out: ${why}`);
      if (why) continue;
      if (!await isThere(join(run, LAST))) results.push(run);
      if (!runs.includes(run)) runs.push(run);
    }
  }
  if (runs.length === 0) throw new RunError(left[0]);
  if (out === undefined && results.length > 0) {
    throw new RunError(
      `${
        results[0]
      } has no ${LAST}: it is one of the results, beside which nothing is written, or has lost it; name a file with --out`,
    );
  }
  return {
    runs,
    left,
    ...(study && places.length === 1 && { study }),
    out: out ?? join(places.length === 1 ? places[0] : around(places), REPORT_NAME),
  };
}

/** Folders of a study's runs: beside it in `runs/ID/PRESET/seed-N`, or in `results/PRESET/ID/seed-N`. */
export function studyRuns(path: string, { preset, runs }: StudyConfig): string[] {
  const seed = basename(resolve(path)), above = join(path, "..", "..");
  const inResults = basename(resolve(above)) === preset;
  return runs.map(({ id, folder = id }) =>
    inResults ? join(above, folder, seed) : join(above, "..", folder, preset, seed)
  );
}

async function checkFolder(place: string): Promise<void> {
  const info = await Deno.stat(place).catch(() => undefined);
  if (info?.isDirectory) return;
  throw new RunError(
    `${place} is ${
      info ? "a file" : "not there"
    }: name the folder of a run, or one that holds some`,
  );
}

/**
 * The innermost folder around all.
 *
 * @throws {UsageError} When they lie on several drives of Windows.
 */
export function around(places: readonly string[]): string {
  let folder = dirname(places[0]);
  while (!places.every((place) => isWithin(place, folder))) {
    const next = join(folder, "..");
    if (resolve(next) === resolve(folder)) {
      throw new UsageError(
        `${places.join(" and ")} have no folder in common: name a file with --out`,
      );
    }
    folder = next;
  }
  return folder;
}
