/** The epochs of a run. */
import { Diverged } from "../../src/base/errors.ts";
import { scheduleOf } from "../../src/optim/schedule.ts";
import type { EpochResult } from "../../src/train/epoch_result.ts";
import { Trainer } from "../../src/train/trainer.ts";
import { isTooLarge } from "../plan/fit.ts";
import { clear } from "../run_folder/folder_contents.ts";
import type { CurrentRun } from "./prepare.ts";
import { ProgressLine, type QueuePosition } from "./progress.ts";
import { beginsSecondStage, evaluatesIn, recipeAt, startSecondStage } from "./stages.ts";
import type { StopRequest } from "./stop_signal.ts";

/**
 * Trains the epochs that are left; each is saved and drawn when it is finished.
 *
 * @param stop Asked after every few steps.
 * @param position Where the run is one of several.
 * @returns False when the user stopped it.
 * @throws {RunError} When the loss is no number, or the folder cannot be written.
 */
export async function train(
  run: CurrentRun,
  stop: StopRequest,
  position: QueuePosition | undefined,
): Promise<boolean> {
  const { config, folder, pictures, events } = run, { plan } = config;
  const progress = new ProgressLine(plan, run.state.epoch + 1, position, stop.line);
  while (run.state.epoch < plan.epochs) {
    const epoch = run.state.epoch + 1;
    if (beginsSecondStage(plan, epoch)) await enterSecondStage(run);
    const start = performance.now();
    const result = await trainEpoch(run, epoch, stop, progress);
    if (!result) return false;
    const seconds = (performance.now() - start) / 1000;
    run.state = stateAfter(run, result);
    stop.line?.text(`saving epoch ${epoch}`);
    await folder.saveEpoch(result, run.state, run.trainer, config, seconds);
    progress.epoch(epoch, result, seconds);
    stop.line?.text(`drawing epoch ${epoch}`);
    await pictures.latest(epoch);
    await events?.epoch(epoch);
  }
  return true;
}

/** Another loss trains what the first one left, from the first learning rate on. */
async function enterSecondStage(run: CurrentRun): Promise<void> {
  const { config, sets, folder } = run, { plan } = config, { lr } = plan.recipe.optimizer;
  run.trainer.dispose();
  run.trainer = new Trainer(recipeAt(plan, run.state.epoch + 1), sets.train, sets.test);
  await startSecondStage(run.trainer, config, folder);
  run.schedule = scheduleOf(plan.schedule, lr);
  run.state = { ...run.state, lr, best: { epoch: 0, accuracy: -1 } };
}

/** One epoch; undefined when the user stopped it. */
async function trainEpoch(
  { trainer, config: { plan }, state, folder, resumedAfter }: CurrentRun,
  epoch: number,
  stop: StopRequest,
  progress: ProgressLine,
): Promise<EpochResult | undefined> {
  trainer.optimizer.lr = epoch === plan.epochs ? state.lr * plan.lastEpochFactor : state.lr;
  progress.startEpoch(epoch, trainer.steps);
  try {
    return await trainer.epoch(
      epoch,
      (done, steps, last) => {
        progress.steps(epoch, done, steps, last);
        return !stop.requested;
      },
      (kernel) => progress.compiling(kernel),
      evaluatesIn(plan, epoch),
    );
  } catch (error) {
    if (error instanceof Diverged) await folder.saveFailure({ epoch, reason: error.message });
    // A run that never took a step is refused like any other: nothing of it stays.
    if (epoch === 1 && resumedAfter === undefined && isTooLarge(error)) await clear(folder.path);
    throw error;
  }
}

function stateAfter(
  { config: { plan }, state, schedule }: CurrentRun,
  { test }: EpochResult,
): CurrentRun["state"] {
  const epoch = state.epoch + 1;
  const tested = evaluatesIn(plan, epoch);
  const accuracy = plan.scoring === "logit" ? test.accuracy : test.nearestAccuracy;
  const best = accuracy > state.best.accuracy ? { epoch, accuracy } : state.best;
  // As in the sources, a plateau is one of evaluations; other schedules count epochs.
  const lr = tested || plan.schedule.kind !== "plateau" ? schedule.next(accuracy) : state.lr;
  return { epoch, lr, schedule: schedule.state(), best };
}
