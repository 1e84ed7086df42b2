/**
 * centerlab: experiments on center loss, and the tensor layer they stand on. All arithmetic runs in hand-written WGSL on
 * WebGPU.
 *
 * Training by a recipe is in `train.ts`, and image sets are in `data.ts`; this module exports both, too.
 *
 * Open the GPU once, put arrays on it, make a step, run it:
 *
 * ```ts
 * import { assert } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { Adam, backward, kaimingNormal, Linear, openGpu, parametersOf, Random, recorded, relu, Sequential,
 *   softmaxCrossEntropy, tensor } from "./mod.ts";
 *
 * using _gpu = await openGpu();
 * const x = tensor([[0, 0], [0, 1], [1, 0], [1, 1]]); // your own arrays: exclusive or
 * const y = tensor([0, 1, 1, 0], { dtype: "i32" });
 * const init = kaimingNormal(new Random(1, "weights"));
 * const net = new Sequential(new Linear({ in: 2, out: 16 }, init), relu, new Linear({ in: 16, out: 2 }, init));
 * const optimizer = new Adam(parametersOf(net), { lr: 0.05 });
 * const step = recorded(() => {
 *   const loss = softmaxCrossEntropy(net.forward(x), y);
 *   backward(loss);
 *   optimizer.step();
 *   return loss;
 * });
 * for (let i = 0; i < 100; i++) step();
 * assert(await step().item() < 0.01);
 * ```
 *
 * @module
 */
export { gpu, type GpuOptions, openGpu } from "./src/gpu/device.ts";
export type { Gpu } from "./src/gpu/gpu.ts";
export type { AdapterChoice } from "./src/gpu/adapter/adapter.ts";
export type { AdapterFacts } from "./src/gpu/adapter/facts.ts";
export type { Backend } from "./src/gpu/adapter/backend.ts";
export {
  GPU_TILES,
  MODEST_GPU_TILES,
  SOFTWARE_TILES,
  type Tile,
  type Tiled,
  type Tiles,
} from "./src/gpu/tiles/tiles.ts";
export { type Freeable, keep, type Scope, scope, unscoped } from "./src/tensor/scope.ts";
export type { Shape } from "./src/tensor/shape.ts";
export { noGrad } from "./src/tensor/tape.ts";
export type { Compiling, OnCompile } from "./src/gpu/record/first_run.ts";
export { type Recorded, recorded } from "./src/tensor/recorded.ts";
export type { DType } from "./src/tensor/dtype.ts";
export type { Elements } from "./src/tensor/elements.ts";
export type { Nested } from "./src/tensor/nested.ts";
export { readAll, Tensor } from "./src/tensor/tensor.ts";
export { bufferOf, type BufferPart } from "./src/tensor/buffer_of.ts";
export { tensor, type TensorOptions } from "./src/tensor/make_tensor.ts";
export * from "./src/ops/mod.ts";
export { adaCosScale } from "./src/losses/adacos.ts";
export {
  angularMargin,
  type AngularMarginOptions,
  type MarginForm,
} from "./src/losses/angular_margin.ts";
export { arcFace } from "./src/losses/arcface.ts";
export { CENTER_RULES, centerLoss, type CenterRule } from "./src/losses/center_loss.ts";
export {
  centerRepulsion,
  type CenterRepulsionOptions,
  centerRepulsionTerms,
  MAX_EXPONENT,
  type RepulsionOptions,
  type RepulsionTerms,
} from "./src/losses/center_repulsion.ts";
export { centerSoftmax } from "./src/losses/center_softmax.ts";
export { anchorLogits, type AnchorTerms, classAnchorTerms } from "./src/losses/class_anchors.ts";
export { contrastiveCenterLoss } from "./src/losses/contrastive_center.ts";
export { cosFace, type ScaledMarginOptions } from "./src/losses/cosface.ts";
export { cosineSoftmax, type CosineSoftmaxOptions } from "./src/losses/cosine_softmax.ts";
export { softmaxCrossEntropy } from "./src/losses/cross_entropy.ts";
export {
  interClassSeparation,
  SEPARATION_FORMS,
  type SeparationForm,
  type SeparationOptions,
} from "./src/losses/inter_class_separation.ts";
export { gitSeparation } from "./src/losses/git_loss.ts";
export { islandSeparation } from "./src/losses/island.ts";
export { largeMarginSoftmax, type MultipleMarginOptions } from "./src/losses/l_softmax.ts";
export { proxyAnchorLoss, type ProxyAnchorOptions } from "./src/losses/proxy_anchor.ts";
export { type RangeOptions, type RangeTerms, rangeTerms } from "./src/losses/range_loss.ts";
export { ringLoss } from "./src/losses/ring_loss.ts";
export { simplexWeights } from "./src/losses/simplex.ts";
export {
  type SoftTripleOptions,
  type SoftTripleTerms,
  softTripleTerms,
} from "./src/losses/soft_triple.ts";
export { sphereFace } from "./src/losses/sphereface.ts";
export { standaloneLoss, type StandaloneOptions } from "./src/losses/standalone.ts";
export { supConLoss } from "./src/losses/sup_con.ts";
export { tripletCenterLoss } from "./src/losses/triplet_center.ts";
export { Random } from "./src/model/random.ts";
export {
  type Initializer,
  initializerOf,
  type InitRecipe,
  kaimingNormal,
  normalCenters,
  torchDefault,
  uniformCenters,
  type XavierOptions,
  xavierUniform,
} from "./src/model/init.ts";
export {
  type Entry,
  type Layer,
  type Mode,
  named,
  parametersOf,
  type TorchLayout,
} from "./src/model/layer.ts";
export {
  BatchNorm,
  Conv2d,
  type Conv2dSizes,
  type Epilogue,
  Linear,
  type LinearSizes,
  PRelu,
  Sequential,
} from "./src/model/layers.ts";
export { Dropout, Flatten, MaxPool } from "./src/model/plain_layers.ts";
export { type Head, type MakeHead } from "./src/model/heads.ts";
export type { Network, NetworkSizes, Output } from "./src/model/network.ts";
export { FourConvs } from "./src/model/four_convs.ts";
export { LeNetPlusPlus, type LeNetPlusPlusVariant, LENETPP } from "./src/model/lenetpp.ts";
export { ResNet } from "./src/model/resnet.ts";
export { Adam, type AdamOptions } from "./src/optim/adam.ts";
export { type Group, Grouped } from "./src/optim/grouped.ts";
export {
  centerRampShares,
  checkOneCycle,
  type OneCycle,
  oneCycleRates,
} from "./src/optim/one_cycle.ts";
export type { Optimizer, Parameters } from "./src/optim/optimizer.ts";
export { Sgd, type SgdOptions } from "./src/optim/sgd.ts";
export type { StepRates } from "./src/optim/step_rate.ts";
export {
  MultiStepLR,
  type PlateauOptions,
  ReduceLROnPlateau,
  type Schedule,
  scheduleOf,
  type ScheduleRecipe,
  StepLR,
} from "./src/optim/schedule.ts";
export { DeviceLost, RunError, UsageError } from "./src/base/errors.ts";
export * from "./data.ts";
export * from "./train.ts";
