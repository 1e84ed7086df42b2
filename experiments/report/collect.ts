/** Copies what is small of finished runs into `results/`. */
import { basename, dirname, join } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import { readIfThere, writeAllWhole } from "../../src/base/files.ts";
import { lossOf } from "../../src/losses/table.ts";
import { changes } from "../plan/differences.ts";
import type { Plan } from "../plan/plan.ts";
import { rowPlan } from "../plan/variant.ts";
import { namesIn } from "../run_folder/folder_contents.ts";
import { type Config, readConfig } from "../run_folder/config.ts";
import { RunFolder } from "../run_folder/run_folder.ts";
import { readFailure, readSummary } from "../run_folder/run_summary.ts";
import { readStudy, type StudyConfig } from "../run_folder/study_config.ts";
import { runFoldersIn } from "./results.ts";

/** What is small and says how a run or a study ended: tables, figures, and what they are of. */
const SMALL = /\.(json|csv|png|gif)$/;
/** What says it step by step, or image by image. */
const LEFT = ["steps.csv", "predictions.csv"];
/** Pictures, which the first seed alone keeps: those of all seeds would be most of the repository. */
const PICTURE = /\.(png|gif)$/;
/** Maps of training images. */
const TRAINING_MAP = /^train\.(png|gif)$/;
/** Centers of high dimensions after each of many epochs are left out. */
const MOST_CENTER_BYTES = 128 << 10;

/** What became of a run: copied, or why not. */
export interface Collected extends Outcome {
  run: string;
  /** Whether it is damaged, or could not be written. */
  failed: boolean;
}

interface Outcome {
  copied: boolean;
  /** Where to, or why not. */
  note: string;
}

/**
 * Goes through a folder of runs.
 *
 * @param runs As `exp --out` names it.
 * @param results The folder of results.
 * @param replace Whether a run may take the place of another one there.
 * @throws {RunError} When there is no run in the folder.
 */
export async function collect(
  runs: string,
  results: string,
  replace = false,
): Promise<Collected[]> {
  const found: Collected[] = [], written = new Set<string>();
  // A run that was copied a moment ago is no earlier one.
  const mayReplace = (to: string) => replace && !written.has(to);
  for (const run of runFoldersIn(runs)) {
    try {
      const outcome = await collectOne(run, results, mayReplace);
      if (outcome?.copied) written.add(outcome.note);
      if (outcome) found.push({ run, failed: false, ...outcome });
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
  mayReplace: (to: string) => boolean,
): Promise<Outcome | undefined> {
  const study = await readStudy(folder), config = study ? undefined : await readConfig(folder);
  if (!study && !config) {
    if (!await readIfThere(join(folder, "metrics.csv"))) return undefined;
    throw new RunError(`${join(folder, "config.json")} is not there: put the run's own back`);
  }
  const why = study
    ? noResult({ ...study, drawn: study.runs.some(({ drawn }) => drawn) })
    : await noRowsResult(folder, config!);
  if (why) return { copied: false, note: why };
  const { preset, seed } = study ?? config!.plan;
  const id = study ? nameOfStudy(folder, study) : config!.plan.id;
  // Galleries show training maps of the published table alone.
  const inTable = config?.plan.source?.row !== undefined;
  const names = (await namesIn(folder)).filter((name) =>
    isKept(name) && !(seed > 1 && PICTURE.test(name)) && (inTable || !TRAINING_MAP.test(name))
  );
  // A GIF shows what the picture of its name does, too.
  const kept = names.filter((name) =>
    !name.endsWith(".png") || !names.includes(name.replace(/png$/, "gif"))
  );
  return await copy(folder, kept, join(results, preset, id, `seed-${seed}`), mayReplace);
}

/** A study's name with what flags changed of its rows, as its folder has it. */
function nameOfStudy(folder: string, { study }: StudyConfig): string {
  const name = basename(dirname(dirname(folder)));
  return name.startsWith(`${study}+`) ? name : study;
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
  if (!plan.source && !lossOf(plan.recipe.loss.kind).row) return "not a published row";
  const why = noResult({ ...plan, drawn: config.drawn });
  if (why) return why;
  const failure = await readFailure(folder);
  if (failure) return `failed in epoch ${failure.epoch}`;
  if (!await readSummary(folder, plan)) return "not finished: resume it";
  await new RunFolder(folder, plan).verify({ plan, ...config });
  return noRow(plan);
}

/** How a plan differs from its row under its preset, if it does. */
function noRow(plan: Plan): string | undefined {
  const { id, preset, seed } = plan, base = rowPlan(plan);
  if (!base) return `${id} is no row here`;
  const other = changes({ ...base, seed }, plan).map(({ name, before, after }) =>
    `${name} is ${after ?? "not set"}, not ${before ?? "set"}`
  );
  return other.length > 0 ? `not the row with preset ${preset}: ${other.join("; ")}` : undefined;
}

/** Copies what is small, all or nothing; in place of what an earlier run left only where that was asked for. */
async function copy(
  from: string,
  names: readonly string[],
  to: string,
  mayReplace: (to: string) => boolean,
): Promise<Outcome> {
  const contents = new Map<string, Uint8Array>();
  for (const name of names.toSorted()) {
    const path = join(from, name), bytes = (await readIfThere(path))!;
    if (name === "centers.csv" && bytes.length > MOST_CENTER_BYTES) continue;
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
  const there = (await namesIn(to)).filter(isKept), same = await holds(contents, there, to);
  if (same) return { copied: false, note: `${to} has it already` };
  if (there.length > 0 && !mayReplace(to)) {
    throw new RunError(
      `${to} holds another run, which stays: --replace puts this one in its place`,
    );
  }
  await writeAllWhole(contents, "free some");
  for (const name of there) {
    if (!contents.has(join(to, name))) await Deno.remove(join(to, name));
  }
  return { copied: true, note: to };
}

/** Whether a folder holds these files, byte for byte, and no others. */
async function holds(
  contents: ReadonlyMap<string, Uint8Array>,
  names: readonly string[],
  folder: string,
): Promise<boolean> {
  if (names.length !== contents.size) return false;
  for (const [path, bytes] of contents) {
    const there = names.includes(basename(path)) && await readIfThere(join(folder, basename(path)));
    if (!there || !equal(there, bytes)) return false;
  }
  return true;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function isKept(name: string): boolean {
  return SMALL.test(name) && !LEFT.includes(name);
}

/** Whether a file has the end that its kind needs: GIF's trailer, or PNG's last chunk. */
function endsWhole(name: string, bytes: Uint8Array): boolean {
  if (name.endsWith(".gif")) return bytes.at(-1) === 0x3b;
  if (!name.endsWith(".png")) return bytes.length > 0;
  return new TextDecoder("latin1").decode(bytes.subarray(-8, -4)) === "IEND";
}
