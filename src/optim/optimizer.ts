/** What optimizers have in common. */
import { checkTensors } from "../tensor/operands.ts";
import { checkSetting } from "../tensor/setting.ts";
import { described } from "../base/choice.ts";
import { show } from "../tensor/shape.ts";
import { makerOf } from "../tensor/tape.ts";
import { overlap } from "../tensor/overlap.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { StepRates } from "./step_rate.ts";

/** Moves parameters along their gradients. */
export interface Optimizer {
  /** The learning rate; setting it takes effect with the next step, replayed ones too. */
  lr: number;
  /**
   * Takes the rate of the step from the GPU, where a schedule changes it with every step: a replayed step finds its own.
   * It holds until `lr` is set or the next step's is taken; `lr` does not tell it.
   *
   * @param rates The rates of an epoch's steps, and where the epoch is.
   * @param factor On each rate. Default: 1.
   */
  takeRate(rates: StepRates, factor?: number): void;
  /**
   * Updates every parameter that has a `grad`, and takes those gradients.
   *
   * @throws {TypeError} As {@linkcode Optimizer.check}; no gradient is taken then.
   */
  step(): void;
  /**
   * Refuses gradients that {@linkcode Optimizer.step} cannot use, and changes nothing.
   *
   * @throws {TypeError} For the first one that is no `f32` tensor of its parameter's shape, was freed, belongs to two
   * parameters, or is from outside of the recorded step.
   */
  check(): void;
  /** What it moves, where it says so: two groups of a {@linkcode Grouped} share none. */
  readonly parameters?: readonly Tensor[];
  /** The optimizer's own tensors by name, for checkpoints. */
  state(): Map<string, Tensor>;
  /** Frees the optimizer's own tensors; the parameters stay. */
  dispose(): void;
}

/** Parameters by name, as a model lists them. */
export type Parameters = ReadonlyMap<string, Tensor>;

/**
 * Refuses parameters that nothing can train.
 *
 * @throws {TypeError} When there are none, one requires no gradient or was computed, or two names are of one tensor.
 */
export function checkParameters(parameters: Parameters): void {
  if (!(parameters instanceof Map)) {
    throw new TypeError(
      `Cannot optimize ${described(parameters)}: give a Map of tensors by their names`,
    );
  }
  checkTensors("the parameters", Object.fromEntries(parameters));
  if (parameters.size === 0) {
    throw new TypeError("Cannot optimize no parameters: give at least one");
  }
  const seen: [name: string, parameter: Tensor][] = [];
  for (const [name, p] of parameters) {
    if (!p.requiresGrad) {
      throw new TypeError(`Cannot optimize ${name}: it was made without requiresGrad`);
    }
    const maker = makerOf(p);
    if (maker) {
      throw new TypeError(
        `Cannot optimize ${name} ${
          show(p.shape)
        }: ${maker}() computed it, and gradients go on to what it was computed from; ` +
          "optimize that, or compute it in noGrad() and set its requiresGrad",
      );
    }
    const twin = seen.find(([, other]) => overlap(p, other));
    if (twin) {
      throw new TypeError(
        `Cannot optimize ${twin[0]} and ${name}: both are the same tensor ${
          show(p.shape)
        }; give it under one name, and it is trained for all its uses`,
      );
    }
    seen.push([name, p]);
  }
}

/** Refuses a hyper-parameter outside of its range, as the float32 that a kernel gets. */
export function checkRange(name: string, value: number, low: number, high = Infinity): void {
  const range = high === Infinity ? `${low} or more` : `from ${low} to below ${high}`;
  checkSetting(
    `${name} is ${value};`,
    value,
    `it must be ${range}`,
    (held) => held >= low && held < high,
  );
}
