/// <reference lib="dom" />
/** What pages must show and do. */
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { dirname, join, resolve } from "node:path";
import { parseLines } from "../../src/base/csv_lines.ts";
import { percent } from "../../src/base/format.ts";
import { decodeNpy } from "../../src/base/npy.ts";
import { readConfig } from "../../experiments/run_folder/config.ts";
import { columnOf } from "../../experiments/run_folder/run_summary.ts";
import { readCenters } from "../../experiments/run_folder/features.ts";
import { epochFile } from "../../experiments/run_folder/path.ts";
import * as inPage from "./in_page.js";
import type { View, Visitor } from "./visitor.ts";

/** Runs a check by its name, and says how it ended. */
type Check = (name: string, act: () => Promise<void>) => Promise<void>;

const MOST_BYTES = 8e6;
const RULES = ["logit", "nearest-center"] as const;

/** All checks of the page of some runs. */
export async function checkPage(
  visitor: Visitor,
  check: Check,
  name: string,
  path: string,
  runs: readonly string[],
): Promise<void> {
  const tables = runs.map((run) =>
    parseLines(Deno.readTextFileSync(join(run, "metrics.csv")), "metrics.csv")
  );
  await check(
    `${name}: one file under 8 MB that asks for nothing and complains of nothing`,
    async () => {
      const { size } = await Deno.stat(path);
      assert(size < MOST_BYTES, `${size} bytes`);
      await using visit = await visitor.visit(path);
      await visit.page.waitForTimeout(300);
      assertEquals([visit.complaints, visit.requests], [[], []]);
    },
  );
  await check(
    `${name}: the epoch that the scrubber says has the accuracies of metrics.csv`,
    async () => {
      await using visit = await visitor.visit(path);
      const { page } = visit, epochs = tables[0].length;
      for (const split of ["test", "train"]) {
        await page.locator(`input[name=split][value=${split}]`).check();
        for (let epoch = 1; epoch <= epochs; epoch++) {
          await page.getByRole("slider", { name: "Epoch" }).fill(String(epoch - 1));
          await page.waitForFunction(inPage.epochIs, `${epoch} of ${epochs}`);
          const said = await page.locator("#epoch").getAttribute("aria-valuetext");
          assertEquals(said, `${epoch} of ${epochs}`);
          for (const [k, table] of tables.entries()) {
            for (const rule of RULES) {
              const value = table[epoch - 1][columnOf(rule).replace("test", split)];
              const reading = page.locator(`[data-reading][data-run="${k}"][data-rule="${rule}"]`);
              if (value === "") assertEquals(await reading.count(), 0);
              else assertEquals(await reading.textContent(), percent(Number(value)));
            }
          }
        }
      }
    },
  );
  await check(`${name}: pointing at a sample shows its class, image and distances`, async () => {
    await using visit = await visitor.visit(path);
    const { page } = visit, last = tables[0].length;
    const config = (await readConfig(runs[0]))!, dim = config.plan.recipe.featureDim;
    const file = epochFile("features", last);
    const features = decodeNpy(await Deno.readFile(join(runs[0], file)), file);
    const centers = (await readCenters({ path: runs[0] })).get(last)!;
    const train = features.length / dim - config.plan.testSize!;
    const canvas = page.locator("canvas.map").first();
    await canvas.scrollIntoViewIfNeeded();
    await page.waitForFunction(inPage.isDrawn);
    const { index, label, x, y } = await page.evaluate(inPage.loneSample);
    const box = (await canvas.boundingBox())!;
    await page.mouse.move(box.x + x, box.y + y);
    await page.waitForFunction(inPage.isDescribed);
    const said = await page.locator(".sample dl").innerText();
    assertStringIncludes(said, `Test image ${index + 1}`);
    assertStringIncludes(said, `class ${label}`);
    const row = features.subarray((train + index) * dim, (train + index + 1) * dim);
    const own = Math.hypot(...row.map((v, j) => v - centers[label * dim + j]));
    const found = runs.length > 1
      ? /([\d.]+) from its own center/.exec(said)![1]
      : /own center\s+([\d.]+)/.exec(said)![1];
    assertAlmostEquals(Number(found), own, 1e-3 * own + 1e-4);
    assert(await page.locator(".sample canvas").isVisible(), "no thumbnail");
    const contrast = await page.evaluate(inPage.thumbnailContrast);
    assert(contrast > 100, `the thumbnail has a contrast of ${contrast}`); // a digit on its ground
    if (runs.length > 1) {
      const marked = await page.evaluate(inPage.places);
      assert(marked.every((i: number) => i >= 0), `${marked}`); // in all maps
    }
  });
  await check(`${name}: keys walk along samples and turn space, and Escape lets go`, async () => {
    await using visit = await visitor.visit(path);
    const { page } = visit, chosen = () => page.evaluate(inPage.chosen);
    await page.locator("canvas.map").first().focus();
    await page.keyboard.press("ArrowRight");
    const first = await chosen();
    await page.keyboard.press("ArrowRight");
    assert(first !== null && await chosen() !== first, "the arrow keys choose no other sample");
    await page.keyboard.press("Escape");
    assertEquals(await chosen(), null);
    const space = page.locator("input[name=view][value=space]");
    if (await space.count() === 0) return;
    await space.check();
    const before = await page.evaluate(inPage.yaw);
    await page.locator("canvas.map").first().focus();
    await page.keyboard.press("ArrowLeft");
    const box = (await page.locator("canvas.map").first().boundingBox())!;
    await page.mouse.move(box.x + 200, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 320, box.y + 200, { steps: 4 });
    await page.mouse.up();
    assertAlmostEquals(await page.evaluate(inPage.yaw), before - 0.1 + 1, 1e-6);
  });
  await check(
    `${name}: other images, other buttons and a release elsewhere hold nothing`,
    async () => {
      await using visit = await visitor.visit(path);
      const { page } = visit, canvas = page.locator("canvas.map").first();
      await canvas.scrollIntoViewIfNeeded();
      await page.waitForFunction(inPage.isDrawn);
      const box = (await canvas.boundingBox())!;
      const lone = async () => {
        const { index, x, y } = await page.evaluate(inPage.loneSample);
        await page.mouse.move(box.x + x, box.y + y);
        return index;
      };
      const kept = await lone(), chosen = () => page.evaluate(inPage.chosen);
      await page.mouse.down();
      await page.mouse.up();
      await page.mouse.move(box.x, box.y);
      assertEquals(await chosen(), kept);
      await page.locator("input[name=split][value=train]").check();
      await page.waitForTimeout(200);
      const pointed = await lone();
      assertEquals(await chosen(), pointed);
      await page.mouse.down({ button: "right" });
      await page.mouse.up({ button: "right" });
      await page.mouse.move(box.x, box.y - 20);
      assertEquals(await chosen(), null);
      const space = page.locator("input[name=view][value=space]");
      if (await space.count() === 0) return;
      await page.mouse.move(box.x + 200, box.y + 200);
      await page.mouse.down();
      await page.mouse.move(box.x + 200, box.y - 20);
      await page.mouse.up();
      await space.check();
      const before = await page.evaluate(inPage.yaw);
      await page.mouse.move(box.x + 200, box.y + 200);
      await page.mouse.move(box.x + 300, box.y + 200);
      assertEquals(await page.evaluate(inPage.yaw), before);
    },
  );
  await check(`${name}: classes can be left out, and controls have names`, async () => {
    await using visit = await visitor.visit(path);
    const { page } = visit;
    const inked = () => page.evaluate(inPage.coloredPixels);
    await page.waitForTimeout(200);
    const all = await inked();
    await page.getByRole("button", { name: "none" }).click();
    await page.waitForTimeout(200);
    assertEquals(await inked(), 0);
    await page.getByRole("checkbox", { name: "3", exact: true }).check();
    await page.waitForTimeout(200);
    const one = await inked();
    assert(one > 0 && one < all / 2, `${one} of ${all} colored pixels`);
    for (const control of await page.locator("input, button, canvas[tabindex]").all()) {
      const named = await control.evaluate(inPage.nameOf);
      assert(named, `a control without a name: ${await control.getAttribute("id")}`);
    }
    await page.getByRole("button", { name: "Play" }).click();
    await page.waitForFunction(inPage.epochBegins, 2);
  });
  await check(`${name}: the policy keeps other scripts out`, async () => {
    await using visit = await visitor.visit(path);
    await visit.page.evaluate(inPage.addScript);
    assertEquals(await visit.page.evaluate(inPage.foreignRan), false);
    assert(visit.complaints.some((it) => it.includes("Content Security Policy")));
  });
  for (const [view, words] of VIEWS) {
    await check(`${name}: ${words}`, async () => {
      await using visit = await visitor.visit(path, view);
      const { page } = visit, text = await page.locator("main").innerText();
      const { plan } = (await readConfig(runs[0]))!;
      assertStringIncludes(text, percent(Number(tables[0].at(-1)![columnOf(plan.scoring)])));
      const lively = await page.locator("#explorer").isVisible();
      const pictures = page.locator(".still img, .pictures img");
      assertEquals(lively, view.scripts !== false);
      if (!lively) assert(await pictures.first().isVisible(), "no map");
      const wide = await page.evaluate(inPage.pageWidth);
      assert(wide <= view.width!, `${wide} pixels wide`);
      const pdf = await page.pdf({ format: "A4", printBackground: true });
      assertEquals(new TextDecoder("latin1").decode(pdf.subarray(0, 5)), "%PDF-");
    });
  }
}

