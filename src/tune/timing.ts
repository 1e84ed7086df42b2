/** How long work takes that can be repeated. */

/** Work that can be repeated. */
export interface Runnable {
  /** Encodes it once more. */
  run(): void;
  /** Waits until all that was encoded is done. */
  wait(): Promise<void>;
}

/** How long so many runs take together, in milliseconds. */
export type Timer = (work: Runnable, runs: number) => Promise<number>;

const MOST_RUNS = 1 << 16;

/** By the clock on the wall. */
export const wallClock: Timer = async ({ run, wait }, runs) => {
  const start = performance.now();
  for (let i = 0; i < runs; i++) run();
  await wait();
  return performance.now() - start;
};

/** How many runs fill a sample of so many milliseconds. */
export async function fillingRuns(work: Runnable, sampleMs: number, time: Timer): Promise<number> {
  let runs = 1;
  let ms = await time(work, runs);
  while (ms < sampleMs && runs < MOST_RUNS) {
    const factor = Math.min(10, Math.max(1.5, 1.1 * sampleMs / ms));
    runs = Math.min(MOST_RUNS, Math.ceil(runs * factor));
    ms = await time(work, runs);
  }
  return runs;
}
