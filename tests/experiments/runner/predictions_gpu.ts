/** Classes for images without labels. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { writeCsv } from "../../../data/sets/csv_file.ts";
import { drawDigits } from "../../../data/drawn/digits.ts";
import { RunError } from "../../../src/base/errors.ts";
import { gpu } from "../../../src/gpu/device.ts";
import { pictureFolder, SIDE } from "../../data/picture_folder.ts";
import { put } from "../../data/pictures.ts";
import { granted } from "../../permissions.ts";
import { drawnSizes, noData, rowFolder, SIZES, startRow } from "../run_folders.ts";

const TEST = 10;

/** Lines of a run's predictions, under the header. */
async function predictionsIn(folder: string): Promise<string[][]> {
  const text = await Deno.readTextFile(join(folder, "predictions.csv"));
  const [header, ...lines] = text.trimEnd().split("\n").map((line) => line.split(","));
  assertEquals(header, ["ImageId", "Label"]);
  assertEquals(lines.map(([id]) => id), lines.map((_, i) => String(i + 1)));
  return lines;
}

/** How many images of the test set a run took for each class, by its own rule. */
async function predictedIn(folder: string): Promise<number[]> {
  const text = await Deno.readTextFile(join(folder, "confusion.csv"));
  const rows = text.trimEnd().split("\n").slice(1).map((line) =>
    line.split(",").slice(1).map(Number)
  );
  return rows[0].map((_, k) => rows.reduce((sum, row) => sum + row[k], 0));
}

const countsOf = (labels: readonly string[], names: readonly string[]) =>
  names.map((name) => labels.filter((label) => label === name).length);

