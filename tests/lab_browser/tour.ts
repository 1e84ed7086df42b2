/// <reference lib="dom" />
/** The guided tour. */
import { assertEquals } from "@std/assert";
import type { Visit } from "./visitor.ts";

/** The six steps of the tour: a heading, two sentences, maps of their own. */
export async function checkTour({ page }: Visit): Promise<void> {
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await page.click("text=Take the tour");
  const titles = new Set<string | null>(), maps: number[] = [];
  for (let step = 0; step < 6; step++) {
    titles.add(await page.textContent("#tour h2"));
    assertEquals(await focused(), await page.textContent("#tour h2"));
    maps.push(await page.locator(".map").count());
    if (step < 5) await page.click("#tour >> text=Next");
  }
  assertEquals(titles.size, 6);
  assertEquals(maps, [1, 2, 3, 2, 2, 2]);
  assertEquals(
    await page.evaluate(() => document.querySelectorAll("#tour button[disabled]").length),
    1,
  );
  await page.click("text=End the tour");
  assertEquals(await focused(), "Take the tour");
}
