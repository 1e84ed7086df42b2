// deno-lint-ignore-file no-console
/** One run: from a plan to a folder. */
import { pathOf } from "../run_folder/path.ts";
import { RunError } from "../../src/base/errors.ts";
import type { AdapterChoice } from "../../src/gpu/adapter/adapter.ts";
import { openGpu } from "../../src/gpu/device.ts";
import type { Gpu } from "../../src/gpu/gpu.ts";
import { type Schedule, scheduleOf } from "../../src/optim/schedule.ts";
import { type EpochResult, Trainer } from "../../src/train/trainer.ts";
import { printable, quoted } from "../../src/base/printable.ts";
import { misfitAmong } from "../../src/tune/misfit.ts";
import { adapterName } from "../run_folder/adapter_name.ts";
import { CATALOG } from "../rows/catalog.ts";
import { claim } from "./may_use_folder.ts";
import { currentCommit } from "../plan/commit.ts";
import { loadImages } from "../plan/images.ts";
import { writeExports } from "../run_folder/export.ts";
import { clear } from "../run_folder/folder_contents.ts";
import { FolderLock } from "../run_folder/lock.ts";
import type { Options } from "../plan/request.ts";
import { Pictures } from "../draw/pictures.ts";
import { imagesToPredict, writePredictions } from "./predictions.ts";
import { imagesChanged, imagesDigest } from "../plan/images_digest.ts";
import { manyClassesNote } from "../run_folder/many_classes.ts";
import { madeSmall } from "../plan/differences.ts";
import { type Plan, planOf } from "../plan/plan.ts";
import { ProgressLine, type QueuePlace } from "./progress.ts";
import { duration, percent } from "../../src/base/format.ts";
import { checkFit, isTooLarge } from "../plan/fit.ts";
import { runThroughLosses } from "./lost_device.ts";
import { RunDevice } from "./run_device.ts";
import { tilesOfNewRun } from "./tiles.ts";
import { type Config, readConfig, RunFolder, type Standing } from "../run_folder/run_folder.ts";
import { beginsSecondStage, recipeAt, startSecondStage } from "./stages.ts";
import { StopSignal } from "./stop_signal.ts";

/** Opens the GPU and runs a plan until it is done or Ctrl-C is pressed: what `exp` and `demo` do. */
export async function runAlone(options: Options): Promise<number> {
  const { submitMs } = options;
  using device = new RunDevice(async () =>
    await openGpu({ adapter: await choiceOf(options), submitMs })
  );
  using stop = new StopSignal();
  return await runThroughLosses(run, device, options, stop);
}

/** The adapter to ask for: what the user says, and else what the run that is resumed was begun with. */
export async function choiceOf(
  options: Options,
): Promise<AdapterChoice | undefined> {
  if (options.adapter || !options.resume) return options.adapter;
  return (await readConfig(pathOf(options)))?.adapterChoice;
}

/** Says whether the user wants to stop. */
export interface StopRequest {
  readonly requested: boolean;
}

/**
 * Runs a plan, or the rest of it. No other process can use its folder meanwhile, and what it took on the GPU is free
 * again afterwards.
 *
 * @param stop Asked after every few steps.
 * @param place Where the run is one of several.
 * @param begun Called as soon as the run can be resumed.
 * @returns The exit code: 0, or 130 when the user stopped it.
 * @throws {RunError} When the run cannot go on.
 */
