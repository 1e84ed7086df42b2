/**
 * One map in training: driven step by step, its loss and its rates changed while it runs. The numbers are those of
 * `Trainer` by the same recipe; what differs is who drives, and that the features stay on the GPU to be drawn from there.
 */
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { ImageBatches } from "../../src/dataset/image_batches.ts";
import type { OnCompile } from "../../src/gpu/record/first_run.ts";
import { type LossRecipe, type Objective, objectiveOf } from "../../src/losses/objective.ts";
import { weightedSum } from "../../src/losses/weighted_sum.ts";
import { initializerOf } from "../../src/model/init.ts";
import { type Entry, type Layer, named } from "../../src/model/layer.ts";
import { type Network } from "../../src/model/network.ts";
import { networkOf } from "../../src/model/networks.ts";
import { Random } from "../../src/model/random.ts";
import { argmax } from "../../src/ops/argmax.ts";
import { backward } from "../../src/ops/backward.ts";
import { cast } from "../../src/ops/cast.ts";
import { reshape } from "../../src/ops/layout.ts";
import type { Optimizer } from "../../src/optim/optimizer.ts";
import type { CentersRecipe, SgdRecipe } from "../../src/optim/recipe.ts";
import { Sgd } from "../../src/optim/sgd.ts";
import { type Recorded, recorded } from "../../src/tensor/recorded.ts";
import { noGrad } from "../../src/tensor/tape.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { History } from "../../src/train/history.ts";
import type { Recipe } from "../../src/train/recipe.ts";
import { DEFAULT_INIT, startingCenters } from "../../src/train/starting_centers.ts";

/** Columns of a sample's row behind its features: its label, and the class of its largest logit. */
export const MORE_COLUMNS = 2;

/** Rates of a map, which a visitor turns. */
export interface Rates {
  rate: number;
  momentum: number;
  alpha: number;
}

/** A map in training. */
export class Run {
  readonly network: Network;
  /** `[classes, dim]`. */
  readonly centers: Tensor;
  readonly batches: ImageBatches;
  /** A row for each sample of an epoch: features, label, class of the largest logit. The last epoch's stand until this one's come. */
  readonly table: Tensor;
  /** Steps made in all. */
  steps = 0;
  /** Rows of the table that were written. */
  rows = 0;
  /** The numbers of the samples in the order of the epoch before. */
  previousOrder: Uint32Array;
  objective: Objective;
  readonly #samples: History;
  readonly #terms: History;
  #unread = 0;
  readonly #layer: Layer | undefined;
  readonly #optimizer: Sgd;
  readonly #centerOptimizer: Sgd;
  #step: Recorded<void> | undefined;
  #epoch = 0;
  #place = 0;

