/** What a page is about: the runs that a command line names, and where the page belongs. */
import { basename, dirname, join, resolve } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { isThere } from "../../src/base/files.ts";
import { CONFIG, LAST } from "../run_folder/path.ts";
import { REPORT_NAME } from "./run_page.ts";
import { readStudy, STUDY_NAME, type StudyConfig } from "../run_folder/study_config.ts";

/** Runs, perhaps of a study. */
export interface Subject {
  /** Their folders. */
  runs: string[];
  /** The study, and its folder, where one is asked for alone. */
  study?: { path: string; config: StudyConfig };
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
  const runs: string[] = [], results: string[] = [];
  let study: Subject["study"];
  for (const place of places) {
    await checkFolder(place);
    const config = await readStudy(place);
    if (config) study = { path: place, config };
    const found = config ? studyRuns(place, config) : await runsIn(place);
    if (found.length === 0) {
      throw new RunError(
        `${place} holds no run: name a run's folder, such as runs/cent-digits-2/paper/seed-1, or one that holds some`,
      );
    }
    for (const run of found) {
      if (!await isThere(join(run, CONFIG))) {
        throw new RunError(`${run} is not there, and the study ${place} is about it: put it back`);
      }
      if (!await isThere(join(run, LAST))) results.push(run);
      if (!runs.includes(run)) runs.push(run);
    }
  }
  if (out === undefined && results.length > 0) {
    throw new RunError(
      `${
        results[0]
      } has no checkpoint, as results have none, and nothing is written beside those: name a file with --out`,
    );
  }
  return {
    runs,
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

/** A run's folder itself, or all within three levels, as `runs/ID/PRESET/seed-N` are; sorted. */
async function runsIn(place: string, depth = 3): Promise<string[]> {
  if (await isThere(join(place, CONFIG))) return [place];
  if (depth === 0 || await isThere(join(place, STUDY_NAME))) return [];
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(place)) if (isDirectory) names.push(name);
  const found = await Promise.all(names.sort().map((name) => runsIn(join(place, name), depth - 1)));
  return found.flat();
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

/** The innermost folder around all. */
function around(places: readonly string[]): string {
  const inside = (place: string, folder: string) =>
    resolve(place) === resolve(folder) || resolve(place).startsWith(`${resolve(folder)}/`);
  let folder = dirname(places[0]);
  while (!places.every((place) => inside(place, folder))) folder = join(folder, "..");
  return folder;
}
