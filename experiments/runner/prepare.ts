// deno-lint-ignore-file no-console
/** Before a run trains: whether it may, what it has for that, and where it begins. */
import { relative } from "node:path";
import type { UnlabelledImages } from "../../data/formats/csv.ts";
import { printable } from "../../src/base/printable.ts";
import type { ImageSet, Sets } from "../../src/dataset/image_set.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type Schedule, scheduleOf } from "../../src/optim/schedule.ts";
import { loadStateDict } from "../../src/train/checkpoint.ts";
import { Trainer } from "../../src/train/trainer.ts";
import { Pictures } from "../draw/pictures.ts";
import { currentCommit } from "../plan/commit.ts";
import { RunEvents } from "../events/run_events.ts";
import { asTaken, madeSmall } from "../plan/differences.ts";
import { imagesDigest } from "../plan/images_digest.ts";
import { type Plan, planOf } from "../plan/plan.ts";
import { byRowFile } from "../plan/own_row/row_file.ts";
import type { Options } from "../plan/request.ts";
import { CATALOG } from "../rows/catalog.ts";
import type { RunState } from "../run_folder/checkpoint.ts";
import type { Config, StartedFrom } from "../run_folder/config.ts";
import { FolderLock } from "../run_folder/lock.ts";
import { missingFiles } from "../run_folder/missing_files.ts";
import { LAST, pathOf } from "../run_folder/path.ts";
import { RunFolder } from "../run_folder/run_folder.ts";
import { alreadyGrown, whereItGrows } from "./grow.ts";
import { takeLettersFrom } from "./letters.ts";
import { mayUseFolder } from "./may_use_folder.ts";
import { imagesOfRun, type PreparedImages } from "./run_images.ts";
import { fewStepsLine, noRegionsLine, pairWeightLine } from "./said/start_lines.ts";
import { recipeAt } from "./stages.ts";
import { otherClasses, startFrom, type StartWeights, startWeights } from "./start_weights.ts";
import type { StopRequest } from "./stop_signal.ts";
import { tilesOfRun } from "./tiles.ts";

/** A run between its parts: what {@linkcode prepare} decided, `train()` moves on and `finish()` reads. */
export interface CurrentRun {
  readonly options: Options;
  readonly config: Config;
  readonly sets: Sets;
  /** Test images of the classes that it leaves out. */
  readonly unknown: ImageSet | undefined;
  /** What is to be classified at the end. */
  readonly unlabelled: UnlabelledImages | undefined;
  readonly folder: RunFolder;
  readonly pictures: Pictures;
  /** None where the user wants none. */
  readonly events: RunEvents | undefined;
  /** Of a run that another process began: its last epoch, or 0. */
  readonly resumedAfter: number | undefined;
  /** By `performance.now()`. */
  readonly startedAt: number;
  /** Network, centers and optimizer; a second stage has its own. */
  trainer: Trainer;
  schedule: Schedule;
  state: RunState;
}

/**
 * Decides all that a run needs, and leaves it where its next epoch begins.
 *
 * @param held Takes what must be given back when the run ends, however it ends: the lock of its folder, memory on the GPU.
 * @param begun Called as soon as the run can be resumed.
 * @throws {RunError} When its folder, its images, its tiles or its checkpoint cannot be used: nothing in the folder has changed.
 * @throws {UsageError} When options do not fit.
 */
