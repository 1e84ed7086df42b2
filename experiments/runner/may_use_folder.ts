/** Whether a run may use its folder. */
import { join } from "node:path";
import { Diverged, RunError, UsageError } from "../../src/base/errors.ts";
import { readIfThere } from "../../src/base/files.ts";
import { sortedJson } from "../../src/base/json.ts";
import { readTilesFile } from "../../src/tune/tiles_file.ts";
import { differences } from "../plan/flag_differences.ts";
import { withMovedImages } from "../plan/moved_images.ts";
import type { Options } from "../plan/request.ts";
import { withRowFile } from "../plan/own_row/row_file.ts";
import { disagreeing } from "../plan/variant.ts";
import { isCheckpoint } from "../run_folder/checkpoint.ts";
import { idsOf, rowOf } from "../rows/catalog.ts";
import { type Config, readConfig } from "../run_folder/config.ts";
import { namesIn } from "../run_folder/folder_contents.ts";
import { asOf, grown } from "./grow.ts";
import { BEST, LAST, pathOf } from "../run_folder/path.ts";
import { readFailure } from "../run_folder/run_summary.ts";

/**
 * Makes sure that a run may use its folder, and changes nothing.
 *
 * @returns The config of the run to resume, if one is to be.
 * @throws {RunError} When the folder holds something else than is asked for.
 * @throws {UsageError} When options do not fit the run to resume.
 */
export async function mayUseFolder(path: string, options: Options): Promise<Config | undefined> {
  if (options.resume) return await mayResume(path, options);
  if ((await namesIn(path)).length === 0) return undefined;
  // A broken config is a run's all the same; without any, the files are somebody's own.
  const there = await readConfig(path).catch(() => "broken" as const);
  if (!there) {
    if (options.overwrite && await hasCheckpoint(path)) return undefined;
    if (await isRun(path)) throw withoutConfig(path);
    throw new RunError(
      `${path} holds files of something else than a run, which stay as they are: choose another --out`,
    );
  }
  if (options.overwrite) return undefined;
  const { epochs } = options.plan;
  const other = there === "broken" ? [] : differences(asOf(there, epochs).plan, options.plan);
  if (other.length > 0) {
    throw new RunError(
      `${path} holds a run with other options (${
        other.join("; ")
      }): choose another --name or --out, or start again with --overwrite`,
    );
  }
  const failure = await readFailure(path).catch(() => undefined);
  const state = failure
    ? ` already, which failed in epoch ${failure.epoch}: change an option, or start`
    : there !== "broken" && there.plan.epochs > epochs
    ? ` already, which went on to ${there.plan.epochs} epochs after these ${epochs}: start`
    : " already: continue it with --resume or start";
  throw new RunError(`${path} holds a run${state} again with --overwrite`);
}

/**
 * Makes sure that a run can go on: one that failed would fail in the same way.
 *
 * @throws {Diverged} When it did: why, and what to do.
 */
export async function checkGoesOn(path: string): Promise<void> {
  const failure = await readFailure(path);
  if (!failure) return;
  const { epoch, reason } = failure;
  const weights = epoch > 1
    ? `, such as one from its weights after epoch ${epoch - 1} (--from ${path})`
    : "";
  throw new Diverged(
    `${path} cannot go on, as it would fail in the same way. ${reason}, in another run${weights}; ` +
      "--overwrite starts this one again",
  );
}

async function mayResume(path: string, options: Options): Promise<Config> {
  const { plan, changed, tiles } = options;
  const config = await readConfig(path);
  if (!config) {
    if (await isRun(path)) throw withoutConfig(path);
    const former = await formerRun(options);
    throw new RunError(
      `There is no run to resume in ${path}: start it without --resume${
        former
          ? `; the run in ${former} is of an earlier version, which alone can resume it`
          : "; deno task runs lists those that are there"
      }`,
    );
  }
  const [other] = disagreeing(
    changed.filter((name) => !["epochs", "test-data"].includes(name)),
    config.plan,
    plan,
  );
  if (other) {
    const { name, there, here } = other;
    throw new UsageError(
      `--resume continues a run with its own options, and --${name} is ${
        there ?? "not set"
      } there, not ${here}: leave it out`,
    );
  }
  if (tiles !== undefined && sortedJson(await readTilesFile(tiles)) !== sortedJson(config.tiles)) {
    throw new UsageError(
      `--resume continues a run with its own tiles, and those of ${tiles} are others: leave out --tiles`,
    );
  }
  const { id, preset, seed } = config.plan;
  if (id === plan.id && preset === plan.preset && seed === plan.seed) {
    const { source, test } = plan.ownData ?? {};
    const there = withMovedImages(config, { source, test }, path);
    const kept = { ...config, plan: withRowFile(path, there, plan) };
    const grows = changed.includes("epochs") && plan.epochs !== config.plan.epochs;
    await checkGoesOn(path);
    return grows ? grown(kept, path, plan.epochs) : kept;
  }
  throw new RunError(
    `${path} holds a run of ${id}, preset ${preset}, seed ${seed}: it lies in the wrong place`,
  );
}

/** A folder with a run under an id that the row had in an earlier version. */
async function formerRun({ out, plan }: Options): Promise<string | undefined> {
  const row = rowOf(plan.id);
  for (const id of row ? idsOf(row).slice(1) : []) {
    const folder = pathOf({ out, plan: { ...plan, id } });
    if (await readConfig(folder).catch(() => undefined)) return folder;
  }
}

/** Whether a run left its files in a folder; it may lack its config. */
async function isRun(path: string): Promise<boolean> {
  const names = await namesIn(path);
  return [LAST, BEST, "metrics.csv"].some((it) => names.includes(it));
}

/** Whether a checkpoint says that the files beside it are a run's, which may be overwritten without its config, too. */
async function hasCheckpoint(path: string): Promise<boolean> {
  for (const name of [LAST, BEST]) {
    const bytes = await readIfThere(join(path, name));
    if (bytes && isCheckpoint(bytes)) return true;
  }
  return false;
}

function withoutConfig(path: string): RunError {
  return new RunError(
    `${path} holds a run, but its config.json is not there: put that back, start again with --overwrite, or choose another --out`,
  );
}
