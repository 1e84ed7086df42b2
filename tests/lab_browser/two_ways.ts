/// <reference lib="dom" />
/** Whether the GPU and the processor draw the same. */
import { assert } from "@std/assert";
import type { Browser } from "npm:playwright-core@1.65.1";
import { bundled } from "../../lab/serve/bundle.ts";
import type { Difference } from "./two_ways_page.ts";

/** What a block of 16 x 16 pixels may differ by, of 255: edges and letters differ, and a mark that is missing makes 30. */
const MOST = 20, MOST_BARE = 9;

declare const compareWays: () => Promise<Difference[]>;

/** Draws planes, a circle, a space and spheres in both ways; `url` is where a page is, whose address lets it use a GPU. */
export async function checkTwoWays(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 820, height: 900 } });
  await page.route(url, (route) => route.fulfill({ contentType: "text/html", body: "<body>" }));
  await page.goto(url);
  const program = await bundled(new URL("two_ways_page.ts", import.meta.url).href);
  await page.addScriptTag({ content: program, type: "module" });
  await page.waitForFunction(() => "compareWays" in globalThis);
  const differences = await page.evaluate(() => compareWays());
  await page.close();
  const far = differences.filter(({ most, bare }) => !(most <= (bare ? MOST_BARE : MOST)));
  const words = far.map(({ name, most, at }) => `${name} by ${most.toFixed(1)} at ${at}`);
  assert(far.length === 0, `they differ: ${words.join("; ")}`);
}
