/** Copies what is small of finished runs into `results/`. */
import { join } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { readIfThere, writeAllWhole } from "../../src/base/files.ts";
import { namesIn } from "../run_folder/folder_contents.ts";
import { foldersIn } from "./results.ts";
import { type Config, readConfig } from "../run_folder/config.ts";
import { RunFolder } from "../run_folder/run_folder.ts";
import { readSummary } from "../run_folder/run_summary.ts";
import { readStudy, type StudyConfig } from "../run_folder/study_config.ts";

/** What is copied, where it is there. */
const NAMES = [
  ...["config.json", "summary.json", "metrics.csv", "timing.csv", "distances.csv"],
  ...["center_distances.csv", "class_accuracy.csv", "confusion.csv", "centers.csv"],
  ...["curves.png", "train.gif", "val.gif", "thumbnails.png", "surface.gif", "surface.png"],
  ...["reliability.png", "calibration.csv", "correlation.png", "correlation.csv"],
];
/** Of a study all that it wrote. */
const STUDY_FILES = /^study\.json$|\.(csv|png|gif)$/;
/** Centers of high dimensions after each of many epochs are left out. */
const MOST_CENTER_BYTES = 128 << 10;

/** What became of a run: copied, or why not. */
export interface Collected {
  run: string;
  copied: boolean;
  /** Whether it is damaged, or could not be written. */
  failed: boolean;
  /** Where to, or why not. */
  note: string;
}

/**
 * Goes through a folder of runs.
 *
 * @param runs As `exp --out` names it.
 * @param results The folder of results.
 * @throws {RunError} When there is no run in the folder.
 */
export async function collect(runs: string, results: string): Promise<Collected[]> {
  const folders = foldersIn(runs).flatMap((id) =>
    foldersIn(join(runs, id)).flatMap((preset) =>
      foldersIn(join(runs, id, preset)).map((seed) => join(runs, id, preset, seed))
    )
  );
  const found: Collected[] = [];
  for (const folder of folders) {
    try {
      const place = await collectOne(folder, results);
      if (place) found.push({ run: folder, failed: false, ...place });
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      found.push({ run: folder, copied: false, failed: true, note: error.message });
    }
  }
  if (found.length > 0) return found;
  throw new RunError(`There are no runs in ${runs}: name the folder that exp --out named`);
}

/** Undefined where a folder holds nothing of ours. */
async function collectOne(
  folder: string,
  results: string,
): Promise<Pick<Collected, "copied" | "note"> | undefined> {
  const study = await readStudy(folder);
  const config = study ? undefined : await readConfig(folder);
  if (!study && !config) {
    if (!await readIfThere(join(folder, "metrics.csv"))) return undefined;
    throw new RunError(`${join(folder, "config.json")} is not there: put the run's own back`);
  }
  const { id, preset, seed } = study ? { ...study, id: study.study } : config!.plan;
  const to = join(results, preset, id, `seed-${seed}`);
  const why = study ? studyObstacle(study) : await obstacle(folder, config!);
  if (why) return { copied: false, note: why };
  await (study ? copyStudy(folder, to) : copy(folder, to));
  return { copied: true, note: to };
}

/** Why a study is no result, if it is none. */
function studyObstacle({ preset, ownData, runs }: StudyConfig): string | undefined {
  if (preset === "smoke") return "a few steps, which show only that it runs";
  if (ownData) return "run on somebody's own images";
  if (runs.some(({ drawn }) => drawn)) return "run on drawn images, not on the data set";
}

async function copyStudy(from: string, to: string): Promise<void> {
  const names = (await Array.fromAsync(Deno.readDir(from))).map(({ name }) => name);
  await replace(from, to, names.filter((name) => STUDY_FILES.test(name)).sort());
}

/**
 * Why a run is no result, if it is none.
 *
 * @throws {RunError} When a file of it is not as it was written.
 */
async function obstacle(folder: string, config: Config): Promise<string | undefined> {
  if (!config.plan.source) return "not a published row";
  if (config.plan.preset === "smoke") return "a few steps, which show only that it runs";
  if (config.plan.ownData) return "run on somebody's own images";
  if (config.drawn) return "run on drawn images, not on the data set";
  if (!await readSummary(folder, config.plan)) return "not finished: resume it";
  await new RunFolder(folder, config.plan).verify(config);
}

/** Replaces what an earlier run left there. */
async function copy(from: string, to: string): Promise<void> {
  await replace(from, to, NAMES);
  const there = new Set(await namesIn(from));
  for (const name of NAMES.filter((name) => !there.has(name) || tooLarge(from, name))) {
    await Deno.remove(join(to, name)).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}

/** Copies those of the files that are there, all or none. */
async function replace(from: string, to: string, names: readonly string[]): Promise<void> {
  const contents = new Map<string, Uint8Array>();
  for (const name of names) {
    const path = join(from, name);
    const bytes = await readIfThere(path);
    if (!bytes || tooLarge(from, name)) continue;
    if ((await Deno.lstat(path)).isSymlink) {
      throw new RunError(
        `${path} is a link to somewhere else: put the run's own file in its place`,
      );
    }
    if (!endsWhole(name, bytes)) {
      throw new RunError(
        `${path} is no whole figure: delete it and run the same command again with --resume, or a study anew`,
      );
    }
    contents.set(join(to, name), bytes);
  }
  await writeAllWhole(contents, "free some");
}

/** Whether a file has the end that its kind needs: GIF's trailer, or PNG's last chunk. */
function endsWhole(name: string, bytes: Uint8Array): boolean {
  if (name.endsWith(".gif")) return bytes.at(-1) === 0x3b;
  if (!name.endsWith(".png")) return bytes.length > 0;
  return new TextDecoder("latin1").decode(bytes.subarray(-8, -4)) === "IEND";
}

function tooLarge(folder: string, name: string): boolean {
  return name === "centers.csv" && Deno.statSync(join(folder, name)).size > MOST_CENTER_BYTES;
}
