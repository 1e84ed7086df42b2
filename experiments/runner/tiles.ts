// deno-lint-ignore-file no-console
/** The tiles of a run: its own where it is resumed; else those of a file, or the adapter's and what the tuner found. */
import { join } from "node:path";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { RunError } from "../../src/base/errors.ts";
import { printable } from "../../src/base/printable.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import type { Tiles } from "../../src/gpu/tiles/tiles.ts";
import { misfitAmong } from "../../src/gpu/tiles/misfit.ts";
import { tilesForAdapter } from "../../src/tune/tiles_file.ts";
import { tune } from "../../src/tune/tune.ts";
import { keyOf } from "../../src/tune/use.ts";
import type { Options } from "../plan/request.ts";
import { CACHE_NAME, cachedOf, cachedTiles, storeTiles, tilesOf } from "../../src/tune/cache.ts";
import { type SetSizes, trainingUses } from "../plan/training_uses.ts";
import { adapterName, type Config } from "../run_folder/config.ts";
import type { StopRequest } from "./stop_signal.ts";

/** A run of fewer steps is over before better tiles have paid for the search. */
const LONG_STEPS = 2000;
/** What the search may take at the start of a run, in milliseconds. */
const BUDGET_MS = 60_000;

/**
 * Decides the tiles of a run.
 *
 * @param path Of its folder, for messages.
 * @param previous The config of a run that is resumed: on the adapter that it began on it goes on with its own tiles.
 * @throws {RunError} When the adapter cannot run those any more, and as {@linkcode tilesOfNewRun}.
 */
export async function tilesOfRun(
  path: string,
  options: Options,
  previous: Config | undefined,
  gpu: Pick<Gpu, "adapter" | "tiles">,
  { height, width, channels, classNames, count }: ImageSet,
  stop: StopRequest,
): Promise<Tiles> {
  if (!previous) {
    const { epochs, recipe: { batchSize } } = options.plan;
    const images = { height, width, channels, classes: classNames.length };
    return await tilesOfNewRun(options, gpu, images, epochs * Math.floor(count / batchSize), stop);
  }
  const { description: adapter, backend } = gpu.adapter;
  if (previous.adapter === adapter && (previous.backend ?? backend) === backend) {
    const why = misfitAmong(previous.tiles, gpu.adapter);
    if (why) throw new RunError(`${path} cannot be resumed: ${why}; start again with --overwrite`);
    return previous.tiles;
  }
  const [began, now] = [previous, { adapter, backend }].map(adapterName);
  console.log(printable(`This run began on ${began}; on ${now} its last bits may differ`));
  return gpu.tiles;
}

/**
 * Decides the tiles of a new run. They go into its `config.json`, which is where a resumed run has them from.
 *
 * @param steps Training steps of the whole run.
 * @param stop Whether the user wants to stop.
 * @throws {UsageError} When the file of --tiles holds none, or some that the adapter cannot run.
 * @throws {RunError} When the cache is broken.
 */
export async function tilesOfNewRun(
  { tiles: file, tune: wanted, out, plan }: Options,
  { adapter, tiles: own }: Pick<Gpu, "adapter" | "tiles">,
  images: SetSizes,
  steps: number,
  stop: StopRequest,
): Promise<Tiles> {
  if (file !== undefined) return await tilesForAdapter(file, adapter);
  if (!wanted) return own;
  const path = join(out, CACHE_NAME);
  let cached = await cachedTiles(path, adapter);
  if (tuningPays({ software: adapter.software, preset: plan.preset, steps })) {
    const missing = trainingUses(plan.recipe, images).filter((use) => !(keyOf(use) in cached));
    if (missing.length > 0) {
      console.log(
        `Looking for the fastest tiles of ${missing.length} shapes, for ${
          BUDGET_MS / 1000
        } seconds at the most; they are kept in ${printable(path)} (--no-tune leaves this out)`,
      );
      const tuned = await tune(missing, { budgetMs: BUDGET_MS, stop });
      // A run does not end because its disk is full before it begins: it goes on with what was found.
      if (tuned.length > 0) await storeTiles(path, adapter, tuned).catch(sayNotKept);
      cached = { ...cached, ...cachedOf(tuned) };
    }
  }
  return withTuned(own, tilesOf(cached));
}

function sayNotKept(error: unknown): void {
  if (!(error instanceof RunError)) throw error;
  console.log(printable(`The tiles that were found are not kept: ${error.message}`));
}

/** The tiles with these for single shapes. */
export function withTuned(tiles: Tiles, tuned: NonNullable<Tiles["tuned"]>): Tiles {
  if (Object.keys(tuned).length === 0) return tiles;
  return { ...tiles, tuned: { ...tiles.tuned, ...tuned } };
}

/**
 * Whether a new run looks for tiles that the cache lacks: a long one, as published, on a GPU. A software adapter takes
 * minutes for it, and its table of tiles is good for these networks.
 */
export function tuningPays(
  { software, preset, steps }: { software: boolean; preset: string; steps: number },
): boolean {
  return !software && preset === "paper" && steps >= LONG_STEPS;
}
