/** The stages of a run: the recipe's own epochs, then those of another loss. */
import type { Recipe } from "../../src/train/recipe.ts";
import type { Trainer } from "../../src/train/trainer.ts";
import type { Plan } from "../plan/plan.ts";
import { readCheckpoint } from "../run_folder/checkpoint.ts";
import type { Config } from "../run_folder/config.ts";
import { refusal } from "../run_folder/refusal.ts";
import type { RunFolder } from "../run_folder/run_folder.ts";
import { loadWeights } from "./start_weights.ts";

/** The checkpoint that the second stage starts from; kept, because `best` is soon the second stage's. */
const FIRST_STAGE = "first-stage.safetensors";

/** Epochs of the first stage. */
function firstStageEpochs({ epochs, secondStage }: Plan): number {
  return epochs - (secondStage?.epochs ?? 0);
}

/** What is trained in an epoch. */
export function recipeAt(plan: Plan, epoch: number): Recipe {
  const { recipe, schedule, secondStage, seed } = plan;
  const epochs = firstStageEpochs(plan);
  const second = epoch > epochs ? secondStage : undefined;
  return {
    ...recipe,
    ...(schedule.kind === "one-cycle" && {
      cycle: {
        epochs: second ? second.epochs : epochs,
        peak: schedule.peak,
        first: second ? epochs + 1 : 1,
        ...(!second && schedule.centerRamp !== undefined &&
          { centerRamp: schedule.centerRamp }),
      },
    }),
    ...(second && { loss: second.loss }),
    epochs: second ? second.epochs : epochs,
    seed,
  };
}

/** Whether the test set is evaluated after an epoch: after each `evalEvery`, and after the last one of a stage. */
export function evaluatesIn(plan: Plan, epoch: number): boolean {
  const { epochs, evalEvery = 1 } = plan;
  return epoch % evalEvery === 0 || epoch === epochs || epoch === firstStageEpochs(plan);
}

/** Whether an epoch is the first of a second stage. */
export function beginsSecondStage(plan: Plan, epoch: number): boolean {
  return plan.secondStage !== undefined && epoch === firstStageEpochs(plan) + 1;
}

/**
 * Gives a trainer the network and the centers that the first stage left.
 *
 * @throws {RunError} When the checkpoint is missing or broken.
 */
export async function startSecondStage(
  trainer: Trainer,
  config: Config,
  folder: RunFolder,
): Promise<void> {
  const { from: which } = config.plan.secondStage!;
  const kept = folder.file(FIRST_STAGE), from = folder.file(`${which}.safetensors`);
  const before = await readCheckpoint(kept, config);
  const checkpoint = before ?? await readCheckpoint(from, config);
  if (!checkpoint) {
    throw refusal(`${from} is not there, and the second stage starts from it`, "put it back");
  }
  if (!before) await folder.write(FIRST_STAGE, await Deno.readFile(from));
  loadWeights(trainer, checkpoint.tensors, before ? kept : from);
}
