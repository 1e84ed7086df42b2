/** What is trained: network, centers, loss and optimizer, and the two steps that are recorded of them. */
import { onlyOptions } from "../base/choice.ts";
import type { Pass } from "./pass.ts";
import { checkParts } from "./check_recipe.ts";
import type { Change, Recipe } from "./recipe.ts";
import { CycleSteps } from "./cycle_steps.ts";
import { startingCenters } from "./starting_centers.ts";
import { byNeighbour, firstRows } from "../metrics/hits.ts";
import type { LossLayer } from "../losses/loss.ts";
import { type Objective, objectiveOf } from "../losses/objective.ts";
import { type LossRecipe, settingsOf } from "../losses/table.ts";
import { weightedSum } from "../losses/weighted_sum.ts";
import type { Initializer } from "../model/init.ts";
import { type Entry, named, parametersOf } from "../model/layer.ts";
import type { Network } from "../model/network.ts";
import { networkOf } from "../model/networks.ts";
import { Random } from "../model/random.ts";
import { argmax, argmin } from "../ops/argmax.ts";
import { backward } from "../ops/backward.ts";
import { mul } from "../ops/binary.ts";
import { equalCount } from "../ops/equal_count.ts";
import { concat } from "../ops/layout.ts";
import { squaredDistances } from "../ops/squared_distances.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import { changeOptimizer, hasOwnSgd, optimizerOf } from "../optim/recipe.ts";
import { scope } from "../tensor/scope.ts";
import { noGrad } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What a learner is built from. */
interface Given {
  /** Draws the weights. */
  init: Initializer;
  /** Steps an epoch. */
  steps: number;
  height: number;
  width: number;
  channels: number;
  classes: number;
}

/** The trained parts of a recipe. */
export class Learner {
  readonly network: Network;
  /** `[classes, featureDim]`; trained where the loss has centers. */
  readonly centers: Tensor;
  readonly optimizer: Optimizer;
  /** What changes with every step, where the recipe has a cycle. */
  readonly cycle: CycleSteps | undefined;
  /** What else the loss owns, where it owns something. */
  readonly #layer: LossLayer | undefined;
  readonly #learned: ReadonlyMap<string, Tensor>;
  #recipe: Recipe;
  #objective: Objective;

