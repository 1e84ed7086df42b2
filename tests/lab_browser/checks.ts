/// <reference lib="dom" />
/** What a visitor of the lab may expect. */
import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import type { Browser } from "npm:playwright-core@1.65.1";
import { join } from "node:path";
import type { PageFile } from "../../lab/serve/bundle.ts";
import { handler } from "../../lab/serve/handler.ts";
import { drawDigits } from "../../data/drawn/digits.ts";
import { encodePng } from "../../src/figures/paint/png.ts";
import { newFrame } from "../../src/figures/paint/canvas.ts";
import { RunError } from "../../src/base/errors.ts";
import { firstFile } from "../first_file.ts";
import { checkElsewhere } from "./elsewhere.ts";
import { OPENED } from "./exports.ts";
import { checkDrawn, checkKeys, checkRedrawn, checkTouch, checkUnfit, point } from "./hands.ts";
import * as manners from "./manners.ts";
import { checkBadFiles, checkOwnFiles, checkServedFiles, withOwnFiles } from "./own_files.ts";
import { checkTour } from "./tour.ts";
import { gpuProcesses } from "./own_processes.ts";
import { checkTwoWays } from "./two_ways.ts";
import { Visit } from "./visitor.ts";

/** What there is to check. */
interface Parts {
  browser: Browser;
  /** Another browser, without WebGPU, and with it. */
  plain(): Promise<Browser>;
  live(): Promise<Browser>;
  url: string;
  files: readonly PageFile[];
  check(name: string, act: () => Promise<void>): Promise<void>;
}

/** All files together, packed: 250 KB. */
const MOST_BYTES = 250_000;
/** One map that learns digits, and one that is over an epoch in a dozen steps. */
const LEARNS = "#side=14&map=center", STEPS = 50;
const SMALL = "#images=200&width=0.125&map=center", IMAGES = 192, EPOCH = 12;

/** Whether the page learns what it shows, and by the numbers of the library. */
export async function checkTraining({ browser, url, check }: Parts): Promise<void> {
  const visit = await Visit.open(browser, url + LEARNS);
  await check(`${STEPS} steps give the losses of Deno on the same adapter, to 1e-4`, async () => {
    await visit.until(`${STEPS} steps`, ({ maps }) => maps[0].step >= STEPS, 600);
    await visit.page.click("#play");
    const losses = (await visit.losses()).slice(0, STEPS),
      { losses: own, adapter } = await denoLosses();
    assert(/swiftshader/i.test(adapter), `Deno trained on ${adapter}`);
    assertEquals([losses.length, own.length], [STEPS, STEPS]);
    const off = losses.map((loss, i) => Math.abs(loss - own[i]) / Math.abs(own[i]));
    const most = Math.max(...off);
    assert(most <= 1e-4, `step ${off.indexOf(most) + 1} is off by ${most}`);
  });
  await check("drawn digits are learned to 0.9 by the nearest center", async () => {
    await visit.page.click("#play");
    await visit.until(
      "0.8",
      ({ maps: [{ step, byCenter }] }) => byCenter >= 0.8 || step > 300,
      900,
    );
    await visit.slide("rate", 0.5); // 0.01: what is left to learn is fine
    await visit.until("0.9", ({ maps: [{ byCenter }] }) => byCenter >= 0.9, 900);
  });
  await visit.page.click("#play");
  await check("drawn digits are classified as what they are", () => checkDigits(visit));
  await visit.page.click("#play");
  await check("more lambda makes classes tighter, at once", async () => {
    const { maps: [{ step, ratio }] } = await visit.until("a report", () => true, 10);
    await visit.slide("lambda", 0.9);
    await visit.until(
      `a smaller ratio than ${ratio}`,
      ({ maps: [now] }) => now.step >= step + 10 && now.ratio < 0.9 * ratio,
      300,
    );
  });
  await noComplaints(visit, check);
}

