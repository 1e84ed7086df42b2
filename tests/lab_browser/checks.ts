/// <reference lib="dom" />
/** What a visitor of the lab may expect. */
import { assert, assertEquals } from "@std/assert";
import type { Browser } from "npm:playwright-core@1.65.1";
import type { PageFile } from "../../lab/serve/bundle.ts";
import { drawDigits } from "../../data/drawn/digits.ts";
import { encodePng } from "../../src/figures/paint/png.ts";
import { newFrame } from "../../src/figures/paint/canvas.ts";
import { RunError } from "../../src/base/errors.ts";
import { firstFile } from "../first_file.ts";
import { OPENED } from "./exports.ts";
import { Visit } from "./visitor.ts";

/** What there is to check. */
interface Parts {
  browser: Browser;
  /** A browser without WebGPU. */
  plain(): Promise<Browser>;
  url: string;
  files: readonly PageFile[];
  check(name: string, act: () => Promise<void>): Promise<void>;
}

/** All files together, packed: 250 KB. */
const MOST_BYTES = 250_000;
/** One map, small enough for a program in the place of a GPU. */
const ADDRESS = "#images=500&map=center", IMAGES = 496, STEPS = 50;

/** Checks all of it. */
export async function checkLab({ browser, plain, url, files, check }: Parts): Promise<void> {
  await check("the page is at most 250 KB, packed", async () => {
    let sum = 0;
    for (const { bytes } of files) sum += await packedBytes(bytes);
    assert(sum <= MOST_BYTES, `it is ${sum} bytes`);
  });
  const visit = await Visit.open(browser, url + ADDRESS);
  const { page } = visit;
  let losses: number[] = [];
  await check(`${STEPS} steps give the losses of Deno on the same adapter, to 1e-4`, async () => {
    await visit.until(`${STEPS} steps`, ({ maps }) => maps[0].step >= STEPS, 600);
    losses = (await visit.losses()).slice(0, STEPS);
    await page.click("#play");
    const { losses: own, adapter } = await denoLosses();
    assert(/swiftshader/i.test(adapter), `Deno trained on ${adapter}`);
    const off = losses.map((loss, i) => Math.abs(loss - own[i]) / Math.abs(own[i]));
    assertEquals(losses.length, own.length);
    assert(
      Math.max(...off) <= 1e-4,
      `step ${off.findIndex((o) => o > 1e-4) + 1} is off by ${Math.max(...off)}`,
    );
  });
  await check("drawn digits are learned to 0.9 by the nearest center", async () => {
    await page.click("#play");
    await visit.until(
      "a good start",
      ({ maps }) => maps[0].byCenter >= 0.7 || maps[0].step > 240,
      900,
    );
    await visit.slide("rate", 0.5); // 0.01: what is left to learn is fine
    await visit.until("0.9 by the nearest center", ({ maps }) => maps[0].byCenter >= 0.9, 900);
  });
  await check("more lambda makes classes tighter, at once", async () => {
    const { maps: [before] } = await visit.until("a report", () => true, 10);
    await visit.slide("lambda", 0.9);
    const { step, ratio } = before;
    await visit.until(
      "a smaller ratio",
      ({ maps: [now] }) => now.step >= step + 10 && now.ratio < 0.9 * ratio,
      900,
    );
  });
  await page.click("#play");
  await check("drawn digits are classified as what they are", () => checkDigits(visit));
  await check("a drawing on the pad lands on the map", async () => {
    await page.click("text=Wipe");
    const { x, y } = (await page.locator(".pad").boundingBox())!;
    await page.mouse.move(x + 66, y + 20);
    await page.mouse.down();
    await page.mouse.move(x + 66, y + 110, { steps: 5 });
    await page.mouse.up();
    await page.waitForSelector(".landed .chip");
  });
  await check(
    "pointing at a sample shows its image, classes, distances and five neighbours",
    async () => {
      await point(visit);
      assertEquals(await page.locator(".tip .neighbour canvas").count(), 5);
      assertEquals(await page.locator(".tip .distances li").count(), 4);
      assert(/^label\d/.test((await page.textContent(".tip dl"))!));
    },
  );
  await check("classes switch off, and epochs go back", async () => {
    await page.click("#legend button >> nth=3");
    assertEquals(await page.getAttribute("#legend button >> nth=3", "aria-pressed"), "false");
    await page.locator("#scrub").evaluate((it: HTMLInputElement) => {
      it.value = "0";
      it.dispatchEvent(new Event("input", { bubbles: true }));
    });
    assertEquals(await page.textContent("#scrubbed"), "1");
  });
  for (const [format, opens] of Object.entries(OPENED)) {
    await check(`a run saved as ${format} opens`, () => opens(visit, IMAGES));
  }
  await check("the command is copied", async () => {
    await page.getByLabel("Take map A home").click();
    await page.getByRole("button", { name: "Copy the command" }).click();
    await page.waitForSelector("#notice:has-text('copied')");
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert(
      /^deno task exp lab_center.ts$/m.test(text) && text.includes('"widthFactor": 0.25'),
      text,
    );
  });
  await check("axe-core finds nothing serious", () => checkAxe(visit));
  await check("no word of complaint in the console", async () => {
    assertEquals(await Promise.resolve(visit.complaints), []);
  });
  await visit.close();
  await check("the same link gives the same numbers", async () => {
    const again = await Visit.open(browser, url + ADDRESS, { width: 390, dark: true });
    await again.until("ten steps", ({ maps }) => maps[0].step >= 10, 300);
    assertEquals((await again.losses()).slice(0, 10), losses.slice(0, 10));
    await checkAxe(again);
    await again.close();
  });
  await check("without WebGPU the page says so, and plays a recorded run", async () => {
    const other = await plain();
    const visit = await Visit.open(other, url);
    await visit.page.waitForSelector("#notice:has-text('WebGPU')");
    await visit.page.waitForSelector(".map canvas[aria-label*='recorded']");
    await other.close();
  });
}

