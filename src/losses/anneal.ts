/** What a loss changes from step to step: it counts the steps on the GPU, so that replays and resumed runs go on. */
import { add, div, maximum, minimum, mul, sub } from "../ops/binary.ts";
import { copyBox } from "../ops/copy.ts";
import { zeros } from "../ops/fill.ts";
import { reshape } from "../ops/layout.ts";
import type { Operand } from "../ops/operand.ts";
import type { Entry } from "../model/layer.ts";
import { noGrad } from "../tensor/tape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { angularMargin } from "./angular_margin.ts";
import type { LossLayer, NumberSetting } from "./loss.ts";

/** Writes a tensor's elements into another of its size, which keeps them from step to step. */
export function assign(to: Tensor, from: Tensor): void {
  const strides = [1];
  copyBox([to.size], { tensor: from, strides }, { tensor: to, strides });
}

/** Counts the training steps of a loss. */
export class StepCounter implements LossLayer {
  /** How many there were, `[1]`. */
  readonly steps: Tensor = zeros([1]);

  /** The count, which checkpoints keep. */
  entries(): Entry[] {
    return [{ name: "steps", tensor: this.steps, trainable: false, torch: { kind: "same" } }];
  }

  /** The number of this step, from 1, as a scalar; that of the last one where nothing is trained. */
  next(training: boolean): Tensor {
    return noGrad(() => {
      const number = training ? add(this.steps, 1) : maximum(this.steps, 1);
      if (training) assign(this.steps, number);
      return reshape(number, []);
    });
  }
}

/** How the share of a multiplied angle rises. */
export interface Annealing {
  /** Where lambda begins. */
  annealFrom: number;
  /** Where it ends. */
  annealTo: number;
  /** How fast it falls, a step. */
  annealRate: number;
}

/** `lambda = max(annealTo, annealFrom / (1 + annealRate step))`, clcarwin/sphereface_pytorch's. */
export function lambdaAt(step: Tensor, { annealFrom, annealTo, annealRate }: Annealing): Tensor {
  return noGrad(() => maximum(div(annealFrom, add(mul(step, annealRate), 1)), annealTo));
}

/** What annealing starts from: those of clcarwin/sphereface_pytorch. (wy1iu/sphereface has 1000, 5 and 0.12.) */
export const ANNEALING: Annealing = { annealFrom: 1500, annealTo: 5, annealRate: 0.1 };

/** The settings of annealing. */
export const ANNEALING_SETTINGS = {
  annealFrom: {
    flag: "anneal-from",
    what: "lambda at the start: the margin's share is 1 / (1 + lambda)",
    range: { low: 0, high: 1e6 },
  },
  annealTo: {
    flag: "anneal-to",
    what: "lambda at the end: 5 leaves the margin a sixth",
    range: { low: 0, high: 1e6 },
  },
  annealRate: {
    flag: "anneal-rate",
    what: "how fast lambda falls, a step",
    range: { low: 0, high: 1e3 },
  },
} as const satisfies Record<keyof Annealing, NumberSetting>;

/** Cosines with the own class's angle multiplied, as far as lambda lets it: `(lambda cos + psi) / (1 + lambda)`. */
export function multipliedAngle(
  cosines: Tensor,
  labels: Tensor,
  margin: number,
  lambda: Operand,
): Tensor {
  const psi = angularMargin(cosines, labels, { form: "multiple", margin });
  if (lambda === 0) return psi;
  const share = noGrad(() => div(1, add(lambda, 1)));
  return add(cosines, mul(share, sub(psi, cosines)));
}

/** The margin of a step: it rises from 0 in `ramp` steps, at once where that is 0. */
export function rampedMargin(margin: number, ramp: number, step: Tensor): number | Tensor {
  return ramp === 0 ? margin : noGrad(() => mul(minimum(div(step, ramp), 1), margin));
}

/** The ramp of a margin. */
export const RAMP = {
  flag: "margin-ramp",
  what: "steps in which the margin rises from 0",
  range: { whole: true, low: 0, high: 1e7 },
} as const satisfies NumberSetting;
