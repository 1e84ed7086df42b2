/** Everything that is timed. */
import { convolutionWorks, matmulWork } from "./kernels.ts";
import { opWorks } from "./op_works.ts";
import { sgdWork } from "./sgd_work.ts";
import { NETWORK_NAMES } from "./networks.ts";
import { trainingWork } from "./training_step.ts";
import type { Work } from "../work.ts";

/**
 * Matrix products, convolutions, what memory limits, and training steps of `batch` images.
 *
 * @param software Whether the adapter is one; the large matrix product would take it a minute.
 */
export function allWorks(batch: number, software: boolean): Work[] {
  return [
    ...(software ? [512] : [512, 2048]).map(matmulWork),
    ...convolutionWorks({ batch, side: 28, channels: 32, kernel: 5 }),
    ...convolutionWorks({ batch, side: 26, channels: 32, kernel: 3 }),
    ...opWorks(batch),
    sgdWork(1 << 20),
    ...NETWORK_NAMES.map((network) => trainingWork(network, batch)),
  ];
}

/** The works whose name or shape holds a pattern, whatever the case. */
export function matching<T extends { work: string; shape: string }>(
  works: readonly T[],
  pattern: string,
): T[] {
  const wanted = pattern.toLowerCase();
  return works.filter(({ work, shape }) => `${work} ${shape}`.toLowerCase().includes(wanted));
}