async function packedBytes(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(packed).bytes()).length;
}

/** What `losses.ts` prints, on Chromium's adapter. */
async function denoLosses(): Promise<{ adapter: string; losses: number[] }> {
  const driver = firstFile([
    "/usr/lib/chromium/vk_swiftshader_icd.json",
    "/usr/lib/chromium-browser/vk_swiftshader_icd.json",
  ]);
  if (!driver) throw new RunError("Chromium's SwiftShader is not where Debian puts it");
  const script = new URL("losses.ts", import.meta.url).pathname;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", script, ADDRESS, String(STEPS)],
    env: { VK_DRIVER_FILES: driver, DENO_WEBGPU_BACKEND: "vulkan" },
  }).output();
  if (!success) throw new RunError(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Places pictures of test digits, and counts how many are called right. */
async function checkDigits({ page }: Visit): Promise<void> {
  const { images, labels } = drawDigits({ count: 10, seed: 7, split: "test" });
  let right = 0;
  for (let i = 0; i < 10; i++) {
    const frame = newFrame(28, 28);
    images.subarray(i * 784, (i + 1) * 784).forEach((v, p) =>
      frame.rgba.set([v, v, v, 255], 4 * p)
    );
    await page.locator("input[type=file]").first().setInputFiles({
      ...{ name: "digit.png", mimeType: "image/png", buffer: encodePng(frame) as never },
    });
    await page.waitForTimeout(600);
    const text = await page.textContent(".landed .chip");
    if (text === String(labels[i])) right++;
  }
  assert(right >= 7, `${right} of 10`);
}

/** Moves over the map until a sample is under the pointer. */
async function point({ page }: Visit): Promise<void> {
  const { x, y, width, height } = (await page.locator(".view canvas").first().boundingBox())!;
  for (let i = 0; i < 60; i++) {
    const angle = 2.4 * i, radius = 0.45 * Math.sqrt(i / 60);
    await page.mouse.move(
      x + width * (0.5 + radius * Math.cos(angle)),
      y + height * (0.5 + radius * Math.sin(angle)),
    );
    await page.waitForTimeout(150);
    if (await page.locator(".tip").isVisible()) return;
  }
  throw new RunError("no sample is under the pointer anywhere");
}

/** Findings of axe-core that keep somebody out. */
async function checkAxe({ page }: Visit): Promise<void> {
  const { default: axe } = await import("npm:axe-core@4.14.1");
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: { run(): Promise<Found> } }).axe
      .run();
    return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3).join(" ")}`);
  });
  assertEquals(found, []);
}

/** The part of axe's answer that is looked at. */
interface Found {
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
}
