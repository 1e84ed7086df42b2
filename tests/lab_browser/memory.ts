// deno-lint-ignore-file no-console
/** Whether the memory of a page that trains on and on stays as it is. */
import type { Browser } from "npm:playwright-core@1.65.1";
import { RunError } from "../../src/base/errors.ts";
import { ownProcesses } from "./own_processes.ts";
import { Visit } from "./visitor.ts";

/** What the last third may have more than the middle one, as a share. */
const MOST_GROWTH = 0.05;

/**
 * Trains for so many minutes, and compares the memory of all processes of the browser.
 *
 * @throws {RunError} When it grows.
 */
export async function checkMemory(browser: Browser, url: string, minutes: number): Promise<void> {
  const visit = await Visit.open(
    browser,
    `${url}#images=200&width=0.125&map=cross-entropy&map=center`,
  );
  await visit.until("a first step", ({ maps }) => maps[0].step > 0, 120);
  const samples: number[] = [], end = performance.now() + minutes * 60_000;
  while (performance.now() < end) {
    await visit.page.waitForTimeout(minutes * 1000);
    samples.push((await ownProcesses()).reduce((sum, { resident }) => sum + resident, 0));
  }
  const third = Math.floor(samples.length / 3);
  const mean = (of: readonly number[]) => of.reduce((a, b) => a + b, 0) / of.length;
  const before = mean(samples.slice(third, 2 * third)), after = mean(samples.slice(2 * third));
  const { maps: [{ step }] } = await visit.until("a report", () => true, 10);
  const mib = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
  console.log(`${step} steps in ${minutes} minutes: ${mib(before)}, then ${mib(after)}`);
  await visit.close();
  if (after <= before * (1 + MOST_GROWTH)) return;
  throw new RunError(`memory grew from ${mib(before)} to ${mib(after)}`);
}