  /** Draws the weights. */
  constructor(recipe: Recipe, objective: Objective, { init, steps, ...given }: Given) {
    const { seed, featureDim, widthFactor, blocks } = recipe;
    checkPerWeight(recipe, objective);
    this.#recipe = recipe;
    this.#objective = objective;
    const { head } = objective, sizes = { ...given, featureDim, widthFactor, blocks, head };
    this.network = networkOf(recipe.network, sizes, init);
    this.centers = startingCenters(recipe, given.classes, new Random(seed, "centers"));
    // Where no optimizer takes it, a gradient would be freed with its step and missed by the next.
    this.centers.requiresGrad = objective.centers === "learned";
    const all = recipe.epochs === undefined ? undefined : recipe.epochs * steps;
    this.#layer = objective.layer?.({ featureDim, classes: given.classes, steps: all }, init);
    const layer = named({ loss: this.#layer }).filter(({ trainable }) => trainable);
    this.#learned = new Map(
      objective.centers === "learned" ? [["centers", this.centers] as const] : [],
    );
    const learned = {
      network: new Map([
        ...parametersOf(this.network),
        ...layer.map(({ name, tensor }) => [name, tensor] as const),
      ]),
      centers: this.#learned,
    };
    this.cycle = recipe.cycle && new CycleSteps(recipe.cycle, objective, steps);
    try {
      const { optimizer, centers } = recipe;
      this.optimizer = optimizerOf(optimizer, centers, learned, centerWeight(objective));
    } catch (error) {
      this.cycle?.dispose();
      throw error;
    }
  }

  /** What is trained now. */
  get objective(): Objective {
    return this.#objective;
  }

  /**
   * Takes other numbers of the loss, the optimizer and the centers. Recorded steps hold those of the loss as constants, under
   * one cycle also the factors on the rate, and must be recorded anew where it returns true.
   *
   * @throws {RangeError} When a change asks for other parameters, or a number is out of range; nothing is changed then.
   */
  change(change: Change): boolean {
    using _ = scope();
    const known = ["loss", "optimizer", "centers"] as const;
    const { loss, optimizer, centers } = onlyOptions("change the training", change, known);
    checkParts(change);
    const recipe = { ...this.#recipe };
    if (loss) recipe.loss = loss;
    if (optimizer) recipe.optimizer = optimizer;
    if (centers) recipe.centers = centers;
    const objective = loss ? objectiveOf(loss, this.centers.shape[0]) : this.#objective;
    const fixed = loss && fixedField(this.#recipe.loss, loss);
    if (fixed) {
      throw new RangeError(
        `Cannot change ${fixed} of the loss "${loss.kind}" between steps: its parameters were made by it; make a new Trainer`,
      );
    }
    checkPerWeight(recipe, objective);
    if (outline(objective) !== outline(this.#objective)) {
      throw new RangeError(
        `Cannot change the loss "${this.#recipe.loss.kind}" to "${recipe.loss.kind}" between steps: it has other terms, ` +
          "or trains other parameters; make a new Trainer",
      );
    }
    if (loss) {
      const { featureDim } = this.#recipe;
      objective.tryOut?.({ featureDim, classes: this.centers.shape[0] });
    }
    const lr = optimizer?.lr ?? this.optimizer.lr;
    const { optimizer: now, centers: theirs } = recipe, weight = centerWeight(objective);
    changeOptimizer(this.optimizer, now, theirs, { centers: this.#learned }, weight);
    this.optimizer.lr = lr;
    this.#recipe = recipe;
    this.#objective = objective;
    objective.changeHead?.(this.network.head);
    if (loss) this.cycle?.change(objective);
    return loss !== undefined || this.cycle !== undefined;
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

  /** Which of its tensors are trained now, and not frozen: a letter each. */
  get trained(): string {
    const entries = [...this.network.entries(), ...named({ loss: this.#layer })];
    return [...entries.map(({ tensor }) => tensor), this.centers].map(({ requiresGrad }) =>
      requiresGrad ? "y" : "n"
    ).join("");
  }

  /** Whether the logits of two features say something, and classes part along lines by them. */
  get partsByLines(): boolean {
    return this.#objective.readsLogits && this.network.head.linear &&
      this.#recipe.featureDim === 2;
  }

  /** The centers of all classes. */
  classCenters(): Tensor {
    return this.#objective.classCenters?.(this.centers) ?? this.centers;
  }

  /** A step of training. */
  readonly train = (pass: Pass, rows: number): void => {
    const { batchSize, lastBatch } = this.#recipe;
    const loss = this.#forward(pass, rows, true);
    const scaled = lastBatch === "keep-full-divisor" && rows < batchSize;
    backward(scaled ? mul(loss, rows / batchSize) : loss);
    this.cycle?.setRate(this.optimizer, pass.batches.cursor);
    this.optimizer.step();
  };

  /** A step of evaluation. */
  readonly evaluate = (pass: Pass, rows: number): void => {
    noGrad(() => this.#forward(pass, rows, false));
  };

  /** Frees all that it holds. */
  dispose(): void {
    this.optimizer.dispose();
    this.cycle?.dispose();
    for (const { tensor } of [...this.network.entries(), ...named({ loss: this.#layer })]) {
      tensor.grad?.dispose();
      tensor.dispose();
    }
    this.centers.grad?.dispose();
    this.centers.dispose();
  }

  /** Loss terms of a batch, written into the pass's history; returns the loss. */
  #forward(pass: Pass, rows: number, training: boolean): Tensor {
    const { readsLogits, centers: kind, views = 1 } = this.#objective;
    const { images, labels } = pass.batches.next(rows);
    const twice = training && views === 2;
    const seen = twice ? concat([images, pass.batches.next(rows, 1).images], 0) : images;
    const { features: all, logits: given } = this.network.forward(seen, { training });
    const centers = this.classCenters();
    const columns = this.#objective.evaluate({
      ...{ features: all, logits: given, centers, training, head: this.network.head },
      ...{ labels: twice ? concat([labels, labels], 0) : labels, layer: this.#layer },
    });
    const { terms: { length }, weights: own } = this.#objective;
    const weights = training && this.cycle?.weights(pass.batches.cursor) || own;
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
}

/** A number that differs in two losses of one kind, and that their parameters depend on. */
function fixedField(before: LossRecipe, now: LossRecipe): string | undefined {
  if (before.kind !== now.kind) return undefined;
  const [a, b] = [before, now] as unknown as Record<string, unknown>[];
  return Object.entries(settingsOf(now.kind)).find(([field, setting]) =>
    "fixed" in setting && a[field] !== b[field]
  )?.[0];
}

/** The factor on the center loss, which some centers' gradients are divided by. */
function centerWeight({ terms, weights }: Objective): number {
  return weights[terms.indexOf("center")] ?? 1;
}

/** Refuses centers whose gradient is to be divided by a weight that is no factor of all of it. */
function checkPerWeight({ loss, centers, cycle }: Recipe, objective: Objective): void {
  if (!centers || !hasOwnSgd(centers) || !centers.perWeight) return;
  if (objective.centers !== "learned") return;
  if (cycle?.centerRamp !== undefined) {
    throw new RangeError(
      `Cannot train centers perWeight with centerRamp ${cycle.centerRamp}: their gradient is divided by the full weight, ` +
        "and the ramp begins at 0",
    );
  }
  const rule = "rule" in loss ? loss.rule : undefined;
  // The push of Git loss has a weight of its own.
  const { terms } = objective, hasWeight = terms.includes("center") && !terms.includes("git");
  if (hasWeight && !rule?.startsWith("paper")) return;
  throw new RangeError(
    `Cannot train centers perWeight under the loss "${loss.kind}"${
      rule ? ` by rule ${rule}` : ""
    }: ` +
      "the weight of a center loss is no factor of all of their gradient",
  );
}

/** What two objectives must share for one to take the other's place. */
function outline(objective: Objective): string {
  const { terms, counts, centers, readsLogits, pairwise = false, views = 1 } = objective;
  const { layer, head } = objective;
  return JSON.stringify([
    terms,
    counts,
    centers,
    readsLogits,
    pairwise,
    views,
    layer !== undefined,
    head !== undefined,
  ]);
}
