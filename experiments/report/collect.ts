/** Copies what is small of finished runs into `results/`. */
import { join } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { readIfThere, writeAllWhole } from "../../src/base/files.ts";
import { type Config, readConfig, RunFolder } from "../run_folder/run_folder.ts";
import { readSummary } from "../run_folder/run_summary.ts";
import { readStudy, type StudyConfig } from "../run_folder/study_config.ts";
import { runFoldersIn } from "./results.ts";

/** What is copied of a run, where it is there. */
const RUN_FILES = [
  ...["config.json", "summary.json", "metrics.csv", "timing.csv", "distances.csv"],
  ...["center_distances.csv", "class_accuracy.csv", "confusion.csv", "centers.csv"],
  ...["curves.png", "train.gif", "val.gif", "thumbnails.png", "surface.gif", "surface.png"],
  ...["train-most-certain.gif", "train-least-certain.gif", "val-most-certain.gif"],
  ...["val-least-certain.gif", "reliability.png", "calibration.csv", "correlation.png"],
  "correlation.csv",
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
  const found: Collected[] = [];
  for (const run of runFoldersIn(runs)) {
    try {
      const end = await collectOne(run, results);
      if (end) found.push({ run, failed: false, ...end });
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      found.push({ run, copied: false, failed: true, note: error.message });
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
  if (study) {
    const why = noResult({ ...study, drawn: study.runs.some(({ drawn }) => drawn) });
    if (why) return { copied: false, note: why };
    const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
    const to = join(results, study.preset, study.study, `seed-${study.seed}`);
    return await copy(folder, to, names.filter((name) => STUDY_FILES.test(name)).sort());
  }
  const config = await readConfig(folder);
  if (config) {
    const why = await noRowsResult(folder, config);
    if (why) return { copied: false, note: why };
    const { id, preset, seed } = config.plan;
    return await copy(folder, join(results, preset, id, `seed-${seed}`), RUN_FILES);
  }
  if (!await readIfThere(join(folder, "metrics.csv"))) return undefined;
  throw new RunError(`${join(folder, "config.json")} is not there: put the run's own back`);
}

/** Why a run or a study is no result, if it is none. */
function noResult(
  { preset, ownData, drawn }: Pick<StudyConfig, "preset"> & { ownData?: unknown; drawn: boolean },
): string | undefined {
  if (preset === "smoke") return "a few steps, which show only that it runs";
  if (ownData) return "run on somebody's own images";
  if (drawn) return "run on drawn images, not on the data set";
}

/**
 * The same of a row's run.
 *
 * @throws {RunError} When a file of it is not as it was written.
 */
async function noRowsResult(
  folder: string,
  { plan, ...config }: Config,
): Promise<string | undefined> {
  if (!plan.source) return "not a published row";
  const why = noResult({ ...plan, drawn: config.drawn });
  if (why) return why;
  if (!await readSummary(folder, plan)) return "not finished: resume it";
  await new RunFolder(folder, plan).verify({ plan, ...config });
}

/** Copies those of the files that are there, all or none, in place of those that an earlier run left. */
async function copy(from: string, to: string, names: readonly string[]) {
  const contents = new Map<string, Uint8Array>();
  for (const name of names) {
    const path = join(from, name), bytes = await readIfThere(path);
    if (!bytes || name === "centers.csv" && bytes.length > MOST_CENTER_BYTES) continue;
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
  for (const path of names.map((name) => join(to, name)).filter((path) => !contents.has(path))) {
    await Deno.remove(path).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
  return { copied: true, note: to };
}

/** Whether a file has the end that its kind needs: GIF's trailer, or PNG's last chunk. */
function endsWhole(name: string, bytes: Uint8Array): boolean {
  if (name.endsWith(".gif")) return bytes.at(-1) === 0x3b;
  if (!name.endsWith(".png")) return bytes.length > 0;
  return new TextDecoder("latin1").decode(bytes.subarray(-8, -4)) === "IEND";
}
