/** Classes for images without labels. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { drawDigits } from "../../../data/drawn/digits.ts";
import { writeCsv } from "../../../data/sets/csv_file.ts";
import { RunError } from "../../../src/base/errors.ts";
import { pictureFolder, SIDE } from "../../data/picture_folder.ts";
import { put } from "../../data/pictures.ts";
import {
  drawnSizes,
  isThere,
  linesOf,
  noData,
  plainFolder,
  RESUME,
  rowFolder,
  runTest,
  startRow,
  textOf,
} from "../run_folders.ts";

const TEST = 10, ROW = "kz-softmax";

/** The classes in a run's predictions, whose images are counted from 1. */
async function predictionsIn(folder: string): Promise<string[]> {
  const [header, ...lines] = await linesOf(folder, "predictions.csv");
  assertEquals(header, ["ImageId", "Label"]);
  assertEquals(lines.map(([id]) => id), lines.map((_, i) => String(i + 1)));
  return lines.map(([, label]) => label);
}

runTest("run() --predict", async (root, t) => {
  const shape = { height: 28, width: 28, channels: 1 };
  // The test images of a run with seed 1, without their labels.
  const test = drawDigits({ ...shape, count: TEST, seed: 1, split: "test" });
  const file = join(root, "unlabelled.csv");
  await writeCsv(file, test, false);
  /** Runs a row with a file of images to classify; its folder. */
  const predict = async (path: string, name: string, id = ROW) => {
    const out = join(root, name);
    await startRow(id, out, [...drawnSizes(out), "--predict", path]);
    return rowFolder(out, id);
  };
  const plain = await predict(file, "plain");

  const rules = [
    [ROW, "largest logit"],
    ["standalone-mnist-2", "nearest center"],
    ["supcon-mnist-2", "nearest class mean"],
  ];
  for (const [id, rule] of rules) {
    await t.step(`classifies by the ${rule} under ${id}`, async () => {
      const folder = await predict(file, id, id);
      const labels = await predictionsIn(folder);
      assertEquals(labels.length, TEST);
      // As many of each class as the run itself took its test images for, by its own rule.
      const [, ...rows] = await linesOf(folder, "confusion.csv");
      rows.forEach((_, k) => {
        const taken = rows.reduce((sum, row) => sum + Number(row[k + 1]), 0);
        assertEquals(labels.filter((label) => label === String(k)).length, taken);
      });
    });
  }

  await t.step("leaves out labels that the file has all the same", async () => {
    const labelled = join(root, "labelled.csv");
    await writeCsv(labelled, test, true);
    const folder = await predict(labelled, "labelled");
    assertEquals(await predictionsIn(folder), await predictionsIn(plain));
  });

  await t.step("keeps the ids of the file", async () => {
    const [header, ...lines] = (await textOf(file)).trimEnd().split("\n");
    const ids = lines.map((_, i) => i === 0 ? '"a,b"' : `00${i}`);
    const rows = [
      `id,${header.replaceAll("pixel", "x")}`,
      ...lines.map((line, i) => `${ids[i]},${line}`),
    ];
    const named = join(root, "named.csv");
    await put(named, rows.join("\n"));
    const text = await textOf(await predict(named, "named"), "predictions.csv");
    const labels = await predictionsIn(plain);
    const wanted = ["id,Label", ...ids.map((id, i) => `${id},${labels[i]}`), ""];
    assertEquals(text, wanted.join("\n"));
  });

  await t.step("names one's own classes", async () => {
    const source = await pictureFolder(join(root, "shapes"), { bar: 8, "big, disc": 8, "c": 8 });
    const own = join(root, "own.csv"), out = join(root, "own");
    const images = drawDigits({ count: 4, seed: 1, split: "test" });
    const pixels = images.images.subarray(0, 4 * SIDE * SIDE);
    await writeCsv(own, { ...images, height: SIDE, width: SIDE, images: pixels }, false);
    const flags = ["--preset", "smoke", "--no-tune", "--data", source, "--predict", own];
    await startRow(ROW, out, flags);
    const text = await textOf(plainFolder(out, `${ROW}@shapes`), "predictions.csv");
    const lines = text.trimEnd().split("\n").slice(1);
    assertEquals(lines.length, 4);
    for (const [i, line] of lines.entries()) {
      assert([`${i + 1},bar`, `${i + 1},"big, disc"`, `${i + 1},c`].includes(line), line);
    }
  });

  await t.step("is written again by --resume, which may name another file", async () => {
    const out = join(root, "plain"), two = join(root, "two.csv");
    const before = await predictionsIn(plain);
    await writeCsv(two, { ...test, count: 2, images: test.images.subarray(0, 2 * 784) }, false);
    await startRow(ROW, out, [...RESUME, "--data-dir", noData(out), "--predict", two]);
    assertEquals(await predictionsIn(plain), before.slice(0, 2));
  });

  await t.step("refuses a file before anything is trained", async () => {
    const small = join(root, "small.csv"), broken = join(root, "broken.csv");
    const none = join(root, "none.csv");
    const piece = { ...test, height: 2, width: 2, images: test.images.subarray(0, 4 * TEST) };
    await writeCsv(small, piece, false);
    await put(broken, `${await textOf(file)}1,2,3\n`);
    const columns = "its 4 pixel columns are not those of images of 28x28 pixels and 1";
    for (
      const [path, message] of [
        [small, `Cannot use ${small}: ${columns}`],
        [none, `Cannot read ${none}: it is not there`],
        [broken, `line ${TEST + 2}`],
      ]
    ) {
      await assertRejects(() => predict(path, "refused"), RunError, message);
      assertEquals(isThere(rowFolder(join(root, "refused"), ROW)), false);
    }
  });
});
