/// <reference lib="dom" />
/** What the page does for who comes by keys, hears it, or looks at it on another screen. */
import { assert, assertEquals } from "@std/assert";
import type { Browser } from "npm:playwright-core@1.65.1";
import { Buffer } from "node:buffer";
import { checkDrawn, point } from "./hands.ts";
import { Visit } from "./visitor.ts";

/** What has the focus, in words. */
const focused = ({ page }: Visit) =>
  page.evaluate(() => {
    const it = document.activeElement;
    return it?.getAttribute("aria-label") ?? it?.id;
  });

/** A link to a place on the page, and an address that names one, leave the training as it is. */
export async function checkPlaces(visit: Visit): Promise<void> {
  const { page } = visit, step = () => page.getAttribute("body", "data-step");
  await visit.until("a step", ({ maps: [{ step }] }) => step > 0, 300);
  await page.evaluate(() => (document.querySelector("#play") as HTMLElement).click());
  await page.waitForTimeout(800);
  const before = [await step(), await page.evaluate(() => location.hash)];
  await page.locator(".skip").focus();
  await page.keyboard.press("Enter");
  assertEquals(await focused(visit), "Maps");
  assertEquals(await page.evaluate(() => location.hash), before[1]);
  await page.evaluate(() => location.hash = "#panel");
  await page.waitForTimeout(800);
  assertEquals([await step(), await page.evaluate(() => location.hash)], before);
}

/** The focus stays on the page where what had it goes. */
export async function checkFocus(visit: Visit): Promise<void> {
  const { page } = visit;
  await page.getByLabel("Export map A").click();
  await page.getByRole("button", { name: "Copy the command" }).click();
  assertEquals(await focused(visit), "Export map A");
  await page.waitForSelector("#notice:has-text('copied')");
  await page.getByRole("button", { name: "Close" }).click();
  assertEquals(await focused(visit), "play");
  const add = page.getByRole("button", { name: "+ Add a map" });
  while (await add.isVisible()) await add.click();
  assertEquals(await focused(visit), "Loss of map D");
  await page.getByLabel("Remove map B").click();
  assertEquals(await focused(visit), "Loss of map B");
  for (const letter of "CB") await page.getByLabel(`Remove map ${letter}`).click();
  assertEquals(await focused(visit), "Loss of map A");
}

/** Sliders say what they show, and have a place for each of their numbers. */
export async function checkSliders(visit: Visit): Promise<void> {
  const { page } = visit, scrub = page.locator("#scrub");
  assertEquals(await scrub.getAttribute("aria-valuetext"), "live");
  const momentum = page.getByLabel("momentum", { exact: true });
  assertEquals(await momentum.getAttribute("max"), "99");
  await momentum.focus();
  await page.keyboard.press("ArrowRight");
  assertEquals(await momentum.getAttribute("aria-valuetext"), "momentum 0.91");
  assertEquals(await page.locator(".landed").getAttribute("aria-live"), null);
}

/** A training that begins anew tells nothing of the one before; keys may be capitals. */
export async function checkAnew(visit: Visit): Promise<void> {
  const { page } = visit;
  if (await page.textContent("#play") === "Pause") await page.click("#play");
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("s");
  await page.waitForFunction(() =>
    /step [1-9]/.test(document.querySelector("#status")!.textContent!)
  );
  await checkDrawn(visit);
  await page.keyboard.press("R");
  await page.waitForSelector("#status:has-text('step 0')");
  assertEquals(await page.locator(".landed li").count(), 0);
  await page.getByLabel("Export map A").click();
  await page.getByRole("button", { name: "Copy the command" }).click();
  await page.waitForSelector("#notice:has-text('copied')");
  const command = await page.evaluate(() => navigator.clipboard.readText());
  assert(command.includes('"epochs": 1,'), command);
  const seed = page.locator("#seed input");
  await seed.fill("1e1");
  await seed.press("Tab");
  assertEquals(await seed.inputValue(), "10");
  const files = page.locator("input[type=file]").first();
  await files.setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") });
  await page.waitForSelector("#notice:has-text('Cannot train on a.txt')");
  assertEquals(await files.inputValue(), ""); // so that it can be chosen again
}

/** On a screen of other pixels a sample is still where the pointer is. */
export async function checkScreens(visit: Visit): Promise<void> {
  const { page } = visit, session = await page.context().newCDPSession(page);
  const canvas = page.locator(".view canvas").first();
  await canvas.scrollIntoViewIfNeeded();
  await session.send("Emulation.setDeviceMetricsOverride", {
    ...{ width: 1280, height: 900, deviceScaleFactor: 2, mobile: false },
  });
  await page.waitForTimeout(1500);
  await page.evaluate(() =>
    addEventListener("pointermove", ({ clientX }) => document.body.dataset.at = String(clientX))
  );
  await point(visit);
  const at = Number(await page.getAttribute("body", "data-at"));
  const { x, width } = (await page.locator(".tip").boundingBox())!;
  const off = Math.min(Math.abs(x - at), Math.abs(x + width - at));
  assert(off < 40, `the card is from ${x} to ${x + width}, and the pointer at ${at}`);
}

/** Without WebGPU keys and addresses do nothing, and a still picture is drawn anew on another ground. */
export async function checkStill(browser: Browser, url: string): Promise<void> {
  const visit = await Visit.open(browser, url), { page } = visit;
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.reload();
  await page.waitForSelector(".map canvas[aria-label*='recorded']");
  await page.keyboard.press("r");
  await page.evaluate(() => location.hash = "#map=center&seed=3");
  const ground = () =>
    page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>(".map canvas")!;
      return [canvas.width, canvas.getContext("2d")!.getImageData(2, 2, 1, 1).data[0]];
    });
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["a"], "a.csv"));
    dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
  });
  assert((await page.textContent("#notice"))!.includes("WebGPU"));
  const [width, light] = await ground();
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 700, height: 900 });
  await page.waitForTimeout(500);
  const [narrow, dark] = await ground();
  assert(light > 200 && dark < 60 && narrow !== width, `${[width, light, narrow, dark]}`);
  assertEquals(await page.textContent("#status"), "not training");
  await visit.close();
}
