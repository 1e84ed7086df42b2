/** Copies what is small of finished runs into `results/`. */
import { join } from "node:path";
import { RunError } from "../src/errors.ts";
import { readIfThere, writeWhole } from "./files.ts";
import { foldersIn } from "./results.ts";
import { type Config, readConfig } from "./run_folder.ts";
import { readSummary } from "./run_summary.ts";
import { readStudy, type StudyConfig } from "./study_config.ts";

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
    const study = await readStudy(folder);
    if (study) {
      const to = join(results, study.preset, study.study, `seed-${study.seed}`);
      const why = studyObstacle(study);
      if (!why) await copyStudy(folder, to);
      found.push({ run: folder, copied: !why, note: why ?? to });
      continue;
    }
    const config = await readConfig(folder);
    if (!config) continue;
    const why = await obstacle(folder, config);
    const { id, preset, seed } = config.plan;
    const to = join(results, preset, id, `seed-${seed}`);
    if (!why) await copy(folder, to);
    found.push({ run: folder, copied: !why, note: why ?? to });
  }
  if (found.length > 0) return found;
  throw new RunError(`There are no runs in ${runs}: name the folder that exp --out named`);
}

/** Why a study is no result, if it is none. */
function studyObstacle({ preset, ownData, runs }: StudyConfig): string | undefined {
  if (preset === "smoke") return "a few steps, which show only that it runs";
  if (ownData) return "run on somebody's own images";
  if (runs.some(({ drawn }) => drawn)) return "run on drawn images, not on the data set";
}

async function copyStudy(from: string, to: string): Promise<void> {
  for await (const { name, isFile } of Deno.readDir(from)) {
    if (!isFile || !STUDY_FILES.test(name)) continue;
    await writeWhole(join(to, name), (await readIfThere(join(from, name)))!, "free some");
  }
}

/** Why a run is no result, if it is none. */
async function obstacle(folder: string, config: Config): Promise<string | undefined> {
  if (!config.plan.source) return "not a published row";
  if (config.plan.preset === "smoke") return "a few steps, which show only that it runs";
  if (config.plan.ownData) return "run on somebody's own images";
  if (config.drawn) return "run on drawn images, not on the data set";
  if (!await readSummary(folder)) return "not finished: resume it";
}

/** Replaces what an earlier run left there. */
async function copy(from: string, to: string): Promise<void> {
  for (const name of NAMES) {
    const bytes = await readIfThere(join(from, name));
    if (bytes && !(name === "centers.csv" && bytes.length > MOST_CENTER_BYTES)) {
      await writeWhole(join(to, name), bytes, "free some");
      continue;
    }
    await Deno.remove(join(to, name)).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}
