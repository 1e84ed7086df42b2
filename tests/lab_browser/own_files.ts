/// <reference lib="dom" />
/** Files that a visitor drops. */
import { assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import { idxBytes } from "../../data/formats/idx.ts";
import { drawDigits } from "../../data/drawn/digits.ts";
import type { Visit } from "./visitor.ts";

/** Gives files to the page as its button does. */
async function give({ page }: Visit, files: Record<string, Uint8Array>): Promise<void> {
  const given = Object.entries(files).map(([name, bytes]) => ({
    ...{ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) },
  }));
  await page.locator("input[type=file]").first().setInputFiles(given);
}

/** MNIST's four files are trained on; what is no set of images is refused in words. */
export async function checkOwnFiles(visit: Visit): Promise<void> {
  await give(visit, { "notes.txt": new TextEncoder().encode("hello") });
  await visit.page.waitForSelector("#notice:has-text('Cannot train on notes.txt')");
  const side = 14, files: Record<string, Uint8Array> = {};
  for (const [split, count, name] of [["train", 64, "train"], ["test", 20, "t10k"]] as const) {
    const { images, labels } = drawDigits({ count, seed: 3, split, height: side, width: side });
    files[`${name}-images-idx3-ubyte`] = idxBytes({ sizes: [count, side, side], bytes: images });
    files[`${name}-labels-idx1-ubyte`] = idxBytes({
      sizes: [count],
      bytes: labels as Uint8Array<ArrayBuffer>,
    });
  }
  await give(visit, files);
  await visit.page.waitForSelector(
    "#notice:has-text('Loaded 64 training and 20 test images of 14x14')",
  );
  await visit.until(
    "a step on them",
    ({ maps }) => maps[0].step > 0 && maps[0].stepsPerEpoch === 4,
    300,
  );
  assertEquals(await visit.page.evaluate(() => location.hash.includes("data=own")), true);
}

/** The six steps of the tour: a heading, two sentences, maps of their own. */
export async function checkTour({ page }: Visit): Promise<void> {
  await page.click("text=Take the tour");
  const titles = new Set<string | null>(), maps: number[] = [];
  for (let step = 0; step < 6; step++) {
    titles.add(await page.textContent("#tour h2"));
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
}
