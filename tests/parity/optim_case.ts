/** Optimisers and schedules of a file, computed here and compared. */
import { Adam, ReduceLROnPlateau, scope, Sgd, StepLR } from "../../mod.ts";
import type { SgdOptions } from "../../mod.ts";
import { BARS, type Comparison, comparison } from "./compare.ts";
import type { OpCase, StoredTensor } from "./format.ts";
import { upload } from "./op_case.ts";

/** Follows a parameter over the steps of SGD or Adam. */
export async function optimizerComparisons(c: OpCase): Promise<Comparison[]> {
  using _ = scope();
  const parameter = upload(c.initial, true);
  const parameters = new Map([["p", parameter]]);
  const optimizer = c.op === "adam"
    ? new Adam(parameters, c.attrs)
    : new Sgd(parameters, c.attrs as SgdOptions);
  const comparisons: Comparison[] = [];
  for (const [i, gradient] of (c.gradients as StoredTensor[]).entries()) {
    parameter.grad = upload(gradient);
    optimizer.step();
    const found = await parameter.read(), wanted = c.trajectory[i].data;
    comparisons.push(comparison(`step ${i + 1}`, found, wanted, BARS.output));
  }
  return comparisons;
}

/** Follows the rate over the epochs of a schedule. */
export function scheduleComparisons(c: OpCase): Comparison[] {
  const { lr } = c.attrs;
  if (c.op === "stepLR") {
    const schedule = new StepLR(c.attrs);
    const rates = c.lrAtEpoch.map((_: number, epoch: number) => epoch === 0 ? lr : schedule.next());
    return [comparison("rates", rates, c.lrAtEpoch, BARS.output)];
  }
  const schedule = new ReduceLROnPlateau(c.attrs);
  const rates = c.metrics.map((metric: number) => schedule.next(metric));
  return [comparison("rates", rates, c.lrAfter, BARS.output)];
}
