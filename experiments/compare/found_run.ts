/** A run as its folder has it, whatever state it is in. */
import { join } from "node:path";
import { RunError } from "../../src/base/errors.ts";
import type { Lines } from "../../src/base/csv_lines.ts";
import type { STATES } from "../flags/runs.ts";
import { type Config, readConfig } from "../run_folder/config.ts";
import { namesIn } from "../run_folder/folder_contents.ts";
import { isLocked } from "../run_folder/lock.ts";
import { BEST, CONFIG, LAST } from "../run_folder/path.ts";
import {
  readFailure,
  readMetrics,
  readSeconds,
  readSummary,
  SUMMARY_NAME,
} from "../run_folder/run_summary.ts";
import { asOf } from "../runner/grow.ts";

/** A run in a folder. */
export interface FoundRun {
  readonly folder: string;
  readonly state: typeof STATES[number];
  /** What is wrong with a damaged one, and why a failed one failed. */
  readonly reason?: string;
  /** None where it is damaged itself. */
  readonly config?: Config;
  /** Lines of `metrics.csv`: one a finished epoch. */
  readonly metrics: Lines;
  /** Of all finished epochs. */
  readonly seconds: number;
  /** When its tables were written last. */
  readonly when?: Date;
}

const TABLE = "metrics.csv";

/** Whether these are the names of a run's files, as far as it came. */
function areRuns(names: readonly string[]): boolean {
  return [CONFIG, LAST, BEST, TABLE].some((name) => names.includes(name));
}

/**
 * Reads the small files of a run; checkpoints and features are not looked at.
 *
 * @param epochs Of one that went on to more epochs: how it was when it had so many.
 */
export async function readRun(folder: string, epochs = Infinity): Promise<FoundRun> {
  const when = await lastWritten(folder);
  let config: Config | undefined, metrics: Lines = [], seconds = 0;
  try {
    const found = await readConfig(folder);
    if (!found) throw new RunError(`${join(folder, CONFIG)} is not there`);
    config = asOf(found, epochs);
    const total = config.plan.epochs, ended = await readSummary(folder, found.plan);
    metrics = (await readMetrics(folder) ?? []).slice(0, total);
    seconds = await readSeconds(folder, total);
    const lacks = ended && metrics.length === 0;
    if (lacks) throw new RunError(`${join(folder, TABLE)} has no line, though the run is finished`);
    const failure = ended ? undefined : await readFailure(folder);
    const state = await isLocked(folder)
      ? "running"
      : ended
      ? "finished"
      : failure
      ? "failed"
      : "stopped";
    const reason = state === "failed" ? failure?.reason : undefined;
    return { folder, state, reason, config, metrics, seconds, when };
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    // Whoever reads it knows which folder it is.
    const reason = error.message.replaceAll(join(folder, "/"), "");
    return { folder, state: "damaged", reason, config, metrics, seconds, when };
  }
}

async function lastWritten(folder: string): Promise<Date | undefined> {
  const times: number[] = [];
  for (const name of [SUMMARY_NAME, TABLE, CONFIG]) {
    const info = await Deno.stat(join(folder, name)).catch(() => undefined);
    if (info?.mtime) times.push(info.mtime.getTime());
  }
  return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}

/** Nothing lies deeper than `runs/.../ROW/PRESET/seed-N`; a folder that was named by mistake ends soon. */
const DEEPEST = 8;
const natural = new Intl.Collator("en", { numeric: true });

/**
 * Folders of runs in a folder, or that folder itself, in the order of their names; links are not followed.
 *
 * @throws {RunError} When there is no such folder.
 */
export async function runFoldersUnder(root: string): Promise<string[]> {
  const info = await Deno.stat(root).catch(() => undefined);
  if (!info?.isDirectory) throw new RunError(`${root} is no folder: name one that holds runs`);
  return await within(root, 0);
}

async function within(folder: string, depth: number): Promise<string[]> {
  const names = await namesIn(folder);
  if (areRuns(names)) return [folder];
  if (depth === DEEPEST) return [];
  const found: string[] = [];
  for (const name of names.sort(natural.compare)) {
    const path = join(folder, name), info = await Deno.lstat(path).catch(() => undefined);
    if (info?.isDirectory) found.push(...await within(path, depth + 1));
  }
  return found;
}
