/**
 * The training loop: data, network, loss, optimizer, metrics, in the order a step meets them. What a run writes and
 * shows is the business of `experiments/`.
 */
import type { ImageSet } from "../dataset/image_set.ts";
import { checkRecipe } from "./check_recipe.ts";
import type { BatchOptions } from "../dataset/batch_options.ts";
import { checkAlike, checkImageSet } from "../dataset/check_set.ts";
import type { OnCompile } from "../gpu/record/first_run.ts";
import { objectiveOf } from "../losses/objective.ts";
import { absentClasses, classMeans, withoutRows } from "./class_means.ts";
import { brokenAfter, diverged } from "./diverged.ts";
import type { EpochResult, Progress } from "./epoch_result.ts";
import { Learner } from "./learner.ts";
import { Pace } from "./pace.ts";
import { planeClassifier, planeLogits } from "./plane_classifier.ts";
import { Pass, type SplitResult, type StepMetrics } from "./pass.ts";
import type { ReportOptions, ReportsOptions, StepReport } from "./step_report.ts";
import { Stepping } from "./stepping.ts";
import { DEFAULT_INIT } from "./starting_centers.ts";
import { type TrainingBuffers, trainingBuffers } from "./training_buffers.ts";
import type { Entry } from "../model/layer.ts";
import { initializerOf } from "../model/init.ts";
import type { Network } from "../model/network.ts";
import { Random } from "../model/random.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import type { Change, Recipe } from "./recipe.ts";
import { allOrNothing, scope } from "../tensor/scope.ts";
import { noGrad } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";

const EVALUATION_BATCH = 128;

/**
 * A network in training: epoch by epoch ({@linkcode Trainer.epoch}), or step by step ({@linkcode Trainer.reports}, or
 * {@linkcode Trainer.step} and {@linkcode Trainer.report}). Whichever it is, the numbers are the same bits. An epoch, a step
 * or a test that begins while another is under way is refused (`TypeError`).
 *
 * It holds both sets, the network, its optimizer and the recorded steps on the GPU until it is disposed: `using` does
 * that, and a process that trains several networks one after the other needs it.
 */
export class Trainer implements Disposable {
  readonly #learner: Learner;
  readonly #train: Pass;
  readonly #test: Pass;
  readonly #pace = new Pace();
  readonly #stepping: Stepping;