Deno.test("run() --predict", async (t) => {
  if (!await granted("read", "write")) return;
  const root = await Deno.makeTempDir();
  const digits = Array.from({ length: 10 }, (_, k) => String(k));
  const shape = { height: 28, width: 28, channels: 1, classes: 10 };
  // The test images of a run with seed 1, without their labels.
  const test = drawDigits({ ...shape, count: TEST, seed: 1, split: "test" });
  const file = join(root, "unlabelled.csv");
  await writeCsv(file, test, false);

  for (
    const [id, rule] of [["kz-softmax", "largest logit"], ["standalone-mnist-2", "nearest center"]]
  ) {
    await t.step(`classifies by the ${rule} under ${id}`, async () => {
      const out = join(root, id), folder = rowFolder(out, id);
      await startRow(id, out, [...drawnSizes(out), "--predict", file]);
      const labels = (await predictionsIn(folder)).map(([, label]) => label);
      assertEquals(labels.length, TEST);
      assertEquals(countsOf(labels, digits), await predictedIn(folder));
    });
  }

  await t.step("leaves out labels that the file has all the same", async () => {
    const labelled = join(root, "labelled.csv"), out = join(root, "labelled");
    await writeCsv(labelled, test, true);
    await startRow("kz-softmax", out, [...drawnSizes(out), "--predict", labelled]);
    const [a, b] = [out, join(root, "kz-softmax")].map((of) => rowFolder(of, "kz-softmax"));
    assertEquals(await predictionsIn(a), await predictionsIn(b));
  });

  await t.step("keeps the ids of the file", async () => {
    const lines = (await Deno.readTextFile(file)).trimEnd().split("\n");
    const named = join(root, "named.csv"), out = join(root, "named");
    const ids = ["id", ...lines.slice(1).map((_, i) => i === 0 ? '"a,b"' : `00${i}`)];
    const head = lines[0].split(",").map((name) => name.replace("pixel", "x"));
    const rows = [
      ["id", ...head].join(","),
      ...lines.slice(1).map((line, i) => `${ids[i + 1]},${line}`),
    ];
    await Deno.writeTextFile(named, rows.join("\n"));
    await startRow("kz-softmax", out, [...drawnSizes(out), "--predict", named]);
    const [mine, plain] = [out, join(root, "kz-softmax")].map((of) =>
      Deno.readTextFileSync(join(rowFolder(of, "kz-softmax"), "predictions.csv")).trimEnd().split(
        "\n",
      )
    );
    assertEquals(mine[0], "id,Label");
    const label = (line: string) => line.slice(line.lastIndexOf(",") + 1);
    assertEquals(mine.slice(1), ids.slice(1).map((id, i) => `${id},${label(plain[i + 1])}`));
  });

  await t.step("names one's own classes", async () => {
    const source = await pictureFolder(join(root, "shapes"), { bar: 8, "big, disc": 8, "c": 8 });
    const own = join(root, "own.csv"), out = join(root, "own");
    const images = drawDigits({ count: 4, seed: 1, split: "test" });
    const pixels = images.images.subarray(0, 4 * SIDE * SIDE);
    await writeCsv(own, { ...images, height: SIDE, width: SIDE, images: pixels }, false);
    const flags = ["--preset", "smoke", "--no-tune", "--data", source, "--predict", own];
    await startRow("kz-softmax", out, flags);
    const folder = rowFolder(out, "kz-softmax@shapes");
    const text = await Deno.readTextFile(join(folder, "predictions.csv"));
    const lines = text.trimEnd().split("\n").slice(1);
    assertEquals(lines.length, 4);
    for (const [i, line] of lines.entries()) {
      assert([`${i + 1},bar`, `${i + 1},"big, disc"`, `${i + 1},c`].includes(line), line);
    }
  });

  await t.step("is written again by --resume, which may name another file", async () => {
    const out = join(root, "kz-softmax"), folder = rowFolder(out, "kz-softmax");
    const before = await predictionsIn(folder);
    const two = join(root, "two.csv");
    await writeCsv(two, { ...test, count: 2, images: test.images.subarray(0, 2 * 784) }, false);
    const flags = ["--preset", "smoke", "--resume", "--data-dir", noData(out)];
    await startRow("kz-softmax", out, [...flags, "--predict", two]);
    assertEquals(await predictionsIn(folder), before.slice(0, 2));
  });

  await t.step("classifies Kaggle's test images by itself where they are there", async () => {
    const data = join(root, "data"), folder = join(data, "digit-recognizer");
    await writeCsv(
      join(folder, "train.csv"),
      drawDigits({ count: 48, seed: 2, split: "train" }),
      true,
    );
    const flags = [...SIZES.slice(0, 2), "--no-tune", "--data-dir", data, "--test-size", "8"];
    const run = async (out: string) => {
      await startRow("keras-lambda-0", out, flags);
      return rowFolder(out, "keras-lambda-0");
    };
    const without = await run(join(root, "without"));
    assertEquals(
      [...Deno.readDirSync(without)].some(({ name }) => name === "predictions.csv"),
      false,
    );
    await writeCsv(join(folder, "test.csv"), test, false);
    assertEquals((await predictionsIn(await run(join(root, "with")))).length, TEST);
  });

  await t.step("refuses a file before anything is trained", async () => {
    const small = join(root, "small.csv"), broken = join(root, "broken.csv");
    const piece = { ...test, height: 2, width: 2, images: test.images.subarray(0, 4 * TEST) };
    await writeCsv(small, piece, false);
    await put(broken, `${await Deno.readTextFile(file)}1,2,3\n`);
    const refusals: [string, string][] = [
      [
        small,
        `Cannot use ${small}: its 4 pixel columns are not those of images of 28x28 pixels and 1`,
      ],
      [join(root, "none.csv"), `Cannot read ${join(root, "none.csv")}: there is none`],
      [broken, `line ${TEST + 2}`],
    ];
    for (const [path, message] of refusals) {
      const out = join(root, "refused");
      await assertRejects(
        () => startRow("kz-softmax", out, [...drawnSizes(out), "--predict", path]),
        RunError,
        message,
      );
      await assertRejects(() => Deno.stat(rowFolder(out, "kz-softmax")), Deno.errors.NotFound);
    }
  });

  gpu().pool.trim();
  await Deno.remove(root, { recursive: true });
});
