/** How much of an epoch passes while the GPU does not compute. */
import { type GpuTimes, PassClock } from "./pass_clock.ts";
import { steadyTrainer } from "./steady.ts";
import type { NetworkName } from "./works/networks.ts";

/** The share of an epoch that may pass outside of shaders. */
export const OVERHEAD_BAR = 0.03;

/** A stretch of time: by the wall, and of that what the GPU spent. */
export interface Stretch extends GpuTimes {
  wallMs: number;
  passes: number;
}

/** An epoch's steps, and all of it with its evaluation. */
export interface Overhead {
  steps: Stretch;
  epoch: Stretch;
}

/** As in MNIST, a sixth as many test images as training images. */
const TEST_SHARE = 1 / 6;

/**
 * Trains two epochs as an experiment does (recorded steps, losses read every few seconds, evaluation), without figures and
 * files, and times the second one: by the wall, and with a timestamp at both ends of each of its compute passes.
 *
 * What a pass spends between its dispatches counts as inside of it; encoding that the GPU waits for, submits,
 * readbacks and the CPU's own work count as outside, and so do the copies of operands into textures between passes.
 *
 * @throws {RunError} When the adapter has no timestamps.
 */
export async function measureOverhead(
  network: NetworkName,
  batch: number,
  steps: number,
): Promise<Overhead> {
  const testCount = Math.max(1, Math.round(TEST_SHARE * batch * steps));
  const trainer = steadyTrainer({ network, width: 1, batch, steps, testCount });
  await trainer.epoch(1);
  using clock = new PassClock();
  const start = performance.now();
  let stepsMs = 0, stepPasses = 0;
  await trainer.epoch(2, () => {
    stepsMs = performance.now() - start;
    stepPasses = clock.passes;
    return true;
  });
  const wallMs = performance.now() - start;
  const stretch = async (wallMs: number, passes: number): Promise<Stretch> => ({
    wallMs,
    passes,
    ...await clock.read(passes),
  });
  return { steps: await stretch(stepsMs, stepPasses), epoch: await stretch(wallMs, clock.passes) };
}

/** The share of a stretch that lies outside of its passes. */
export function outside({ wallMs, passMs }: Stretch): number {
  return 1 - passMs / wallMs;
}

/** The share in which the GPU copies: the part of `outside()` that is its own work. */
export function copying({ wallMs, betweenMs }: Stretch): number {
  return betweenMs / wallMs;
}