/** Whether what a visitor can do there does what it says. */
export async function checkControls(
  { browser, plain, live, url, files, check }: Parts,
): Promise<void> {
  await check("the page is at most 250 KB, packed", async () => {
    let sum = 0;
    for (const { bytes } of files) sum += await packedBytes(bytes);
    assert(sum <= MOST_BYTES, `it is ${sum} bytes`);
  });
  await check("shaders have no comments but the names of shared texts", async () => {
    const program = await new Response(files.find(({ name }) => name.endsWith(".js"))!.bytes)
      .text();
    const comment = /^[ \t]*\/\/ (?!uses ).*$/m.exec(program);
    assert(comment === null, comment?.[0]);
  });
  await check("the GPU and the processor draw the same", () => checkTwoWays(browser, url));
  await check(
    "on a processor a page without settings opens small, and is made larger",
    async () => {
      const visit = await Visit.open(browser, url), { page } = visit;
      const batches = (size: number) =>
        visit.until(
          `batches of ${size}`,
          ({ maps, frames }) => maps[1].stepsPerEpoch === Math.floor(1000 / size) && frames > 0,
          300,
        );
      await batches(8);
      // The address follows settings that stand still for a moment.
      const address = (wanted: string) =>
        page.waitForFunction((hash: string) => location.hash === hash, wanted);
      await address("#side=14&batch=8&map=cross-entropy&map=center");
      await page.getByRole("button", { name: "Make it larger" }).click();
      await batches(16);
      await address("#map=cross-entropy&map=center");
      await visit.close();
    },
  );
  const visit = await Visit.open(browser, url + SMALL), { page } = visit;
  let losses: number[] = [];
  await check("an epoch is trained, and pauses", async () => {
    await visit.until("an epoch", ({ snapshots }) => snapshots.length > 0, 600);
    await page.click("#play");
    losses = await visit.losses();
    assert(losses.length >= EPOCH, `${losses.length} losses`);
  });
  await check("a drawing on the pad lands on the map", () => checkDrawn(visit));
  await check("a sample shows its image, classes, distances and five neighbours", async () => {
    await point(visit);
    assertEquals(await page.locator(".tip .neighbour canvas").count(), 5);
    assertEquals(await page.locator(".tip .distances li").count(), 4);
    assert(/^label\d/.test((await page.textContent(".tip dl"))!));
  });
  await check("classes switch off, and epochs go back", async () => {
    const third = page.locator("#legend button").nth(3);
    await third.click();
    assertEquals(await third.getAttribute("aria-pressed"), "false");
    await page.waitForFunction(() => location.hash.includes("hidden=8"));
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
    await page.getByLabel("Export map A").click();
    await page.getByRole("button", { name: "Copy the command" }).click();
    await page.waitForSelector("#notice:has-text('copied')");
    const text = await page.evaluate(() => navigator.clipboard.readText());
    const [, epoch] = /epoch (\d+)/.exec((await page.textContent("#status"))!)!;
    const row = ['"widthFactor": 0.125', '"trainSize": 200', `"epochs": ${epoch}`];
    assert(
      row.every((part) => text.includes(part)) && /^deno task exp lab_center.ts$/m.test(text),
      text,
    );
  });
  await check("axe-core finds nothing serious", () => checkAxe(visit));
  await noComplaints(visit, check);
  const again = await Visit.open(browser, url + SMALL, { width: 360, dark: true });
  await check("the same link gives the same numbers, on a narrow dark page, too", async () => {
    await again.until("an epoch", ({ maps }) => maps[0].step >= EPOCH, 600);
    assertEquals((await again.losses()).slice(0, EPOCH), losses.slice(0, EPOCH));
    const wide = await again.page.evaluate(() => document.documentElement.scrollWidth);
    assertEquals(wide, 360);
    await checkAxe(again);
  });
  await withOwnFiles(async (folder) => {
    await check(
      "MNIST's files, a CSV file and a folder of pictures are trained on",
      () => checkOwnFiles(again, folder),
    );
    await check("other files are refused in a line", () => checkBadFiles(again, folder));
    await check("MNIST from the server's folder is trained on", async () => {
      const server = Deno.serve(
        { hostname: "127.0.0.1", port: 0, onListen: () => {} },
        await handler(files, join(folder, "mnist")),
      );
      const served = await Visit.open(browser, `http://127.0.0.1:${server.addr.port}/${SMALL}`);
      try {
        await checkServedFiles(served);
        assertEquals(served.complaints, []);
      } finally {
        await served.close();
        await server.shutdown();
      }
    });
  });
  const polite = await Visit.open(browser, url + SMALL);
  await check("a link to a place leaves the training as it is", () => manners.checkPlaces(polite));
  await check("a screen of other pixels is pointed at", () => manners.checkScreens(polite));
  await check("sliders say what they show", () => manners.checkSliders(polite));
  await check("the focus stays on the page", () => manners.checkFocus(polite));
  await check("a training begins anew", () => manners.checkAnew(polite));
  await noComplaints(polite, check);
  await check("the tour has six steps", () => checkTour(again));
  await check("keys do what a hand does", () => checkKeys(again));
  await check("settings that do not fit are named", () => checkUnfit(again));
  await check("a drawing is followed in images of another size", () => checkRedrawn(again));
  await noComplaints(again, check);
  await check("a finger that taps a sample sees it", () => checkTouch(browser, url + SMALL));
  await check(
    "files of --build run from a folder of any server, and offline",
    () => checkElsewhere(browser, files),
  );
  await check("a GPU that is taken away is told, and what to do", async () => {
    const before = await gpuProcesses(), other = await live();
    const { page } = await Visit.open(other, url + SMALL);
    await page.waitForFunction(() => Number(document.body.dataset.step) > 0, undefined, {
      timeout: 300_000,
    });
    for (const pid of await gpuProcesses()) if (!before.includes(pid)) Deno.kill(pid, "SIGKILL");
    await page.waitForSelector("#notice:has-text('Reload the page')");
    assertEquals(await page.textContent("#status"), "not training");
    await page.waitForSelector(".map canvas[aria-label*='recorded']");
    await other.close();
  });
  await check("without WebGPU the page says so, and plays a recorded run", async () => {
    const other = await plain();
    const { page } = await Visit.open(other, url);
    await page.waitForSelector("#notice:has-text('WebGPU')");
    await page.waitForSelector(".map canvas[aria-label*='recorded']");
    await manners.checkStill(other, url);
    await other.close();
  });
}

