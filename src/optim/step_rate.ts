/** The rate of a step, taken on the GPU. */
import source from "../../kernels/step_rate.wgsl" with { type: "text" };
import { Kernel } from "../gpu/kernel.ts";
import { launch } from "../ops/launch.ts";
import type { Tensor } from "../tensor/tensor.ts";

const kernel = new Kernel("step_rate", source);

/** The rates of an epoch's steps, and where the epoch is. */
export interface StepRates {
  /** `[steps]`. */
  rates: Tensor;
  /** The cursor of the epoch's batches, whose second number is the step. */
  cursor: Tensor;
}

/** Writes the step's rate, times `factor`, into the first of an optimizer's settings; replays do so, too. */
export function takeStepRate({ rates, cursor }: StepRates, settings: Tensor, factor: number): void {
  launch(kernel, {
    params: { steps: rates.size, factor },
    tensors: { rates, cursor, settings },
    groups: [1],
  });
}
