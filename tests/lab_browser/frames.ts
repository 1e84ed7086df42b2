// deno-lint-ignore-file no-console
/** How many frames and steps a second a page makes, by its own counters. */
import type { Browser } from "npm:playwright-core@1.65.1";
import { type Report, Visit } from "./visitor.ts";

/** Steps after which all is compiled and an epoch's numbers are under way. */
const WARM = 20;
/** Pages that are counted: as the page opens, and with settings in its address. */
const PAGES = {
  "as it opens": "",
  "of full size": "#map=cross-entropy&map=center",
};

/** Counts for so many seconds each, and prints what it counted. */
export async function countFrames(browser: Browser, url: string, seconds: number): Promise<void> {
  for (const [name, address] of Object.entries(PAGES)) {
    const visit = await Visit.open(browser, url + address);
    const read = async (fits: (report: Report) => boolean) => {
      const { frames, maps: [{ step }] } = await visit.until("steps", fits, 600);
      return { frames, step, at: performance.now() };
    };
    const from = await read(({ maps }) => maps[0].step >= WARM);
    await visit.page.waitForTimeout(1000 * seconds);
    const to = await read(() => true), took = (to.at - from.at) / 1000;
    const rate = (of: "frames" | "step") => ((to[of] - from[of]) / took).toFixed(1);
    console.log(`${name}: ${rate("frames")} frames and ${rate("step")} steps a second`);
    await visit.close();
  }
}
