/** Processor time of this process, thread by thread, as Linux counts it. */
import { RunError } from "../../src/base/errors.ts";

const TASKS = "/proc/self/task";

/** Milliseconds that each thread has run, by its number. */
export type ThreadTimes = ReadonlyMap<string, number>;

/** What threads ran in a stretch of time, in milliseconds. */
export interface Spent {
  /** As many threads as there are cores, those that ran most: where work is cut into parts, its workers. */
  workers: number;
  /** The first of them. */
  busiest: number;
  /** All others: the driver's queue, JavaScript. */
  rest: number;
}

/**
 * What each thread has run so far.
 *
 * @throws {RunError} Where nothing counts that, as on other systems than Linux.
 */
export function threadTimes(): ThreadTimes {
  const times = new Map<string, number>();
  try {
    for (const { name } of Deno.readDirSync(TASKS)) {
      const text = Deno.readTextFileSync(`${TASKS}/${name}/schedstat`);
      times.set(name, Number(text.split(" ")[0]) / 1e6);
    }
  } catch (error) {
    throw new RunError(`${TASKS} tells no times of threads (${error}): only Linux has them`);
  }
  return times;
}

/** What ran between two counts, on so many cores. */
export function spentBetween(before: ThreadTimes, after: ThreadTimes, cores: number): Spent {
  const each = [...after].map(([name, ms]) => ms - (before.get(name) ?? 0)).sort((a, b) => b - a);
  const sum = (of: readonly number[]) => of.reduce((all, ms) => all + ms, 0);
  return { workers: sum(each.slice(0, cores)), busiest: each[0], rest: sum(each.slice(cores)) };
}
