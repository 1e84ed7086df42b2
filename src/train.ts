/**
 * The training loop: data, network, loss, optimiser, metrics, in the order a step meets them. What a run writes and
 * shows is the business of `experiments/`.
 */
import type { ImageSet } from "../data/image_set.ts";
import type { Augmentation } from "./dataset/augmentation.ts";
import { RunError } from "./errors.ts";
import { type LossRecipe, type Objective, objectiveOf, weightedSum } from "./losses/objective.ts";
import { classMeans } from "./metrics/class_means.ts";
import { Pass, type SplitResult, type StepMetrics } from "./metrics/pass.ts";
import { kaimingNormal, normalCenters } from "./model/init.ts";
import { type Entry, parametersOf } from "./model/layer.ts";
import { LeNetPlusPlus } from "./model/lenetpp.ts";
import type { Network } from "./model/network.ts";
import { Random } from "./model/random.ts";
import { ResNet } from "./model/resnet.ts";
import { argmax, argmin } from "./ops/argmax.ts";
import { backward } from "./ops/backward.ts";
import { equalCount } from "./ops/equal_count.ts";
import { squaredDistances } from "./ops/squared_distances.ts";
import { Sgd } from "./optim/sgd.ts";
import { scope } from "./tensor/scope.ts";
import { noGrad } from "./tensor/tape.ts";
import type { Tensor } from "./tensor/tensor.ts";

export type { SplitResult, StepMetrics };

/** Everything that decides the numbers of a run. */
export interface Recipe {
  /** Which network is trained. */
  network: "resnet" | "lenetpp";
  /** Length of a feature vector. */
  featureDim: number;
  /** Factor on the network's channels; 1 is the published network. */
  widthFactor: number;
  /** What is trained. */
  loss: LossRecipe;
  /** SGD's settings, over network and centers. */
  optimizer: { lr: number; momentum: number; weightDecay: number };
  /** Images a step. */
  batchSize: number;
  /** How training images are varied. */
  augmentation: Augmentation;
  /** Of weights, centers, order and augmentation. */
  seed: number;
}

/** What an epoch gave. */
export interface EpochResult {
  /** One for each step, in order. */
  steps: StepMetrics[];
  /** The training pass itself: features as they were when each batch was seen. */
  train: SplitResult;
  /** The test set after the epoch, with batch norm in evaluation mode. */
  test: SplitResult;
  /** `[classes, featureDim]`: the learned centers, or the class means of the training features where none are learned. */
  centers: Float32Array;
}

/** Told how far an epoch is, each time the GPU was waited for; returns false to stop after this step. */
export type Progress = (done: number, steps: number, last: StepMetrics) => boolean;

/** The networks by their names in a recipe. */
export const NETWORKS = { resnet: ResNet, lenetpp: LeNetPlusPlus };
const EVALUATION_BATCH = 128;
/**
 * How far the CPU runs ahead of the GPU before it waits and reads. A wait costs 11 ms, so it comes after some seconds of
 * work, after no more than 50 steps where that is a second or more, because what is encoded takes memory until it is
 * done, and never before a submit is full.
 */
const AHEAD_MS = 5000, MANY_STEPS = 50, MANY_MS = 1000, LEAST_AHEAD = 8;

/**
 * A network in training.
 *
 * It holds both sets, the network, its optimizer and the recorded steps on the GPU until it is disposed: `using` does
 * that, and a process that trains several networks one after the other needs it.
 */
export class Trainer implements Disposable {
  /** The network in training. */
  readonly network: Network;
  /** `[classes, featureDim]`; trained where the loss has centers. */
  readonly centers: Tensor;
  /** Its `lr` may be set between epochs. */
  readonly optimizer: Sgd;
  readonly #recipe: Recipe;
  readonly #objective: Objective;
  readonly #train: Pass;
  readonly #test: Pass;
  #msPerStep = Infinity;
  #fastest = Infinity;
  #heard = false;

