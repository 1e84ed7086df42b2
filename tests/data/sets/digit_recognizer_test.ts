import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { CATALOG } from "../../../data/sets/catalog.ts";
import { main as data } from "../../../data/cli.ts";
import {
  findDigitRecognizer,
  loadDigitRecognizer,
  loadUnlabelled,
} from "../../../data/sets/digit_recognizer.ts";
import { RunError } from "../../../src/base/errors.ts";
import { printed } from "../../printed.ts";
import { put } from "../pictures.ts";
import { diskTest } from "../../on_disk.ts";

const csv = (...labels: number[]) =>
  ["label,pixel0", ...labels.map((label, i) => `${label},${i}`)].join("\n");

/** Writes the two files. */
async function bring(directory: string, train: string, test?: string): Promise<void> {
  await put(join(directory, "digit-recognizer", "train.csv"), train);
  if (test !== undefined) await put(join(directory, "digit-recognizer", "test.csv"), test);
}

diskTest("loadDigitRecognizer() holds out the last sixth of the lines", async (directory) => {
  await bring(directory, csv(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2));
  const train = await loadDigitRecognizer(directory, "train");
  const test = await CATALOG["digit-recognizer"].files!.load(directory, "test");
  assertEquals([train.name, train.split, train.count], ["digit-recognizer", "train", 11]);
  assertEquals([test.split, test.count], ["test", 2]);
  assertEquals([[...test.labels], [...test.images]], [[1, 2], [11, 12]]);
  assertEquals([...train.images], [...Array(11).keys()]);
  assertEquals([train.classNames, test.classNames], Array(2).fill([..."0123456789"]));
});

diskTest("loadDigitRecognizer() refuses one class, and files without labels", async (directory) => {
  const path = join(directory, "digit-recognizer", "train.csv");
  await bring(directory, csv(2, 2));
  await assertRejects(
    () => loadDigitRecognizer(directory, "train"),
    RunError,
    `Cannot use ${path}: all its images are of class 2; two classes are the fewest`,
  );
  await bring(directory, "pixel0\n1");
  await assertRejects(
    () => loadDigitRecognizer(directory, "train"),
    RunError,
    `Cannot train or test with ${path}: it has no labels`,
  );
});

diskTest("loadUnlabelled() reads test.csv, if it is there, without labels", async (directory) => {
  assertEquals(await loadUnlabelled(directory), undefined);
  await bring(directory, csv(1, 2), "pixel0\n7\n8\n");
  const images = { count: 2, height: 1, width: 1, channels: 1, images: Uint8Array.of(7, 8) };
  assertEquals(await loadUnlabelled(directory), images);
  await bring(directory, csv(1, 2), csv(5, 6));
  assertEquals(await loadUnlabelled(directory), { ...images, images: Uint8Array.of(0, 1) });
  await bring(directory, csv(1, 2), "pixel0\n7\n-8\n");
  await assertRejects(() => loadUnlabelled(directory), RunError, "line 3, column 1 is -8");
});

diskTest("findDigitRecognizer() misses train.csv alone", async (directory) => {
  const find = () => findDigitRecognizer(directory);
  assertEquals(await find(), { found: [], missing: ["train.csv"] });
  await bring(directory, csv(0, 1));
  assertEquals(await find(), { found: ["train.csv"], missing: [] });
  await bring(directory, csv(0, 1), "pixel0\n7\n");
  assertEquals(await find(), { found: ["train.csv", "test.csv"], missing: [] });
});

diskTest("main() of data says in one line how to come by Kaggle's files", async (directory) => {
  const run = () => data(["digit-recognizer", "--data-dir", directory]);
  await assertRejects(
    run,
    RunError,
    `Cannot download Kaggle's Digit Recognizer to ${join(directory, "digit-recognizer")}: ` +
      "Kaggle asks for an account. Put train.csv and test.csv there " +
      "(https://www.kaggle.com/c/digit-recognizer/data), or make them from MNIST with `deno task data:csv mnist`",
  );
  const load = () => loadDigitRecognizer(directory, "test");
  await assertRejects(load, RunError, "Kaggle asks for an account");
  const { out } = await printed(() => data(["--data-dir", directory]));
  assertEquals(out.includes("missing train.csv\n"), true, out);
  assertEquals(out.includes("get it: from Kaggle, or deno task data:csv mnist\n"), true, out);
  await bring(directory, csv(0, 1), "pixel0\n7\n");
  const { out: there } = await printed(run);
  assertEquals(there.match(/\.csv: already there, and can be read\n/g)?.length, 2, there);
});