export async function run(
  options: Options,
  gpu: Gpu,
  stop: StopRequest = { requested: false },
  place: QueuePlace | undefined = undefined,
  begun: () => void = () => {},
): Promise<number> {
  const path = pathOf(options);
  await claim(path, options); // what is refused is left as it is, without a lock in it
  using lock = await FolderLock.take(path);
  const previous = await claim(path, options); // and as it is now that nobody else can change it
  const plan = previous?.plan ?? options.plan;
  const { train, test, drawn, note } = await loadImages(plan, options.dataDir);
  checkFit(plan, train);
  const predict = options.predict ?? previous?.predict;
  const unlabelled = await imagesToPredict(plan, { ...options, predict }, test);
  if (previous && drawn !== Boolean(previous.drawn)) throw otherImages(path, plan, drawn);
  if (previous && await imagesChanged(previous, { train, test })) {
    throw new RunError(
      `${path} began on other images than ${
        plan.ownData?.source ?? plan.dataset
      } has now: put those back, or start again with --overwrite`,
    );
  }
  for (const line of [note, manyClassesNote(train.classNames.length)]) if (line) console.log(line);
  if (drawn) console.log(`${plan.dataset} is not there: drawn digits of its shape stand in for it`);
  const { description, backend, software } = gpu.adapter;
  if (
    previous?.adapter === description && (previous.backend ?? backend) === backend
  ) {
    const why = misfitAmong(previous.tiles, gpu.adapter);
    if (why) throw new RunError(`${path} cannot be resumed: ${why}; start again with --overwrite`);
    gpu.tiles = previous.tiles;
  } else if (previous) {
    console.log(
      `This run began on ${adapterName(previous)}; on ${
        adapterName({ adapter: description, backend })
      } its last bits may differ`,
    );
  } else {
    const { height, width, channels, classNames } = train;
    const images = { height, width, channels, classes: classNames.length };
    const steps = plan.epochs * Math.floor(train.count / plan.recipe.batchSize);
    gpu.tiles = await tilesOfNewRun(options, gpu, images, steps, stop);
  }
  const config: Config = previous ?? {
    plan,
    drawn,
    images: await imagesDigest({ train, test }),
    ...(predict !== undefined && { predict }),
    ...(plan.ownData && { classNames: train.classNames }),
    tiles: gpu.tiles,
    adapter: description,
    backend,
    ...(options.adapter && { adapterChoice: options.adapter }),
    software,
    commit: await currentCommit(),
    deno: Deno.version.deno,
  };
  const folder = new RunFolder(path, plan, lock);
  const done = previous ? await folder.epochsDone() : 0;
  const { lr: firstRate } = plan.recipe.optimizer;
  let trainer = new Trainer(recipeAt(plan, Math.max(done, 1)), train, test);
  using _trainer = { [Symbol.dispose]: () => trainer.dispose() };
  let schedule = scheduleOf(plan.schedule, firstRate);
  const pictures = new Pictures(plan, folder, train, test);
  const loaded = previous && await folder.load(trainer, previous);
  let standing: Standing = loaded ?? {
    epoch: 0,
    lr: firstRate,
    schedule: schedule.state(),
    best: { epoch: 0, accuracy: -1 },
  };
  if (loaded) {
    begun();
    schedule.load(loaded.schedule);
    console.log(`Resuming ${printable(path)} after epoch ${loaded.epoch} of ${plan.epochs}`);
    for (const sentence of await folder.missing(loaded, plan)) console.log(printable(sentence));
  } else {
    const overwrite = !previous && options.overwrite;
    await folder.saveStart(standing, trainer, config, { overwrite, written: begun });
  }
  if (!loaded) sayChanges(plan);
  const line = new ProgressLine(plan, place);
  line.resumeAt(standing.epoch + 1);
  const started = performance.now();
  while (standing.epoch < plan.epochs) {
    const epoch = standing.epoch + 1;
    if (beginsSecondStage(plan, epoch)) {
      trainer.dispose();
      trainer = new Trainer(recipeAt(plan, epoch), train, test);
      await startSecondStage(trainer, config, folder);
      schedule = scheduleOf(plan.schedule, firstRate);
      standing = { ...standing, lr: firstRate, best: { epoch: 0, accuracy: -1 } };
    }
    const lr = epoch === plan.epochs ? standing.lr * plan.lastEpochFactor : standing.lr;
    trainer.optimizer.lr = lr;
    line.startEpoch();
    const start = performance.now();
    const result = await trainer.epoch(
      epoch,
      (done, steps, last) => {
        line.steps(epoch, done, steps, last);
        return !stop.requested;
      },
      (kernel) => line.compiling(kernel),
    ).catch(async (error) => {
      // What never took a step is refused like any other start: nothing of it stays.
      if (epoch === 1 && !previous && isTooLarge(error)) await clear(path);
      throw error;
    });
    if (!result) {
      await pictures.all(standing.epoch);
      sayStopped(standing.epoch, path, place ? undefined : resumeCommand(plan, options));
      return 130;
    }
    const seconds = (performance.now() - start) / 1000;
    standing = nextStanding(standing, plan, schedule, result);
    await folder.saveEpoch(result, standing, trainer, config, seconds, result.lr);
    line.epoch(epoch, result.lr, result, seconds);
    await pictures.latest(epoch);
  }
  await pictures.all(plan.epochs);
  if (unlabelled) await writePredictions(folder, trainer, plan, unlabelled, train.classNames);
  await writeExports(folder, plan, { train, test }, plan.epochs);
  await folder.saveSummary({
    scoring: plan.scoring,
    epochs: plan.epochs,
    last: folder.metrics.column(`test_accuracy_by_${plan.scoring.replace("-", "_")}`).at(-1)!,
    best: standing.best,
  });
  summarize(plan, folder, standing, (performance.now() - started) / 1000);
  return 0;
}

