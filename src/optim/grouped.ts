/** Several optimizers as one: parameters in groups with rates of their own. */
import { checkMethods, described, onlyOptions } from "../base/choice.ts";
import { checkRange, type Optimizer } from "./optimizer.ts";
import { show } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { StepRates } from "./step_rate.ts";

/** A group of parameters. */
export interface Group {
  /** Updates the group. */
  optimizer: Optimizer;
  /** The group's rate is this times the common one, 0 or more; undefined keeps the rate it was made with. */
  factor?: number;
}

/**
 * Steps all groups, in their order; its rate is that of a group with factor 1. Of tensors of one name, `state()` lists those of
 * later groups as `group1.name`, `group2.name`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "npm:deno-std@1.4.0/assert/mod.js";
 * import { add, backward, Grouped, openGpu, Sgd, tensor } from "../../mod.ts";
 *
 * using _gpu = await openGpu();
 * const [weight, bias] = [1, 1].map((value) => tensor(value, { requiresGrad: true }));
 * const optimizer = new Grouped([
 *   { optimizer: new Sgd(new Map([["weight", weight]]), { lr: 1 }), factor: 1 },
 *   { optimizer: new Sgd(new Map([["bias", bias]]), { lr: 2 }), factor: 2 },
 * ], 1);
 * optimizer.lr = 0.25; // 0.25 and 0.5
 * backward(add(weight, bias));
 * optimizer.step();
 * assertEquals([await weight.item(), await bias.item()], [0.75, 0.5]);
 * ```
 */
export class Grouped implements Optimizer, Disposable {
  /** The groups, in their order. */
  readonly groups: readonly Group[];
  #lr: number;

  /**
   * Every optimizer keeps its own rate until `lr` is set, which gives each group its factor times that.
   *
   * @param lr What is reported as the common rate until then.
   * @throws {TypeError} When there is no group, one is no group of an optimizer, or two have the same parameter.
   * @throws {RangeError} When `lr` or a factor is negative or not finite.
   */
  constructor(groups: readonly Group[], lr: number) {
    checkGroups(groups);
    checkRange("lr", lr, 0);
    const seen = new Set<Tensor>();
    groups.forEach(({ optimizer: { parameters = [] } }, i) => {
      for (const p of parameters) {
        if (seen.size < seen.add(p).size) continue;
        throw new TypeError(
          `Cannot group optimizers: group ${i} has a parameter ${
            show(p.shape)
          } that another group has, too, and the first would take its gradient; give each to one group`,
        );
      }
    });
    this.groups = groups;
    this.#lr = lr;
  }

  get lr(): number {
    return this.#lr;
  }

  set lr(lr: number) {
    checkRange("lr", lr, 0);
    this.groups.forEach(({ factor = 0 }, i) => checkRange(`lr of group ${i}`, factor * lr, 0));
    for (const { optimizer, factor } of this.groups) {
      if (factor !== undefined) optimizer.lr = factor * lr;
    }
    this.#lr = lr;
  }

  takeRate(rates: StepRates, common = 1): void {
    for (const { optimizer, factor } of this.groups) {
      if (factor !== undefined) optimizer.takeRate(rates, common * factor);
    }
  }

  check(): void {
    for (const { optimizer } of this.groups) optimizer.check();
  }

  step(): void {
    this.check();
    for (const { optimizer } of this.groups) optimizer.step();
  }

  get parameters(): readonly Tensor[] {
    return this.groups.flatMap(({ optimizer: { parameters = [] } }) => parameters);
  }

  state(): Map<string, Tensor> {
    const all = new Map<string, Tensor>();
    this.groups.forEach(({ optimizer }, i) => {
      for (const [name, tensor] of optimizer.state()) {
        all.set(all.has(name) ? `group${i}.${name}` : name, tensor);
      }
    });
    return all;
  }

  dispose(): void {
    for (const { optimizer } of this.groups) optimizer.dispose();
  }

  /** Does as `dispose()`; `using` calls it. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** Refuses what are no groups of optimizers, before anything is asked of them. */
function checkGroups(groups: readonly Group[]): void {
  const act = "group optimizers";
  if (!Array.isArray(groups) || groups.length === 0) {
    const found = Array.isArray(groups) ? "an empty Array" : described(groups);
    throw new TypeError(
      `Cannot ${act}: groups is ${found}; give an array of { optimizer, factor }`,
    );
  }
  groups.forEach((group: Group, i) => {
    const { optimizer, factor }: Partial<Group> = group ?? {};
    const methods = ["step", "check", "state", "takeRate", "dispose"];
    const wish = "an optimizer, { optimizer: new Sgd(parameters, { lr }), factor: 1 }";
    checkMethods(act, `groups[${i}].optimizer`, optimizer, methods, wish);
    onlyOptions(act, group, ["optimizer", "factor"], `groups[${i}]`);
    if (factor !== undefined) checkRange(`factor of group ${i}`, factor, 0);
  });
}
