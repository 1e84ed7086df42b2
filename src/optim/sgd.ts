/** Stochastic gradient descent. */
import { described, onlyOptions } from "../base/choice.ts";
import source from "../../kernels/sgd.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { flat, launch } from "../ops/launch.ts";
import { unscoped } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { FlatParameters } from "./flat.ts";
import { checkParameters, checkRange, type Optimizer, type Parameters } from "./optimizer.ts";
import { type StepRates, takeStepRate } from "./step_rate.ts";

const kernel = new Kernel("sgd", source);

const KNOWN = ["lr", "momentum", "weightDecay", "nesterov"] as const;

/** Options of {@linkcode Sgd}. */
export interface SgdOptions {
  /** The learning rate. */
  lr: number;
  /** Share of the old velocity. Default: 0. */
  momentum?: number;
  /** L2 penalty, added to the gradient. Default: 0. */
  weightDecay?: number;
  /** Whether a step looks ahead along the velocity, as Nesterov's momentum does. Default: false. */
  nesterov?: boolean;
}

/**
 * SGD with momentum and weight decay, in PyTorch's form: `g = grad + weightDecay p`, `v = momentum v + g`, `p = p - lr v`, or
 * `p = p - lr (g + momentum v)` with Nesterov's momentum. The parameters are moved next to each other, so that one dispatch
 * updates them all.
 *
 * @throws {TypeError} When there are no parameters, one requires no gradient or was computed, or two are the
 * same tensor.
 * @throws {RangeError} When a setting is out of range, or Nesterov's momentum has none.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { backward, openGpu, Sgd, square, sum, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const p = tensor([1], { requiresGrad: true });
 * const optimizer = new Sgd(new Map([["p", p]]), { lr: 0.1, momentum: 0.5 });
 * for (let i = 0; i < 2; i++) {
 *   backward(sum(square(p))); // gradients 2 and 1.6, so velocities 2 and 0.5 * 2 + 1.6
 *   optimizer.step();
 * }
 * assertAlmostEquals(await p.item(), 1 - 0.1 * 2 - 0.1 * 2.6, 1e-6);
 * ```
 */
export class Sgd implements Optimizer, Disposable {
  readonly #parameters: FlatParameters;
  readonly #velocities: Map<string, Tensor>;
  readonly #settings: Tensor;
  #now: Required<SgdOptions>;

  /** Starts with all velocities 0. */
  constructor(parameters: Parameters, options: SgdOptions) {
    const given = onlyOptions("make Sgd", options, KNOWN);
    checkParameters(parameters);
    this.#now = completed(given, { momentum: 0, weightDecay: 0, nesterov: false });
    this.#parameters = new FlatParameters(parameters, 1);
    this.#velocities = this.#parameters.state(0);
    this.#settings = unscoped(() => tensor(numbersOf(this.#now)));
  }

  get lr(): number {
    return this.#now.lr;
  }

  set lr(lr: number) {
    this.change({ lr });
  }

  /**
   * Sets what is given, from the next step on; replayed ones take it, too.
   *
   * @throws {RangeError} When a setting is out of range; none is set then.
   */
  change(settings: Partial<SgdOptions>): void {
    this.#now = completed(onlyOptions("change Sgd", settings, KNOWN), this.#now);
    this.#settings.write(numbersOf(this.#now));
  }

  takeRate(rates: StepRates, factor = 1): void {
    takeStepRate(rates, this.#settings, factor);
  }

  check(): void {
    this.#parameters.check();
  }

  step(): void {
    this.check();
    for (const { size, parameter, grad, states: [velocity] } of this.#parameters.runs()) {
      launch(kernel, {
        ...flat(size / 4),
        tensors: { grad, settings: this.#settings, parameter, velocity },
      });
    }
  }

  get parameters(): readonly Tensor[] {
    return this.#parameters.tensors;
  }

  state(): Map<string, Tensor> {
    return this.#velocities;
  }

  dispose(): void {
    for (const velocity of this.#velocities.values()) velocity.dispose();
    this.#settings.dispose();
    this.#parameters.dispose();
  }

  /** Does as `dispose()`; `using` calls it. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

/**
 * All settings: those that are given, and others in the place of those that are not.
 *
 * @throws {RangeError} When one is out of range.
 */
function completed(
  given: Partial<SgdOptions>,
  others: Required<Omit<SgdOptions, "lr">> & Partial<SgdOptions>,
): Required<SgdOptions> {
  const {
    lr = others.lr!, // a missing one is refused below
    momentum = others.momentum,
    weightDecay = others.weightDecay,
    nesterov = others.nesterov,
  } = given;
  const all = { lr, momentum, weightDecay, nesterov };
  checkSgd(all);
  return all;
}

/** Settings as the kernel reads them. */
function numbersOf({ lr, momentum, weightDecay, nesterov }: Required<SgdOptions>): number[] {
  return [lr, momentum, weightDecay, Number(nesterov)];
}

/** Refuses settings out of their ranges. */
export function checkSgd({ lr, momentum, weightDecay, nesterov }: Required<SgdOptions>): void {
  checkRange("lr", lr, 0);
  checkRange("momentum", momentum, 0, 1);
  checkRange("weightDecay", weightDecay, 0);
  checkNesterov("nesterov", nesterov, momentum);
}

/**
 * Refuses what is no boolean, and Nesterov's momentum where there is none, as PyTorch does.
 *
 * @param name What the setting is called where it was given.
 */
export function checkNesterov(name: string, nesterov: boolean, momentum: number): void {
  if (typeof nesterov !== "boolean") {
    throw new TypeError(`${name} is ${described(nesterov)}; it must be true or false`);
  }
  if (nesterov && momentum === 0) {
    throw new RangeError(
      `${name} is true and momentum is 0; Nesterov's momentum needs one above 0`,
    );
  }
}