async function noComplaints(visit: Visit, check: Parts["check"]): Promise<void> {
  await check("no word of complaint in the console", () => {
    assertEquals(visit.complaints, []);
    return Promise.resolve();
  });
  await visit.close();
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
  const script = fileURLToPath(new URL("losses.ts", import.meta.url));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", script, LEARNS, String(STEPS)],
    env: { VK_DRIVER_FILES: driver, DENO_WEBGPU_BACKEND: "vulkan" },
  }).output();
  if (!success) throw new RunError(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Places pictures of test digits, every other one in dark on wider white paper, and counts how many are called right. */
async function checkDigits({ page }: Visit): Promise<void> {
  const { images, labels } = drawDigits({ count: 10, seed: 7, split: "test" });
  let right = 0;
  for (let i = 0; i < 10; i++) {
    await page.click("text=Wipe");
    const paper = i % 2 === 1, margin = paper ? 10 : 0, width = 28 + 2 * margin;
    const frame = newFrame(width, 28);
    frame.rgba.fill(255);
    images.subarray(i * 784, (i + 1) * 784).forEach((v, p) => {
      const grey = paper ? 255 - v : v;
      frame.rgba.set([grey, grey, grey, 255], 4 * (Math.floor(p / 28) * width + margin + p % 28));
    });
    await page.locator("input[type=file]").first().setInputFiles({
      ...{ name: "digit.png", mimeType: "image/png", buffer: Buffer.from(encodePng(frame)) },
    });
    await page.waitForSelector(".landed .chip");
    const text = await page.textContent(".landed .chip");
    if (text === String(labels[i])) right++;
  }
  assert(right >= 7, `${right} of 10`);
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
