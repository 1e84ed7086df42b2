/** The process of one run, found and stopped by a signal. */
import { isThere } from "../experiments/run_folders.ts";
import { join } from "node:path";
import { VICTIM, victimIn } from "./grid.ts";

/** A run that is not seen for so long does not come. */
const PATIENCE_MS = 120_000;

/** Looks every few milliseconds until there is something. */
export async function until<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  everyMs = 5,
): Promise<T> {
  for (const from = performance.now(); performance.now() - from < PATIENCE_MS;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((done) => setTimeout(done, everyMs));
  }
  throw new Error(`${what} was waited for in vain`);
}

/** Sends a signal to the run's process as soon as its first epoch can be resumed: its map is drawn after the checkpoint. */
export async function signalVictim(out: string, signal: Deno.Signal): Promise<void> {
  const map = join(victimIn(out), "train.png");
  await until(map, () => isThere(map) || undefined);
  Deno.kill(processOf(out), signal);
}

/** The number of the process, which is not that of the task that started it. */
function processOf(out: string): number {
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const words = wordsOf(name);
    const isRun = words.includes("experiments/cli.ts") && words.includes(out);
    if (isRun && words[words.indexOf("--part") + 1] === String(VICTIM)) return Number(name);
  }
  throw new Error(`run ${VICTIM} in ${out} has no process`);
}

function wordsOf(process: string): string[] {
  try {
    return Deno.readTextFileSync(`/proc/${process}/cmdline`).split("\0");
  } catch {
    return []; // It has ended.
  }
}