export async function prepare(
  given: Options,
  gpu: Gpu,
  held: DisposableStack,
  stop: StopRequest,
  begun: () => void,
): Promise<CurrentRun> {
  const options = await whereItGrows(given);
  const path = pathOf(options), lock = held.use(await FolderLock.take(path));
  const previous = await mayUseFolder(path, options);
  lock.adopt();
  let weights = previous ? undefined : await startWeights(options.plan);
  if (options.font !== undefined) await takeLettersFrom(options.font);
  const images = await imagesOfRun(path, options, previous);
  const { sets } = images;
  gpu.tiles = await tilesOfRun(path, options, previous, gpu, sets.train, stop);
  const config = previous ?? await newConfig(path, options, images, gpu, weights?.told);
  const { plan } = config, { lr } = plan.recipe.optimizer;
  const folder = new RunFolder(path, plan, lock);
  const checkpoint = previous && await folder.load(previous);
  const schedule = scheduleOf(plan.schedule, lr);
  const { state } = checkpoint ??
    { state: { epoch: 0, lr, schedule: schedule.state(), best: { epoch: 0, accuracy: -1 } } };
  const run: CurrentRun = {
    options,
    config,
    sets,
    unknown: images.unknown,
    unlabelled: images.unlabelled,
    folder,
    pictures: new Pictures(plan, folder, sets, options),
    events: options.events ? new RunEvents(folder, plan, sets) : undefined,
    resumedAfter: previous && state.epoch,
    startedAt: performance.now(),
    trainer: byRowFile(
      plan,
      () => new Trainer(recipeAt(plan, Math.max(state.epoch, 1)), sets.train, sets.test),
    ),
    schedule,
    state,
  };
  held.defer(() => run.trainer.dispose());
  if (checkpoint) {
    loadStateDict(run.trainer.entries(), checkpoint.tensors, folder.file(LAST));
    schedule.load(state.schedule);
    begun();
    if (config.grown) await folder.saveGrown(config, state.epoch);
    console.log(`Resuming ${printable(path)} after epoch ${state.epoch} of ${plan.epochs}`);
    for (const line of await missingFiles(path, state, plan)) console.log(printable(line));
    // A kill may have come before its maps were drawn, and the event file takes them.
    if (state.epoch > 0) await run.pictures.latest(state.epoch);
  } else {
    weights ??= await startWeights(plan, config.from);
    if (weights) startFrom(run.trainer, plan, weights, sets.train.classNames);
    const overwrite = !previous && options.overwrite;
    await folder.saveStart(state, run.trainer, config, { overwrite, written: begun });
    sayChanges(asTaken(plan, config.counts), options.changed);
    if (weights) sayStart(weights, sets.train.classNames);
    const { regions } = options, { steps } = run.trainer;
    for (const line of [fewStepsLine(plan, steps), noRegionsLine(plan, regions)]) {
      if (line) console.log(line);
    }
    for (const line of await alreadyGrown(options)) console.log(printable(line));
  }
  await run.events?.start(state.epoch);
  return run;
}

/** What decides a run that begins. */
async function newConfig(
  path: string,
  { plan, predict, adapter, dataDir }: Options,
  { sets, drawn }: PreparedImages,
  gpu: Gpu,
  from: StartedFrom | undefined,
): Promise<Config> {
  const { description, backend, software } = gpu.adapter;
  const { height, width, channels } = sets.train;
  return {
    plan,
    drawn,
    ...(from && { from }),
    images: await imagesDigest(sets),
    ...(dataDir !== undefined && { dataDir: relative(path, dataDir) }),
    ...(predict !== undefined && { predict }),
    ...(plan.ownData && { counts: { train: sets.train.count, test: sets.test.count } }),
    ...((plan.ownData || plan.leaveOut) &&
      { classNames: sets.train.classNames, imageSize: { height, width, channels } }),
    tiles: gpu.tiles,
    adapter: description,
    backend,
    ...(adapter && { adapterChoice: adapter }),
    software,
    commit: await currentCommit(),
    deno: Deno.version.deno,
  };
}

/** What a preset made of a published row, and a batch of its term over pairs. */
function sayChanges(plan: Plan, changed: readonly string[]): void {
  const row = CATALOG.get(plan.id);
  if (!row?.source) return;
  const published = planOf(row, "paper");
  const pairs = pairWeightLine(published, plan, changed.includes("weight-inter"));
  if (plan.preset !== "paper" && plan.preset !== "smoke") {
    console.log(`Preset ${plan.preset} of ${plan.id}: ${madeSmall(published, plan)}`);
  }
  if (pairs) console.log(pairs);
}

function sayStart(weights: StartWeights, classNames: readonly string[]): void {
  const { path, told: { id, preset, seed, epoch } } = weights;
  const run = `${id}, preset ${preset}, seed ${seed}`;
  console.log(`Starts from the weights of ${run}, after epoch ${epoch}: ${printable(path)}`);
  if (otherClasses(weights, classNames)) {
    console.log("That run had other classes: its last layer and its centers are theirs, by number");
  }
}
