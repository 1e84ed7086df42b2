/// <reference lib="dom" />
/** What a hand does on the page: a mouse, a finger, or keys alone. */
import { assert, assertEquals } from "@std/assert";
import type { Browser } from "npm:playwright-core@1.65.1";
import { RunError } from "../../src/base/errors.ts";
import { Visit } from "./visitor.ts";

/** Places on the first map, from its middle outwards, until a sample's card is there; `go` is told where. */
async function untilCard(
  visit: Visit,
  wait: number,
  go: (x: number, y: number) => Promise<void>,
): Promise<void> {
  const { page } = visit;
  const { x, y, width, height } = (await page.locator(".view canvas").first().boundingBox())!;
  for (let i = 0; i < 60; i++) {
    const angle = 2.4 * i, radius = 0.45 * Math.sqrt(i / 60);
    await go(
      x + width * (0.5 + radius * Math.cos(angle)),
      y + height * (0.5 + radius * Math.sin(angle)),
    );
    await page.waitForTimeout(wait);
    if (await page.locator(".tip").isVisible()) return;
  }
  if (wait < 1000) return await untilCard(visit, 1500, go);
  throw new RunError("no sample is under the pointer anywhere");
}

/** Moves over the map until a sample is under the pointer; where nothing answers in time, again without haste. */
export async function point(visit: Visit): Promise<void> {
  await untilCard(visit, 150, (x, y) => visit.page.mouse.move(x, y));
}

/** A tap shows a sample, which stays when the finger is lifted. */
export async function checkTouch(browser: Browser, url: string): Promise<void> {
  const visit = await Visit.open(browser, url, { width: 390, hasTouch: true }), { page } = visit;
  await visit.until("samples", ({ maps }) => maps[0].step > 3, 300);
  await page.getByRole("button", { name: "Close" }).click();
  await page.click("#play");
  await page.locator(".view canvas").first().scrollIntoViewIfNeeded();
  await untilCard(visit, 300, (x, y) => page.touchscreen.tap(x, y));
  await page.waitForTimeout(500);
  assertEquals(await page.locator(".tip").isVisible(), true);
  assertEquals(visit.complaints, []);
  await visit.close();
}

/** Everything that a map shows can be had by keys, and the focus stays where it was. */
export async function checkKeys({ page }: Visit): Promise<void> {
  const loss = page.getByLabel("Loss of map A");
  await loss.focus();
  await loss.selectOption("cross-entropy");
  await page.waitForFunction(() => Number(document.body.dataset.step) > 1);
  const label = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  assertEquals(await label(), "Loss of map A");
  const canvas = page.locator(".view canvas").first();
  await canvas.focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector(".tip:visible");
  assert(/^label/.test((await page.textContent(".tip dl"))!));
  await page.keyboard.press("Escape");
  await page.waitForSelector(".tip", { state: "hidden" });
  const top = await page.evaluate(() => scrollY);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press(" "); // pauses: a map has no use of its own for it
  await page.waitForFunction(() => document.querySelector("#play")?.textContent === "Play");
  assertEquals(await page.evaluate(() => scrollY), top);
  await page.waitForTimeout(500);
  const before = Number(await page.getAttribute("body", "data-step"));
  await page.keyboard.press("s");
  await page.waitForFunction((step) => document.body.dataset.step === String(step), before + 1);
}

/** Draws a stroke on the pad, until its place on the maps is told. */
export async function checkDrawn({ page }: Visit): Promise<void> {
  const pad = page.locator(".pad");
  await pad.scrollIntoViewIfNeeded();
  const { x, y } = (await pad.boundingBox())!;
  await page.mouse.move(x + 66, y + 20);
  await page.mouse.down();
  await page.mouse.move(x + 66, y + 110, { steps: 5 });
  await page.mouse.up();
  await page.waitForSelector(".landed .chip");
}

/** A drawing goes on to be followed when images have another size. */
export async function checkRedrawn(visit: Visit): Promise<void> {
  const { page } = visit;
  await checkDrawn(visit);
  await page.locator(".landed").evaluate((list) => list.replaceChildren());
  const size = page.getByLabel("image size");
  await size.selectOption({
    index: 1 - await size.evaluate((it: HTMLSelectElement) => it.selectedIndex),
  });
  await page.waitForSelector(".landed .chip");
  await visit.until("steps", ({ maps: [{ step }] }) => step > 1, 120);
}

/** Settings that cannot be trained are named, and other ones train. */
export async function checkUnfit(visit: Visit): Promise<void> {
  const { page } = visit, loss = page.getByLabel("Loss of map A");
  await page.click("#play");
  await loss.selectOption("fixed simplex (ETF)");
  await page.waitForSelector("#notice:has-text('Cannot make a simplex of 10 classes')");
  assertEquals(await page.textContent("#status"), "not training");
  assertEquals(await page.textContent("#play"), "Play");
  await loss.selectOption("cross-entropy");
  await page.click("#play");
  await visit.until("a step", ({ maps: [{ step }], playing }) => playing && step > 0, 120);
}
