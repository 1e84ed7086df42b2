/** Optimisers and schedules of a file, computed here and compared. */
import { ReduceLROnPlateau, scope, Sgd, StepLR } from "../../mod.ts";
import { BARS, type Comparison, relativeError } from "./compare.ts";
import type { OpCase, StoredTensor } from "./format.ts";
import { upload } from "./op_case.ts";

/** Follows a parameter over the steps of SGD. */
export async function sgdComparisons(c: OpCase): Promise<Comparison[]> {
  using _ = scope();
  const parameter = upload(c.initial, true);
  const { lr, momentum, weightDecay } = c.attrs;
  const optimizer = new Sgd(new Map([["p", parameter]]), { lr, momentum, weightDecay });
  const comparisons: Comparison[] = [];
  for (const [i, gradient] of (c.gradients as StoredTensor[]).entries()) {
    parameter.grad = upload(gradient);
    optimizer.step();
    const error = relativeError(await parameter.read(), c.trajectory[i].data);
    comparisons.push({ what: `step ${i + 1}`, error, bar: BARS.output });
  }
  return comparisons;
}

/** Follows the rate over the epochs of a schedule. */
export function scheduleComparisons(c: OpCase): Comparison[] {
  const { lr, mode, factor, patience, threshold, stepSize, gamma } = c.attrs;
  if (c.op === "stepLR") {
    const schedule = new StepLR({ lr, stepSize, gamma });
    const wanted = c.lrAtEpoch as number[];
    const rates = wanted.map((_, epoch) => epoch === 0 ? lr : schedule.next());
    return [{ what: "rates", error: relativeError(rates, wanted), bar: BARS.output }];
  }
  const schedule = new ReduceLROnPlateau({ lr, mode, factor, patience, threshold });
  const rates = (c.metrics as number[]).map((metric) => schedule.next(metric));
  return [{ what: "rates", error: relativeError(rates, c.lrAfter), bar: BARS.output }];
}
