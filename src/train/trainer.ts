/**
 * The training loop: data, network, loss, optimizer, metrics, in the order a step meets them. What a run writes and
 * shows is the business of `experiments/`.
 */
import type { ImageSet } from "../dataset/image_set.ts";
import { checkRecipe } from "./check_recipe.ts";
import { checkAlike, checkImageSet } from "../dataset/check_set.ts";
import type { OnCompile } from "../gpu/record/first_run.ts";
import type { LossLayer } from "../losses/loss.ts";
import { type Objective, objectiveOf } from "../losses/objective.ts";
import { weightedSum } from "../losses/weighted_sum.ts";
import { classMeans } from "./class_means.ts";
import { CycleSteps } from "./cycle_steps.ts";
import { diverged } from "./diverged.ts";
import { byNeighbour, firstRows } from "./hits.ts";
import { Pace } from "./pace.ts";
import { planeClassifier } from "./plane_classifier.ts";
import { Pass, type SplitResult, type StepMetrics } from "./pass.ts";
import { initializerOf } from "../model/init.ts";
import { type Entry, named, parametersOf } from "../model/layer.ts";
import type { Network } from "../model/network.ts";
import { networkOf } from "../model/networks.ts";
import { Random } from "../model/random.ts";
import { argmax, argmin } from "../ops/argmax.ts";
import { backward } from "../ops/backward.ts";
import { equalCount } from "../ops/equal_count.ts";
import { concat } from "../ops/layout.ts";
import { squaredDistances } from "../ops/squared_distances.ts";
import { mul } from "../ops/binary.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import { optimizerOf } from "../optim/recipe.ts";
import type { Recipe } from "./recipe.ts";
import { DEFAULT_INIT, startingCenters } from "./starting_centers.ts";
import { scope } from "../tensor/scope.ts";
import { noGrad } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What an epoch gave. */
export interface EpochResult {
  /** One for each step, in order. */
  steps: StepMetrics[];
  /** The training pass itself: features as they were when each batch was seen. */
  train: SplitResult;
  /** The test set after the epoch, with batch norm in evaluation mode; NaN and no labels where it was left out. */
  test: SplitResult;
  /** `[classes, featureDim]`: the learned centers, or the class means of the training features where none are learned. */
  centers: Float32Array;
  /**
   * `[classes, 3]`: how the last layer makes logits of two features, a factor on each and a bias (of cosines, logits of which
   * the largest is the same); none of other sizes, where logits are not trained, or where classes do not part along lines.
   */
  classifier?: Float32Array;
  /** The learning rate of its last step. */
  lr: number;
}

/** Called with how far an epoch is, each time the GPU was waited for; returns false to stop after this step. */
export type Progress = (done: number, steps: number, last: StepMetrics) => boolean;