  constructor(recipe: Recipe, train: ImageSet) {
    const { seed, batchSize, featureDim, widthFactor, loss, init = DEFAULT_INIT } = recipe;
    const classes = train.classNames.length, { height, width, channels } = train;
    this.objective = objectiveOf(loss, classes);
    this.batches = new ImageBatches(train, { batchSize, shuffle: true, dropLast: true, seed });
    this.previousOrder = this.batches.order;
    const initializer = initializerOf(init, new Random(seed, "weights"));
    const sizes = { height, width, channels, featureDim, classes, widthFactor };
    this.network = networkOf(recipe.network, sizes, initializer);
    this.centers = startingCenters(recipe, classes, new Random(seed, "centers"));
    this.centers.requiresGrad = true;
    this.#layer = this.objective.layer?.(sizes, initializer);
    const parts = [...this.network.entries(), ...named({ loss: this.#layer })];
    const { lr, momentum, weightDecay } = recipe.optimizer as SgdRecipe;
    const trained = parts.filter((e) => e.trainable).map((e) => [e.name, e.tensor] as const);
    this.#optimizer = new Sgd(new Map(trained), { lr, momentum, weightDecay });
    const { lr: alpha } = recipe.centers as CentersRecipe;
    this.#centerOptimizer = new Sgd(new Map([["centers", this.centers]]), { lr: alpha });
    const samples = this.batches.sizes.length * batchSize;
    this.#samples = new History("sample", samples, featureDim + MORE_COLUMNS);
    this.table = this.#samples.table;
    this.#terms = new History("step", this.stepsPerEpoch, 1 + this.objective.terms.length);
    this.#begin(1);
  }

  /** Steps an epoch. */
  get stepsPerEpoch(): number {
    return this.batches.sizes.length;
  }

  /** The epoch that is running, from 1. */
  get epoch(): number {
    return this.#epoch;
  }

  /** The row that the next step writes first. */
  get place(): number {
    return this.#place * this.batches.sizes[0];
  }

  /** Centers that are learned; without them, means of features stand in. */
  get learnsCenters(): boolean {
    return this.objective.centers === "learned";
  }

  /** Encodes a step; the first one of a loss is compiled, and says so. */
  async step(onCompile?: OnCompile): Promise<void> {
    if (this.#place === this.stepsPerEpoch) this.#begin(this.#epoch + 1);
    const rows = this.batches.sizes[this.#place];
    if (this.#step) this.#step();
    else {
      this.#step = recorded(() => this.#body(rows));
      await this.#step.start(onCompile);
    }
    this.#place++;
    this.steps++;
    this.#unread++;
    this.rows = Math.min(this.table.shape[0], this.rows + rows);
  }

  /** Whether the epoch is at its end; its terms must be read before the next step. */
  get atEnd(): boolean {
    return this.#place === this.stepsPerEpoch;
  }

  /** Loss and terms of the steps since the last call: `[steps, 1 + terms]`. */
  async readTerms(): Promise<Float32Array> {
    const to = this.#place, from = to - this.#unread;
    this.#unread = 0;
    const columns = 1 + this.objective.terms.length;
    const values = await this.#terms.read(to);
    return values.slice(from * columns, to * columns);
  }

  /** Trains another loss of the same kind from now on. */
  setLoss(recipe: LossRecipe): void {
    this.objective = objectiveOf(recipe, this.centers.shape[0]);
    this.#step?.dispose();
    this.#step = undefined;
  }

  /** Sets rates from the next step on. */
  setRates({ rate, momentum, alpha }: Rates): void {
    change(this.#optimizer, { lr: rate, momentum });
    change(this.#centerOptimizer, { lr: alpha });
  }

  /** Everything that is trained, for a file. */
  entries(): Entry[] {
    const torch = { kind: "same" } as const;
    const centers = { name: "centers", tensor: this.centers, trainable: true, torch };
    return [...this.network.entries(), ...named({ loss: this.#layer }), centers];
  }

  /** Frees all that it holds on the GPU. */
  dispose(): void {
    this.#step?.dispose();
    this.#optimizer.dispose();
    this.#centerOptimizer.dispose();
    for (const { tensor } of this.entries()) {
      tensor.grad?.dispose();
      tensor.dispose();
    }
    this.#samples.dispose();
    this.#terms.dispose();
    this.batches.dispose();
  }

  #begin(epoch: number): void {
    this.previousOrder = this.batches.order;
    this.batches.startEpoch(epoch);
    this.#epoch = epoch;
    this.#place = 0;
  }

  #body(rows: number): void {
    const { images, labels } = this.batches.next(rows);
    const { cursor } = this.batches;
    const { features, logits } = this.network.forward(images, { training: true });
    const { objective, centers } = this;
    const all = objective.classCenters?.(centers) ?? centers;
    const columns = objective.evaluate({ features, logits, centers: all, labels, layer: this.#layer });
    const terms = columns.slice(0, objective.terms.length);
    const loss = weightedSum(terms, objective.weights);
    [loss, ...terms].forEach((value, column) => this.#terms.append(cursor, value, column));
    this.#samples.append(cursor, features, 0);
    const dim = features.shape[1];
    noGrad(() => {
      const keep = (column: number, classes: Tensor) =>
        this.#samples.append(cursor, reshape(cast(classes, "f32"), [-1, 1]), dim + column);
      keep(0, labels);
      keep(1, argmax(logits));
    });
    backward(loss);
    this.#optimizer.step();
    if (this.learnsCenters) this.#centerOptimizer.step();
    this.batches.advance(rows);
  }
}

/** Sets an optimizer's rate, and its momentum where that can be changed. */
function change(
  optimizer: Optimizer & { change?(settings: { lr: number; momentum?: number }): void },
  settings: { lr: number; momentum?: number },
): void {
  if (optimizer.change) optimizer.change(settings);
  else optimizer.lr = settings.lr;
}