/** What a preset made of a published row. */
function sayChanges(plan: Plan): void {
  const row = CATALOG.get(plan.id);
  if (plan.preset === "paper" || plan.preset === "smoke" || !row?.source) return;
  console.log(`Preset ${plan.preset} of ${plan.id}: ${madeSmall(planOf(row, "paper"), plan)}`);
}

/** A run that began on the one kind of images would go on with the other. */
function otherImages(path: string, { dataset }: Plan, drawn: boolean): RunError {
  const [began, now] = drawn ? ["on", "is not there now"] : ["on drawn digits, not on", "is there"];
  return new RunError(
    `${path} began ${began} ${dataset}, which ${now}: ${
      drawn ? "put it back (--data-dir)" : "take it away"
    }, or start again with --overwrite`,
  );
}

/** Without a command to continue with where the queue names one for all runs. */
function sayStopped(finished: number, path: string, command?: string): void {
  const where = finished === 0
    ? "No epoch was finished"
    : `Finished epochs are in ${printable(path)}`;
  const next = finished === 0 ? "; start again" : `; continue after epoch ${finished}`;
  console.log(
    `\nStopped in epoch ${finished + 1}. ${where}${command ? `${next} with\n  ${command}` : ""}`,
  );
}

function nextStanding(
  before: Standing,
  plan: Plan,
  schedule: Schedule,
  { test }: EpochResult,
): Standing {
  const epoch = before.epoch + 1;
  const accuracy = plan.scoring === "logit" ? test.accuracy : test.nearestAccuracy;
  const best = accuracy > before.best.accuracy ? { epoch, accuracy } : before.best;
  return { epoch, lr: schedule.next(accuracy), schedule: schedule.state(), best };
}

function resumeCommand(plan: Plan, options: Options): string {
  const flags = [`--preset ${plan.preset}`, `--seed ${plan.seed}`, "--resume"];
  if (plan.ownData) flags.push(`--data ${quoted(plan.ownData.source)}`);
  if (options.adapter) flags.push(`--adapter ${options.adapter}`);
  if (options.predict) flags.push(`--predict ${quoted(options.predict)}`);
  if (options.submitMs !== undefined) flags.push(`--submit-ms ${options.submitMs}`);
  if (options.out !== "runs") flags.push(`--out ${quoted(options.out)}`);
  if (options.dataDir) flags.push(`--data-dir ${quoted(options.dataDir)}`);
  return `deno task exp ${plan.id} ${flags.join(" ")}`;
}

function summarize(plan: Plan, folder: RunFolder, standing: Standing, seconds: number): void {
  const last = (name: string) => folder.metrics.column(`test_accuracy_by_${name}`).at(-1) ?? NaN;
  const byLogit = Number.isNaN(last("logit")) ? "" : `${percent(last("logit"))} by logit, `;
  const rule = plan.scoring === "logit" ? "logit" : "nearest center";
  const published = plan.source?.accuracy !== undefined && !plan.ownData
    ? `, published ${percent(plan.source.accuracy)}${
      plan.preset === "paper" ? "" : " for the row as it stands (--preset paper)"
    }`
    : "";
  const { clamped, samples } = folder.clamped();
  if (samples > 0) {
    const often = clamped === 0 ? "None" : clamped.toLocaleString("en");
    console.log(
      `${often} of ${
        samples.toLocaleString("en")
      } exponents of training samples had to be clamped, where float32 would soon overflow`,
    );
  }
  console.log(
    [
      `Test accuracy ${byLogit}` +
      `${percent(last("nearest_center"))} by nearest center after epoch ${standing.epoch}; ` +
      `best by ${rule} ${
        percent(standing.best.accuracy)
      } in epoch ${standing.best.epoch}${published}`,
      `${duration(seconds)}; everything is in ${printable(folder.path)}`,
    ].join("\n"),
  );
}
