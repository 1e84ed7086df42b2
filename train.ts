/**
 * Training by a recipe: the trainer, the networks, losses and optimizers that a recipe names, checkpoints that
 * PyTorch reads, what a trained network gets right, and the network of a run, to be used.
 *
 * ```ts
 * import { assert } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { drawDigits, NO_AUGMENTATION } from "./data.ts";
 * import { openGpu } from "./mod.ts";
 * import { Trainer } from "./train.ts";
 *
 * using _gpu = await openGpu();
 * const [train, test] = (["train", "test"] as const).map((split) => drawDigits({ count: 40, seed: 1, split }));
 * using trainer = new Trainer({
 *   network: "lenetpp",
 *   widthFactor: 0.125,
 *   featureDim: 2,
 *   loss: { kind: "center", weight: 0.1, rule: "paper" },
 *   optimizer: { lr: 0.01, momentum: 0.9, weightDecay: 0 },
 *   batchSize: 20,
 *   augmentation: NO_AUGMENTATION,
 *   seed: 1,
 * }, train, test);
 * const epoch = await trainer.epoch(1);
 * assert(epoch!.test.losses.terms.center > 0);
 * ```
 *
 * @module
 */
export { OpenRun, openRun, type Pixels } from "./experiments/run_folder/opened/open_run.ts";
export type { Prediction } from "./experiments/run_folder/opened/predictions.ts";
export type { OwnLossFunction, OwnLossInputs, OwnLossRecipe } from "./src/losses/own_loss.ts";
export type { LossRecipe } from "./src/losses/objective.ts";
export type { CenterAloneRecipe, CenterRecipe } from "./src/losses/center_objective.ts";
export type { AdaCosRecipe } from "./src/losses/adacos.ts";
export type { Annealing } from "./src/losses/anneal.ts";
export type { ArcFaceRecipe } from "./src/losses/arcface.ts";
export type { CenterRepulsionRecipe } from "./src/losses/center_repulsion.ts";
export type { CenterSoftmaxRecipe } from "./src/losses/center_softmax.ts";
export type { CacRecipe } from "./src/losses/class_anchors.ts";
export type { ContrastiveCenterRecipe } from "./src/losses/contrastive_center.ts";
export type { CosFaceRecipe } from "./src/losses/cosface.ts";
export type { CosineSoftmaxRecipe } from "./src/losses/cosine_softmax.ts";
export type { CrossEntropyRecipe } from "./src/losses/cross_entropy.ts";
export type { GitRecipe } from "./src/losses/git_loss.ts";
export type { IslandRecipe } from "./src/losses/island.ts";
export type { LSoftmaxRecipe } from "./src/losses/l_softmax.ts";
export type { ProxyAnchorRecipe } from "./src/losses/proxy_anchor.ts";
export type { RangeRecipe } from "./src/losses/range_loss.ts";
export type { RingRecipe } from "./src/losses/ring_loss.ts";
export type { SimplexRecipe } from "./src/losses/simplex.ts";
export type { SoftTripleRecipe } from "./src/losses/soft_triple.ts";
export type { SphereFaceRecipe } from "./src/losses/sphereface.ts";
export type { StandaloneRecipe } from "./src/losses/standalone.ts";
export type { SupConRecipe } from "./src/losses/sup_con.ts";
export type { TripletCenterRecipe } from "./src/losses/triplet_center.ts";
export { networkOf, type NetworkRecipe } from "./src/model/networks.ts";
export {
  type AdamRecipe,
  type CentersRecipe,
  type CentersStart,
  optimizerOf,
  type OptimizerRecipe,
  type SgdRecipe,
  type Trained,
} from "./src/optim/recipe.ts";
export { loadStateDict, stateDict } from "./src/train/checkpoint.ts";
export {
  evaluate,
  type EvaluateOptions,
  type Evaluation,
} from "./src/train/evaluation/evaluate.ts";
export {
  measure,
  type MeasuredSets,
  type Measures,
  type TrainedNetwork,
} from "./src/train/evaluation/measures.ts";
export { type Outputs, outputsOf } from "./src/train/evaluation/outputs.ts";
export type { ClassDistances, Classification } from "./src/metrics/classification.ts";
export type { EpochResult, Progress } from "./src/train/epoch_result.ts";
export { Trainer } from "./src/train/trainer.ts";
export type { Change, Recipe } from "./src/train/recipe.ts";
export type { LastSamples } from "./src/train/last_samples.ts";
export type { Every, ReportOptions, ReportsOptions, StepReport } from "./src/train/step_report.ts";
export type { TrainingBuffers } from "./src/train/training_buffers.ts";
export type { SplitResult, StepMetrics } from "./src/train/pass.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsFile,
  type Stored,
} from "./src/base/safetensors.ts";