  /** Draws the weights and uploads both sets. */
  constructor(recipe: Recipe, train: ImageSet, test: ImageSet) {
    const { seed, batchSize, featureDim, widthFactor, augmentation } = recipe;
    const { height, width, channels } = train;
    const classes = train.classNames.length;
    this.#recipe = recipe;
    this.#objective = objectiveOf(recipe.loss);
    this.network = new NETWORKS[recipe.network](
      { height, width, channels, featureDim, classes, widthFactor },
      kaimingNormal(new Random(seed, "weights")),
    );
    this.centers = normalCenters(classes, featureDim, new Random(seed, "centers"));
    this.optimizer = new Sgd(
      new Map([
        ...parametersOf(this.network),
        ...(this.#objective.learnsCenters ? [["centers", this.centers] as const] : []),
      ]),
      recipe.optimizer,
    );
    const columns = { terms: this.#objective.terms, sample: featureDim + classes };
    this.#train = new Pass(
      train,
      { batchSize, shuffle: true, dropLast: true, augmentation, seed },
      columns,
    );
    // A term over pairs says as much of the test set as of training only in batches of the same size.
    const most = this.#objective.pairwise ? batchSize : EVALUATION_BATCH;
    const evaluation = { batchSize: Math.min(most, test.count), seed };
    this.#test = new Pass(test, { ...evaluation, shuffle: false, dropLast: false }, columns);
  }

  /** Steps an epoch. */
  get steps(): number {
    return this.#train.batches.sizes.length;
  }

  /** Everything that is trained or kept, for checkpoints. */
  entries(): Entry[] {
    const torch = { kind: "same" } as const;
    const velocities = [...this.optimizer.state()].map(([name, tensor]) => ({
      name: `optimizer.${name}`,
      tensor,
      trainable: false,
      torch,
    }));
    const centers = { name: "centers", tensor: this.centers, trainable: true, torch };
    return [...this.network.entries(), centers, ...velocities];
  }

  /**
   * Trains one epoch and evaluates; undefined when `progress` stopped it.
   *
   * @throws {RunError} When a loss is NaN or infinite.
   */
  async epoch(epoch: number, progress: Progress = () => true): Promise<EpochResult | undefined> {
    const steps: StepMetrics[] = [];
    this.#train.batches.startEpoch(epoch);
    for (let done = 0; done < this.steps;) {
      const count = Math.min(this.#stepsAhead(), this.steps - done);
      const start = performance.now();
      for (let i = 0; i < count; i++) this.#train.step(this.#trainingStep, this.#recipe.batchSize);
      done += count;
      steps.push(...await this.#train.readSteps(done - count, done, () => this.#pause(count)));
      // The first step compiles kernels.
      this.#msPerStep = this.#heard ? (performance.now() - start) / count : Infinity;
      this.#fastest = Math.min(this.#fastest, this.#msPerStep);
      this.#heard = true;
      const broken = steps.findIndex((s, i) => i >= done - count && !Number.isFinite(s.loss));
      if (broken >= 0) throw this.#diverged(epoch, broken, steps[broken]);
      if (!progress(done, this.steps, steps[steps.length - 1])) return undefined;
    }
    return await this.#evaluate(steps);
  }

  /** One step first, for a word soon; then as many as fit the time. */
  #stepsAhead(): number {
    if (!this.#heard) return 1;
    const steps = (ms: number) => Math.floor(ms / this.#msPerStep);
    const most = Math.max(MANY_STEPS, steps(MANY_MS));
    return Math.max(LEAST_AHEAD, Math.min(most, steps(AHEAD_MS)));
  }

  /**
   * Reading blocks the thread until the GPU is done: much of that time is slept away, so that Ctrl-C is heard, but never
   * so much that the GPU would wait.
   */
  async #pause(steps: number): Promise<void> {
    if (this.#fastest === Infinity) return;
    await new Promise((done) => setTimeout(done, 0.5 * steps * this.#fastest));
  }

  #diverged(epoch: number, step: number, { loss, terms }: StepMetrics): RunError {
    const parts = Object.entries(terms).map(([name, value]) =>
      `${name.replace("_", "-")} ${value}`
    );
    const made = parts.length > 1 ? ` (${parts.join(", ")})` : "";
    return new RunError(
      `The loss became ${loss} in step ${
        step + 1
      } of epoch ${epoch}${made} at learning rate ${this.optimizer.lr}: ` +
        `try a smaller --lr${parts.length > 1 ? ", or smaller weights of the terms" : ""}`,
    );
  }

  /** Frees all that it holds on the GPU; it cannot be used afterwards. */
  dispose(): void {
    this.#train.dispose();
    this.#test.dispose();
    this.optimizer.dispose();
    for (const { tensor } of this.network.entries()) {
      tensor.grad?.dispose();
      tensor.dispose();
    }
    this.centers.grad?.dispose();
    this.centers.dispose();
  }

  /** Frees all that it holds; `using` calls it. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Loss terms of a batch, written into the pass's history; returns the loss. */
  #forward(pass: Pass, rows: number, training: boolean): Tensor {
    const { images, labels } = pass.batches.next(rows);
    const { features, logits } = this.network.forward(images, { training });
    const { centers } = this;
    const terms = this.#objective.evaluate({ features, logits, centers, labels });
    const loss = weightedSum(terms, this.#objective.weights);
    const predicted = this.#objective.trainsLogits
      ? argmax(logits)
      : noGrad(() => argmin(squaredDistances(features, centers)));
    pass.note({ loss, terms, hits: equalCount(predicted, labels), features, logits });
    return loss;
  }

  readonly #trainingStep = (pass: Pass, rows: number) => {
    backward(this.#forward(pass, rows, true));
    this.optimizer.step();
  };

  readonly #evaluationStep = (pass: Pass, rows: number) => {
    noGrad(() => this.#forward(pass, rows, false));
  };

  async #evaluate(steps: StepMetrics[]): Promise<EpochResult> {
    this.#test.batches.startEpoch(0);
    for (const rows of this.#test.batches.sizes) this.#test.step(this.#evaluationStep, rows);
    const testSteps = await this.#test.readSteps(0, this.#test.batches.sizes.length);
    using _ = scope();
    const { featureDim } = this.#recipe;
    const { learnsCenters, trainsLogits } = this.#objective;
    const trained = this.#train.samples(featureDim);
    const centers = learnsCenters
      ? this.centers
      : classMeans(trained.features, trained.labels, this.centers.shape[0]);
    return {
      steps,
      train: await this.#train.result(trained, centers, steps, trainsLogits),
      test: await this.#test.result(
        this.#test.samples(featureDim),
        centers,
        testSteps,
        trainsLogits,
      ),
      centers: await centers.read(),
    };
  }
}
