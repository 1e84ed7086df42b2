/** Adam. */
import { described, onlyOptions } from "../base/choice.ts";
import source from "../../kernels/adam.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { countUp } from "../ops/count_up.ts";
import { flat, launch } from "../ops/launch.ts";
import { unscoped } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { tensor } from "../tensor/make_tensor.ts";
import { FlatParameters } from "./flat.ts";
import { checkParameters, checkRange, type Optimizer, type Parameters } from "./optimizer.ts";
import { type StepRates, takeStepRate } from "./step_rate.ts";

const kernel = new Kernel("adam", source);

/** Options of {@linkcode Adam}. */
export interface AdamOptions {
  /** The learning rate. Default: 1e-3. */
  lr?: number;
  /** Share of the old mean of the gradients. Default: 0.9. */
  beta1?: number;
  /** Share of the old mean of their squares. Default: 0.999. */
  beta2?: number;
  /** Added to the root of that mean. Default: 1e-8. */
  eps?: number;
  /** L2 penalty, added to the gradient; with `decoupled`, times the rate, the share of a parameter that a step takes. Default: 0. */
  weightDecay?: number;
  /** Whether weight decay goes past the moments, as in AdamW (Loshchilov and Hutter 2019). Default: false. */
  decoupled?: boolean;
}

/**
 * Adam (Kingma and Ba 2015) and, with `decoupled`, AdamW in PyTorch's form, but that steps are counted once for all
 * parameters: one that gets its first gradient later takes no correction for its first steps.
 *
 * @throws {TypeError} When there are no parameters, one requires no gradient or was computed, or two are the
 * same tensor.
 * @throws {RangeError} When a setting is out of range.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { Adam, backward, openGpu, square, sum, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const p = tensor([1, -100], { requiresGrad: true });
 * const optimizer = new Adam(new Map([["p", p]]), { lr: 0.1 });
 * backward(sum(square(p)));
 * optimizer.step(); // the first one goes by the rate, however steep the loss is
 * assertAlmostEquals((await p.read())[0], 1 - 0.1, 1e-5);
 * assertAlmostEquals((await p.read())[1], -100 + 0.1, 1e-4);
 * ```
 */
export class Adam implements Optimizer, Disposable {
  readonly #parameters: FlatParameters;
  readonly #state = new Map<string, Tensor>();
  readonly #settings: Tensor;
  readonly #steps: Tensor;
  readonly #rest: number[];
  #lr: number;

  /** Starts from step 0, with all moments 0. */
  constructor(parameters: Parameters, options: AdamOptions = {}) {
    const known = ["lr", "beta1", "beta2", "eps", "weightDecay", "decoupled"] as const;
    const given = onlyOptions("make Adam", options, known);
    const { lr = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weightDecay = 0 } = given;
    const { decoupled = false } = given;
    checkParameters(parameters);
    checkRange("lr", lr, 0);
    checkRange("beta1", beta1, 0, 1);
    checkRange("beta2", beta2, 0, 1);
    checkRange("eps", eps, 0);
    checkRange("weightDecay", weightDecay, 0);
    if (typeof decoupled !== "boolean") {
      throw new TypeError(`decoupled is ${described(decoupled)}; it must be true or false`);
    }
    this.#parameters = new FlatParameters(parameters, 2);
    this.#lr = lr;
    const logs = [beta1, beta2].map((beta) => Math.max(Math.log(beta), -100)); // 0 has no logarithm
    const decays = decoupled ? [0, weightDecay] : [weightDecay, 0];
    this.#rest = [beta1, beta2, eps, ...decays, 1 - beta1, 1 - beta2, ...logs];
    [this.#settings, this.#steps] = unscoped(() => [
      tensor([lr, ...this.#rest]),
      tensor([0], { dtype: "i32" }),
    ]);
    const [means, squares] = [0, 1].map((kind) => this.#parameters.state(kind));
    for (const name of parameters.keys()) {
      this.#state.set(`${name}.mean`, means.get(name)!).set(`${name}.square`, squares.get(name)!);
    }
    this.#state.set("steps", this.#steps);
  }

  get lr(): number {
    return this.#lr;
  }

  set lr(lr: number) {
    checkRange("lr", lr, 0);
    this.#lr = lr;
    this.#settings.write([lr, ...this.#rest]);
  }

  takeRate(rates: StepRates, factor = 1): void {
    takeStepRate(rates, this.#settings, factor);
  }

  check(): void {
    this.#parameters.check();
  }

  step(): void {
    this.check();
    for (const { size, parameter, grad, states: [mean, square] } of this.#parameters.runs()) {
      launch(kernel, {
        ...flat(size / 4),
        tensors: { grad, settings: this.#settings, steps: this.#steps, parameter, mean, square },
      });
    }
    countUp(this.#steps);
  }

  get parameters(): readonly Tensor[] {
    return this.#parameters.tensors;
  }

  state(): Map<string, Tensor> {
    return this.#state;
  }

  dispose(): void {
    for (const tensor of this.#state.values()) tensor.dispose();
    this.#settings.dispose();
    this.#parameters.dispose();
  }

  /** Does as `dispose()`; `using` calls it. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}
