/** What a case in the page came to. */
export interface Outcome {
  name: string;
  /** Absent where it passed. */
  problem?: string;
  ms: number;
}

/** Hears of each case as it ends. */
export type Tell = (outcome: Outcome) => void;

/** Runs a case; what it throws is its problem. */
export async function outcomeOf(name: string, run: () => unknown): Promise<Outcome> {
  const start = performance.now();
  let problem: string | undefined;
  try {
    await run();
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  return { name, problem, ms: performance.now() - start };
}
