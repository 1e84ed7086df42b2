/** How much of an epoch passes while the GPU does not compute. */
import { RunError } from "../src/base/errors.ts";
import { gpu } from "../src/gpu/device.ts";
import { steadyTrainer } from "./steady.ts";
import { MOST_PAIRS, Timestamps } from "./timestamps.ts";
import type { NetworkName } from "./works/networks.ts";

/** The share of an epoch that may pass outside of shaders. */
export const OVERHEAD_BAR = 0.03;

/** What the GPU spent, in milliseconds. */
export interface GpuTimes {
  /** Within compute passes. */
  passMs: number;
  /** Between the passes of one submit: copies, above all those of operands into textures. */
  betweenMs: number;
}

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
 * @throws {RunError} When the adapter has no timestamps, or the epoch more passes than a query set holds.
 */
export async function measureOverhead(
  network: NetworkName,
  batch: number,
  steps: number,
): Promise<Overhead> {
  const testCount = Math.max(1, Math.round(TEST_SHARE * batch * steps));
  const trainer = steadyTrainer({ network, batch, steps, testCount });
  await trainer.epoch(1);
  using timestamps = new Timestamps(MOST_PAIRS);
  /** The submit that each pass is part of. */
  const submits: number[] = [];
  gpu().flush();
  gpu().encoder.onPass = () => {
    const pass = submits.push(gpu().counts.submits) - 1;
    return pass < MOST_PAIRS ? timestamps.pass(pass) : undefined;
  };
  const start = performance.now();
  let stepsMs = 0, stepPasses = 0;
  try {
    await trainer.epoch(2, () => {
      stepsMs = performance.now() - start;
      stepPasses = submits.length;
      return true;
    });
  } finally {
    gpu().encoder.onPass = undefined;
  }
  const wallMs = performance.now() - start;
  gpu().flush();
  if (submits.length > MOST_PAIRS) {
    throw new RunError(
      `Cannot measure ${submits.length} passes: ${MOST_PAIRS} fit into a query set; take fewer steps`,
    );
  }
  const spans = await timestamps.read(submits.length);
  const stretch = (wallMs: number, passes: number): Stretch => ({
    wallMs,
    passes,
    ...gpuTimes(spans.slice(0, passes), submits),
  });
  return { steps: stretch(stepsMs, stepPasses), epoch: stretch(wallMs, submits.length) };
}

/** Adds up passes, given by their beginnings and ends, and what lies between two of one submit. */
export function gpuTimes(
  spans: readonly (readonly [number, number])[],
  submits: readonly number[],
): GpuTimes {
  let passMs = 0, betweenMs = 0;
  spans.forEach(([begin, end], i) => {
    passMs += end - begin;
    if (i > 0 && submits[i] === submits[i - 1]) betweenMs += Math.max(0, begin - spans[i - 1][1]);
  });
  return { passMs, betweenMs };
}

/** The share of a stretch that lies outside of its passes. */
export function outside({ wallMs, passMs }: Stretch): number {
  return 1 - passMs / wallMs;
}

/** The share in which the GPU copies: the part of `outside()` that is its own work. */
export function copying({ wallMs, betweenMs }: Stretch): number {
  return betweenMs / wallMs;
}
