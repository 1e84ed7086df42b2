/** How long work takes, and recordings as work. */
import { median } from "../src/base/averages.ts";
import { gpu } from "../src/gpu/device.ts";
import type { Recording } from "../src/gpu/record/recording.ts";
import { scope } from "../src/tensor/scope.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import { fillingRuns, type Runnable, wallClock } from "../src/tune/timing.ts";
import type { Prepared } from "./work.ts";

/** How long one sample lasts at least, so that the 11 ms of its readback are a small part of it. */
const SAMPLE_MS = 500;
const SAMPLES = 5;

/** The median time of one run of each work, in milliseconds: of five samples, each of as many runs as fill half a second. */
export async function mediansMs(works: readonly Runnable[], sampleMs?: number): Promise<number[]> {
  return (await samples(works, sampleMs)).map((times) => median(times));
}

/** The time of one run in the fastest of those samples: what a limit is, also where other programs run beside it. */
export async function fastestsMs(
  works: readonly Runnable[],
  sampleMs?: number,
): Promise<number[]> {
  return (await samples(works, sampleMs)).map((times) => Math.min(...times));
}

/**
 * The times of one run in each sample of each work. The works take turns, a sample each, so that a moment in which the
 * machine is slow meets one sample of a work and not all.
 */
async function samples(works: readonly Runnable[], sampleMs = SAMPLE_MS): Promise<number[][]> {
  const timed: { work: Runnable; runs: number; times: number[] }[] = [];
  for (const work of works) {
    timed.push({ work, runs: await fillingRuns(work, sampleMs, wallClock), times: [] });
  }
  for (let i = 0; i < SAMPLES; i++) {
    for (const { work, runs, times } of timed) times.push(await wallClock(work, runs) / runs);
  }
  return timed.map(({ times }) => times);
}

/** Dispatches that were encoded by `encode`, to be timed: `result` is read to wait for them. */
export function replayed(encode: () => void, result: Tensor): Prepared {
  const recording = gpu().recordings.record(() => {
    using _ = scope();
    encode();
  });
  return replays(recording, result);
}

/** A recording to be timed: the first element of `result` is read to wait for it, and `owned` is freed with it. */
export function replays(
  recording: Recording,
  result: Tensor,
  owned: readonly Tensor[] = [],
): Prepared {
  const first = result.alias([1]);
  return {
    run: () => gpu().recordings.replay(recording),
    wait: async () => void await first.read(),
    dispose: () => {
      for (const t of [first, ...owned]) t.dispose();
      gpu().recordings.discard(recording);
    },
  };
}