/** How pages are looked at. */
const VIEWS: [view: View, words: string][] = [
  [{ width: 390 }, "390 pixels wide, in light and on paper"],
  [{ width: 390, dark: true }, "390 pixels wide, in the dark"],
  [
    { width: 1280, scripts: false },
    "without scripts it says the same, with a picture for the map",
  ],
  [
    { width: 390, scripts: false, dark: true },
    "without scripts, 390 pixels wide, in the dark",
  ],
];

/** Names that are markup are read, and do nothing. */
export async function checkHostile(
  visitor: Visitor,
  path: string,
  classNames: readonly string[],
): Promise<void> {
  await using visit = await visitor.visit(path);
  const { page } = visit;
  await page.locator("canvas.map").focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(300);
  assertEquals([visit.complaints, visit.requests], [[], []]);
  assertEquals(await page.locator("img[src=x]").count(), 0);
  for (const name of classNames.slice(0, 2)) {
    assert(await page.getByRole("checkbox", { name, exact: true }).count() === 1, name);
  }
}

/** Who comes back sees what the controls say. */
export async function checkBack(visitor: Visitor, path: string): Promise<void> {
  await using visit = await visitor.visit(path);
  const { page } = visit, part = page.locator("[data-part]").first();
  await page.locator("input[name=split][value=train]").check();
  await page.locator("input[name=class]").first().uncheck();
  await page.waitForFunction(() =>
    document.querySelector("[data-part]")?.textContent?.startsWith("training,")
  );
  await page.goto("about:blank");
  await page.goBack();
  await page.waitForTimeout(500);
  const split = await page.locator("input[name=split]:checked").getAttribute("value");
  assertEquals([split, (await part.textContent())?.split(",")[0]], ["test", "test"]);
  assertEquals(await page.locator("input[name=class]").first().isChecked(), true);
}

