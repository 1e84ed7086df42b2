/** Whether a long run stays as large as it is. */
import { steadyTrainer } from "./steady.ts";
import type { NetworkName } from "./works/networks.ts";

/** By how much resident memory may grow over the steps. */
export const MEMORY_BAR = 0.02;

/** Steps between two measurements, and before the first. */
export const MEMORY_STRIDE = 100;

/**
 * Trains in epochs of 100 steps, each with its evaluation. The network has all its channels: with fewer, kernels are other
 * ones, and a leak of the driver's in one of them (0.3 MiB a step, src/gpu/wgsl/opaque_params.ts) went unseen.
 *
 * @returns Resident memory in bytes after the first 100 steps, and after every 100 more.
 */
export async function measureMemory(
  network: NetworkName,
  batch: number,
  steps: number,
): Promise<number[]> {
  const testCount = Math.round(batch * MEMORY_STRIDE / 6);
  const trainer = steadyTrainer({ network, batch, steps: MEMORY_STRIDE, testCount });
  const resident: number[] = [];
  for (let epoch = 1; epoch <= 1 + steps / MEMORY_STRIDE; epoch++) {
    await trainer.epoch(epoch);
    resident.push(Deno.memoryUsage().rss);
  }
  return resident;
}

/** How much larger the last is than the first. */
export function growth(resident: readonly number[]): number {
  return resident[resident.length - 1] / resident[0] - 1;
}