  /**
   * Draws the weights and uploads both sets.
   *
   * @throws {TypeError} When a field of the recipe or of a set has another type than it must, or the sets do not go together.
   * @throws {RangeError} When fields of a set contradict each other, or the recipe asks for what is not known or cannot be
   * done.
   */
  constructor(recipe: Recipe, train: ImageSet, test: ImageSet) {
    checkRecipe(recipe);
    for (const set of [train, test]) checkImageSet(set);
    checkAlike(train, test);
    const { seed, batchSize, featureDim, augmentation, normalization } = recipe;
    const { height, width, channels } = train;
    const classes = train.classNames.length;
    const objective = objectiveOf(recipe.loss, classes);
    objective.tryOut?.({ featureDim, classes });
    const columns = {
      terms: [...objective.terms, ...objective.counts ?? []],
      features: featureDim,
      readsLogits: objective.readsLogits,
      hasCenters: objective.centers !== "none",
    };
    const init = initializerOf(recipe.init ?? DEFAULT_INIT, new Random(seed, "weights"));
    const { lastBatch = "drop", stepsPerEpoch: mostBatches } = recipe;
    const passes: Pass[] = [];
    const passOf = (set: ImageSet, options: BatchOptions) => {
      passes.push(new Pass(set, options, columns));
      return passes[passes.length - 1];
    };
    // A term over pairs says as much of the test set as of training only in batches of the same size.
    const most = objective.pairwise ? batchSize * (objective.views ?? 1) : EVALUATION_BATCH;
    const evaluation = { batchSize: Math.min(most, test.count), normalization, seed };
    try {
      this.#train = passOf(train, {
        ...{ batchSize, shuffle: true, dropLast: lastBatch === "drop", mostBatches },
        ...{ augmentation, normalization, seed },
      });
      this.#test = passOf(test, { ...evaluation, shuffle: false, dropLast: false });
      const given = { height, width, channels, classes, init, steps: this.steps };
      this.#learner = allOrNothing(() => new Learner(recipe, objective, given));
    } catch (error) {
      for (const pass of passes) pass.dispose();
      throw error;
    }
    this.#stepping = new Stepping(this.#learner, this.#train);
  }

  /** The network in training. What is frozen by `requiresGrad = false`, or set free again, is so from the next step on. */
  get network(): Network {
    return this.#learner.network;
  }

  /** `[classes, featureDim]`; trained where the loss has centers. */
  get centers(): Tensor {
    return this.#learner.centers;
  }

  /** Its `lr` may be set between steps; under one cycle it is that of the peak, from the next epoch on. */
  get optimizer(): Optimizer {
    return this.#learner.optimizer;
  }

  /** Steps an epoch. */
  get steps(): number {
    return this.#train.batches.sizes.length;
  }

  /** Where the training keeps what a canvas draws, without a readback. */
  get buffers(): TrainingBuffers {
    return trainingBuffers(this.#train, this.#learner);
  }

  /** Everything that is trained or kept, for checkpoints. */
  entries(): Entry[] {
    return this.#learner.entries();
  }

  /**
   * Takes other numbers from the next step that is encoded: of the loss (weights, alpha, margin), the optimizer (rate,
   * momentum) and the centers (rate). Inside {@linkcode reports}, the steps of the next report are encoded already and keep
   * the old numbers. No kernel is compiled, except the multiplication by a weight that was 1 until now (a weight of 1 is
   * left out). What is trained so far stays, and goes on as it would from a checkpoint with a recipe of these numbers.
   *
   * @throws {RangeError} When a change asks for other terms or parameters, or for another start of one, such as the radius of
   * ring loss, or a number is out of range; nothing is changed then.
   */
  change(change: Change): void {
    if (!this.#learner.change(change)) return;
    this.#stepping.takeRates();
    // Recorded steps hold the loss's numbers as constants.
    for (const pass of [this.#train, this.#test]) pass.forget();
  }

  /**
   * Trains one epoch and evaluates; undefined when `progress` stopped it.
   *
   * @param epoch Its number, from 1: it decides the order and the augmentation.
   * @param onCompile Called with each kernel that is compiled for the first step of its kind.
   * @param evaluates False leaves the test set out, but for one batch that shows whether the network is sound.
   * @throws {RunError} When a loss is NaN or infinite, or the test shows that the last update broke the network.
   */
  epoch(
    epoch: number,
    progress: Progress = () => true,
    onCompile?: OnCompile,
    evaluates = true,
  ): Promise<EpochResult | undefined> {
    return this.#stepping.alone(
      "epoch()",
      () => this.#epoch(epoch, progress, evaluates, onCompile),
    );
  }

  async #epoch(epoch: number, progress: Progress, evaluates: boolean, onCompile?: OnCompile) {
    const steps: StepMetrics[] = [], stepping = this.#stepping;
    stepping.startEpoch(epoch);
    while (stepping.done < this.steps) {
      const first = stepping.done, count = Math.min(this.#pace.stepsAhead, this.steps - first);
      const start = performance.now();
      await stepping.step(count, onCompile);
      steps.push(...await stepping.readSteps(() => this.#pace.sleep(count, start)));
      this.#pace.done(count, start);
      const broken = steps.findIndex((s, i) => i >= first && !Number.isFinite(s.loss));
      if (broken >= 0) throw diverged(epoch, steps.slice(0, broken + 1), stepping.rate);
      if (!progress(stepping.done, this.steps, steps[steps.length - 1])) return undefined;
    }
    const test = evaluates ? await this.#testAll(onCompile) : this.#test.unseen();
    // The loss of a step is of the network before its update: what the last one did, images of the test set show.
    const { loss } = evaluates ? test.losses : (await this.#tested(1, onCompile))[0];
    if (Number.isNaN(loss) || evaluates && !test.features.every(Number.isFinite)) {
      throw brokenAfter(epoch, stepping.rate);
    }
    using own = scope();
    const trained = this.#train.samples(), centers = this.#centersOf(trained);
    const plane = this.#learner.partsByLines ? planeLogits(this.network) : undefined;
    own.leave();
    const absent = this.#absentIn(trained);
    return {
      steps,
      train: await this.#train.result(trained, centers, steps, absent),
      test,
      centers: withoutRows(await centers.read() as Float32Array, absent, centers.shape[1]),
      classifier: plane && planeClassifier(await plane.read() as Float32Array),
      lr: stepping.lastRate,
    };
  }

  /**
   * Trains some steps, and begins another epoch where one is over. It waits for nothing but kernels that are compiled for the
   * first step of their kind: who calls it in a loop must {@linkcode Trainer.report}, or the GPU falls behind.
   * @throws {RangeError} For a number of steps that is none.
   */
  step(count: number = 1, onCompile?: OnCompile): Promise<void> {
    return this.#stepping.alone("step()", () => this.#stepping.step(count, onCompile));
  }

  /**
   * Reads what the steps so far left behind. The copies are made in the order of the steps, so further ones may be begun
   * before it has arrived, and the GPU does not stop.
   *
   * @throws {RunError} When a loss is NaN or infinite.
   * @throws {RangeError} When `samples` is no whole number from 0.
   */
  report(options: ReportOptions = {}): Promise<StepReport> {
    return this.#stepping.report(options);
  }

  /**
   * Trains and reports, until the loop over it is left. While a report is on its way, the steps of the next one are under way:
   * what is changed when one arrives takes effect after those, and so does a `break`. For steps that are counted one by one,
   * call {@linkcode Trainer.step} and {@linkcode Trainer.report}.
   *
   * @throws {RunError} When a loss is NaN or infinite.
   * @throws {RangeError} When `every` is not above 0, or `samples` no whole number from 0.
   *
   * @example
   * ```ts
   * import { assert } from "npm:deno-std@1.4.0/assert/mod.js";
   * import { drawDigits, NO_AUGMENTATION, openGpu, Trainer } from "../../mod.ts";
   *
   * using _gpu = await openGpu();
   * const [train, test] = (["train", "test"] as const).map((split) => drawDigits({ count: 40, seed: 1, split }));
   * const loss = { kind: "center", weight: 0.1, rule: "paper" } as const;
   * using trainer = new Trainer({
   *   ...{ network: "lenetpp", widthFactor: 0.125, featureDim: 2, loss, batchSize: 20, seed: 1 },
   *   ...{ optimizer: { lr: 0.01, momentum: 0.9, weightDecay: 0 }, augmentation: NO_AUGMENTATION },
   * }, train, test);
   * for await (const { step, steps, samples, centers } of trainer.reports({ every: { ms: 100 }, samples: 40, centers: true })) {
   *   assert(steps.every(({ terms }) => terms.center > 0) && samples && centers);
   *   if (step === 2) trainer.change({ loss: { ...loss, weight: 1 } });
   *   if (step >= 6) break;
   * }
   * const { nearestAccuracy } = await trainer.test();
   * assert(nearestAccuracy >= 0);
   * ```
   */
  reports(
    options: ReportsOptions = {},
    onCompile?: OnCompile,
  ): AsyncGenerator<StepReport, void, void> {
    return this.#stepping.reports(options, onCompile);
  }

  /** Classifies the test set by the network and the centers as they are; batch norm is in evaluation mode. */
  test(onCompile?: OnCompile): Promise<SplitResult> {
    return this.#stepping.alone("test()", () => this.#testAll(onCompile));
  }

  async #testAll(onCompile?: OnCompile): Promise<SplitResult> {
    const steps = await this.#tested(this.#test.batches.sizes.length, onCompile);
    using own = scope();
    const trained = this.#stepping.begun ? this.#train.samples() : undefined;
    const centers = this.#centersOf(trained), seen = this.#test.samples();
    own.leave();
    return await this.#test.result(seen, centers, steps, this.#absentIn(trained));
  }

  /** Puts the first batches of the test set through the network. */
  async #tested(batches: number, onCompile?: OnCompile): Promise<StepMetrics[]> {
    this.#test.startEpoch(0);
    for (const rows of this.#test.batches.sizes.slice(0, batches)) {
      await this.#test.step(this.#learner.evaluate, rows, onCompile);
    }
    return await this.#test.readSteps(0, batches);
  }

  /** Frees all that it holds on the GPU; it cannot be used afterwards. */
  dispose(): void {
    for (const it of [this.#stepping, this.#train, this.#test, this.#learner]) it.dispose();
  }

  /** Frees all that it holds; `using` calls it. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** The learned centers, or the class means of the features; where the centers began before there are any. */
  #centersOf(seen: ReturnType<Pass["samples"]> | undefined): Tensor {
    return this.#learner.objective.centers !== "none" || !seen
      ? noGrad(() => this.#learner.classCenters())
      : classMeans(seen.features, seen.labels, this.centers.shape[0]);
  }

  /** Classes that have no mean: no training sample of the epoch is theirs. */
  #absentIn(seen: ReturnType<Pass["samples"]> | undefined): number[] {
    return this.#learner.objective.centers !== "none" || !seen
      ? []
      : absentClasses(seen.labels, this.centers.shape[0]);
  }
}