/** Long names of many classes leave their numbers whole, and room for the matrix on a narrow screen. */
export async function checkLongNames(visitor: Visitor, path: string): Promise<void> {
  await using visit = await visitor.visit(path, { width: 390 });
  const heights = await visit.page.evaluate(inPage.heightsOf, ".classes b");
  assert(heights.length > 10 && heights.every((it) => it < 24), `${heights} pixels high`);
  const [head] = await visit.page.evaluate(inPage.widthsOf, ".matrix tbody th");
  assert(head < 0.5 * 390, `names of rows take ${head} pixels`);
}

/** Follows every link from the first page on. */
export async function checkSite(visitor: Visitor, folder: string): Promise<void> {
  const seen = new Set<string>(), left = [resolve(folder, "index.html")];
  for (let path = left.pop(); path; path = left.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const page = await Deno.readTextFile(path);
    const addresses = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, it]) => it)
      .filter((it) => !it.startsWith("data:"));
    for (const address of addresses) {
      assert(!/^[a-z]+:|^\//.test(address), `${path} names ${address}`);
      const to = resolve(dirname(path), decodeURIComponent(address));
      assert(await Deno.stat(to).then((it) => it.isFile, () => false), `${path} names ${address}`);
      if (to.endsWith(".html")) left.push(to);
    }
  }
  const rows = [...Deno.readDirSync(join(folder, "rows"))].filter((it) => it.isFile).length;
  assert(seen.size > rows, `${seen.size} pages`);
  for (const path of seen) {
    await using visit = await visitor.visit(path, { width: 390, scripts: false });
    const wide = await visit.page.evaluate(inPage.pageWidth);
    assert(wide <= 390, `${path} is ${wide} pixels wide`);
  }
  await using visit = await visitor.visit(join(folder, "index.html"));
  assertEquals(visit.complaints, []);
  const broken = await visit.page.evaluate(inPage.brokenPictures);
  assertEquals(broken, 0);
}
