/** What one cycle changes with every step: replayed steps find their own numbers on the GPU. */
import type { Objective } from "../losses/objective.ts";
import type { Operand } from "../ops/operand.ts";
import { centerRampShares, type OneCycle, oneCycleRates } from "../optim/one_cycle.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import { takeStepRate } from "../optim/step_rate.ts";
import { unscoped } from "../tensor/scope.ts";
import { empty, type Tensor } from "../tensor/tensor.ts";

/** The weight of a center loss that rises. */
interface Ramp {
  /** Its place among the terms. */
  term: number;
  /** Its own weight, where the rise ends. */
  full: number;
  /** Shares of it in the steps of the epoch. */
  shares: Tensor;
  /** That of the step, a scalar. */
  weight: Tensor;
}

/** The rates of an epoch's steps, and the weights of the center loss where they rise. */
export class CycleSteps {
  readonly #cycle: OneCycle;
  readonly #steps: number;
  readonly #rates: Tensor;
  #objective: Objective;
  readonly #ramp: Ramp | undefined;

  /**
   * Takes room for an epoch of `steps`.
   *
   * @throws {RangeError} For a ramp where the loss has no center loss beside cross-entropy.
   */
  constructor(cycle: OneCycle, objective: Objective, steps: number) {
    this.#cycle = cycle;
    this.#steps = steps;
    this.#objective = objective;
    const { terms, weights } = objective, term = terms.indexOf("center");
    if (cycle.centerRamp !== undefined && (term < 0 || terms.length < 2)) {
      throw new RangeError(
        `Cannot train one cycle with centerRamp ${cycle.centerRamp}: the loss is ${
          terms.join(" and ")
        }, and only center loss beside cross-entropy has a weight that can rise`,
      );
    }
    const [rates, shares, weight] = unscoped(() => [empty([steps]), empty([steps]), empty([])]);
    this.#rates = rates;
    if (cycle.centerRamp === undefined) [shares, weight].forEach((t) => t.dispose());
    else this.#ramp = { term, full: weights[term], shares, weight };
  }

  /** Takes the weights of another objective with the same terms; steps must be recorded anew. */
  change(objective: Objective): void {
    this.#objective = objective;
    if (this.#ramp) this.#ramp.full = objective.weights[this.#ramp.term];
  }

  /** Writes an epoch's numbers; returns the rate of its last step. */
  start(epoch: number, lr: number): number {
    const rates = oneCycleRates(this.#cycle, epoch, this.#steps).map((share) => share * lr);
    this.#rates.write(rates);
    this.#ramp?.shares.write(centerRampShares(this.#cycle, epoch, this.#steps));
    return rates[rates.length - 1];
  }

  /** The factors on the loss's terms in the step that the cursor is at. */
  weights(cursor: Tensor): Operand[] {
    const weights: Operand[] = [...this.#objective.weights];
    if (this.#ramp) {
      const { term, full, shares, weight } = this.#ramp;
      takeStepRate({ rates: shares, cursor }, weight, full);
      weights[term] = weight;
    }
    return weights;
  }

  /** Gives the optimizer the rate of the step that the cursor is at. */
  setRate(optimizer: Optimizer, cursor: Tensor): void {
    optimizer.takeRate({ rates: this.#rates, cursor });
  }

  /** Frees what it holds. */
  dispose(): void {
    for (const t of [this.#rates, this.#ramp?.shares, this.#ramp?.weight]) t?.dispose();
  }
}
