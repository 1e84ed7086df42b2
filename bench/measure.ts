/** Time. */
import { gpu } from "../src/gpu/device.ts";
import { scope } from "../src/tensor/scope.ts";
import type { Tensor } from "../src/tensor/tensor.ts";
import type { Prepared } from "./work.ts";

/** What a sample needs of the work. */
type Runs = Pick<Prepared, "run" | "wait">;

/** How long one sample lasts at least, so that the 11 ms of its readback are a small part of it. */
const SAMPLE_MS = 500;
const SAMPLES = 5;
const MOST_RUNS = 1 << 16;

/** The median time of one run in milliseconds: of five samples, each of as many runs as fill half a second. */
export async function medianMs(work: Runs, sampleMs: number = SAMPLE_MS): Promise<number> {
  return (await samples(work, sampleMs))[SAMPLES >> 1];
}

/** The time of one run in the fastest of those samples: what a limit is, also where other programs run beside it. */
export async function fastestMs(work: Runs, sampleMs: number = SAMPLE_MS): Promise<number> {
  return (await samples(work, sampleMs))[0];
}

/** The times of one run in each sample, sorted. */
async function samples(work: Runs, sampleMs: number): Promise<number[]> {
  let runs = 1;
  let ms = await sample(work, runs);
  while (ms < sampleMs && runs < MOST_RUNS) {
    const factor = Math.min(10, Math.max(1.5, 1.1 * sampleMs / ms));
    runs = Math.min(MOST_RUNS, Math.ceil(runs * factor));
    ms = await sample(work, runs);
  }
  const times: number[] = [];
  for (let i = 0; i < SAMPLES; i++) times.push(await sample(work, runs));
  return times.map((time) => time / runs).sort((a, b) => a - b);
}

/** Dispatches that were encoded by `encode`, to be timed: `first` is read to wait for them. */
export function replayed(encode: () => void, first: Tensor): Prepared {
  const recording = gpu().record(() => {
    using _ = scope();
    encode();
  });
  return {
    run: () => gpu().replay(recording),
    wait: async () => void await first.read(),
    dispose: () => gpu().discard(recording),
  };
}

/** Milliseconds that so many runs take together. */
export async function sample({ run, wait }: Runs, runs: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < runs; i++) run();
  await wait();
  return performance.now() - start;
}