const EVALUATION_BATCH = 128;

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
  readonly optimizer: Optimizer;
  /** What else the loss owns, where it owns something. */
  readonly #layer: LossLayer | undefined;
  readonly #recipe: Recipe;
  readonly #objective: Objective;
  readonly #train: Pass;
  readonly #test: Pass;
  /** What changes with every step, where the recipe has a cycle. */
  readonly #cycle: CycleSteps | undefined;
  #lastRate = NaN;
  readonly #pace = new Pace();

  /**
   * Draws the weights and uploads both sets.
   *
   * @throws {TypeError} When a field of the recipe or of a set has another type than it must, or the sets do not go together.
   * @throws {RangeError} When fields of a set contradict each other, or the recipe asks for what is not known or cannot be done.
   */
  constructor(recipe: Recipe, train: ImageSet, test: ImageSet) {
    checkRecipe(recipe);
    for (const set of [train, test]) checkImageSet(set);
    checkAlike(train, test);
    const { seed, batchSize, featureDim, augmentation, normalization } = recipe;
    const { height, width, channels } = train;
    const classes = train.classNames.length;
    if (!Number.isInteger(featureDim) || featureDim < 1) {
      throw new RangeError(
        `Cannot train features of ${featureDim} numbers: it must be a whole number from 1`,
      );
    }
    this.#recipe = recipe;
    const objective = this.#objective = objectiveOf(recipe.loss, classes);
    objective.tryOut?.({ featureDim, classes });
    const columns = {
      terms: [...objective.terms, ...objective.counts ?? []],
      features: featureDim,
      readsLogits: objective.readsLogits,
      hasCenters: objective.centers !== "none",
    };
    const init = initializerOf(recipe.init ?? DEFAULT_INIT, new Random(seed, "weights"));
    const { lastBatch = "drop", stepsPerEpoch: mostBatches } = recipe;
    this.#train = new Pass(train, {
      ...{ batchSize, shuffle: true, dropLast: lastBatch === "drop", mostBatches },
      ...{ augmentation, normalization, seed },
    }, columns);
    // A term over pairs says as much of the test set as of training only in batches of the same size.
    const most = objective.pairwise ? batchSize : EVALUATION_BATCH;
    const evaluation = { batchSize: Math.min(most, test.count), normalization, seed };
    this.#test = new Pass(test, { ...evaluation, shuffle: false, dropLast: false }, columns);
    const { widthFactor, blocks } = recipe;
    const { head } = objective;
    const sizes = { height, width, channels, featureDim, classes, widthFactor, blocks, head };
    this.network = networkOf(recipe.network, sizes, init);
    this.centers = startingCenters(recipe, classes, new Random(seed, "centers"));
    // Where no optimizer takes it, a gradient would be freed with its step and missed by the next.
    this.centers.requiresGrad = objective.centers === "learned";
    this.#layer = objective.layer?.(sizes, init);
    const layer = named({ loss: this.#layer }).filter(({ trainable }) => trainable);
    const learned = objective.centers === "learned" ? [["centers", this.centers] as const] : [];
    this.optimizer = optimizerOf(
      recipe.optimizer,
      recipe.centers,
      {
        network: new Map([
          ...parametersOf(this.network),
          ...layer.map(({ name, tensor }) => [name, tensor] as const),
        ]),
        centers: new Map(learned),
      },
      objective.weights[objective.terms.indexOf("center")] ?? 1,
    );
    this.#cycle = recipe.cycle && new CycleSteps(recipe.cycle, objective, this.steps);
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
    return [
      ...this.network.entries(),
      ...named({ loss: this.#layer }),
      centers,
      ...velocities,
    ];
  }

  /**
   * Trains one epoch and evaluates; undefined when `progress` stopped it.
   *
   * @param onCompile Called with each kernel that is compiled for the first step of its kind.
   * @param evaluates False leaves the test set out.
   * @throws {RunError} When a loss is NaN or infinite.
   */
  async epoch(
    epoch: number,
    progress: Progress = () => true,
    onCompile?: OnCompile,
    evaluates = true,
  ): Promise<EpochResult | undefined> {
    const steps: StepMetrics[] = [];
    this.#train.batches.startEpoch(epoch);
    const { lr } = this.optimizer;
    this.#lastRate = this.#cycle?.start(epoch, lr) ?? lr;
    for (let done = 0; done < this.steps;) {
      const count = Math.min(this.#pace.stepsAhead, this.steps - done);
      const start = performance.now();
      for (const rows of this.#train.batches.sizes.slice(done, done + count)) {
        await this.#train.step(this.#trainingStep, rows, onCompile);
      }
      done += count;
      steps.push(
        ...await this.#train.readSteps(done - count, done, () => this.#pace.sleep(count, start)),
      );
      this.#pace.done(count, start);
      const broken = steps.findIndex((s, i) => i >= done - count && !Number.isFinite(s.loss));
      if (broken >= 0) throw diverged(epoch, steps.slice(0, broken + 1), this.optimizer.lr);
      if (!progress(done, this.steps, steps[steps.length - 1])) return undefined;
    }
    if (evaluates) await this.#seeTestSet(onCompile);
    return await this.#result(steps, evaluates);
  }

  /** Frees all that it holds on the GPU; it cannot be used afterwards. */
  dispose(): void {
    this.#train.dispose();
    this.#test.dispose();
    this.optimizer.dispose();
    this.#cycle?.dispose();
    for (const { tensor } of [...this.network.entries(), ...named({ loss: this.#layer })]) {
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
    const { readsLogits, centers: kind, views = 1 } = this.#objective;
    const { images, labels } = pass.batches.next(rows);
    const twice = training && views === 2;
    const seen = twice ? concat([images, pass.batches.next(rows, 1).images], 0) : images;
    const { features: all, logits: given } = this.network.forward(seen, { training });
    const centers = this.#classCenters();
    const columns = this.#objective.evaluate({
      ...{ features: all, logits: given, centers, training, head: this.network.head },
      ...{ labels: twice ? concat([labels, labels], 0) : labels, layer: this.#layer },
    });
    const { terms: { length }, weights: own } = this.#objective;
    const weights = training && this.#cycle?.weights(pass.batches.cursor) || own;
    const loss = weightedSum(columns.slice(0, length), weights);
    const [features, logits] = [all, given].map((t) => twice ? firstRows(t, rows) : t);
    const nearest = kind === "none"
      ? undefined
      : noGrad(() => argmin(squaredDistances(features, centers)));
    const predicted = readsLogits ? argmax(logits) : nearest ?? byNeighbour(features, labels);
    const hits = equalCount(predicted, labels);
    pass.append({ loss, terms: columns, hits, features, logits, nearest, labels });
    return loss;
  }

  /** The centers of all classes. */
  #classCenters(): Tensor {
    return this.#objective.classCenters?.(this.centers) ?? this.centers;
  }

  readonly #trainingStep = (pass: Pass, rows: number) => {
    const { batchSize, lastBatch } = this.#recipe;
    const loss = this.#forward(pass, rows, true);
    const scaled = lastBatch === "keep-full-divisor" && rows < batchSize;
    backward(scaled ? mul(loss, rows / batchSize) : loss);
    this.#cycle?.setRate(this.optimizer, pass.batches.cursor);
    this.optimizer.step();
  };

  readonly #evaluationStep = (pass: Pass, rows: number) => {
    noGrad(() => this.#forward(pass, rows, false));
  };

  async #seeTestSet(onCompile?: OnCompile): Promise<void> {
    this.#test.batches.startEpoch(0);
    for (const rows of this.#test.batches.sizes) {
      await this.#test.step(this.#evaluationStep, rows, onCompile);
    }
  }

  async #result(steps: StepMetrics[], tested: boolean): Promise<EpochResult> {
    const testSteps = tested ? await this.#test.readSteps(0, this.#test.batches.sizes.length) : [];
    using _ = scope();
    const { centers: kind } = this.#objective;
    const trained = this.#train.samples();
    const centers = kind !== "none"
      ? noGrad(() => this.#classCenters())
      : classMeans(trained.features, trained.labels, this.centers.shape[0]);
    return {
      steps,
      train: await this.#train.result(trained, centers, steps),
      test: tested
        ? await this.#test.result(this.#test.samples(), centers, testSteps)
        : this.#test.unseen(),
      centers: await centers.read() as Float32Array,
      classifier: this.#objective.readsLogits && this.network.head.linear &&
          this.#recipe.featureDim === 2
        ? await planeClassifier(this.network)
        : undefined,
      lr: this.#lastRate,
    };
  }
}
