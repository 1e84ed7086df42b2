import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { main } from "../../data/csv_cli.ts";
import { readCsv } from "../../data/sets/csv_file.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { printed } from "../printed.ts";
import { idxImages, smallMnist } from "./idx_bytes.ts";
import { put } from "./pictures.ts";
import { diskTest } from "../on_disk.ts";

const there = "there are mnist, fashion-mnist";
const misuses: [string, string[], string][] = [
  ["no data set", [], `Which data set? deno task data:csv NAME; ${there}`],
  ["two data sets", ["mnist", "cifar-10"], "One data set at a time, not 2: mnist cifar-10"],
  [
    "an unknown data set",
    ["mnits"],
    `Unknown data set "mnits": did you mean "mnist"? T${there.slice(1)}`,
  ],
  [
    "drawn digits",
    ["digits"],
    `Cannot write digits as CSV: it is drawn by the program, and not kept in files; ${there}`,
  ],
  [
    "images in color, without a look at them",
    ["cifar-10"],
    `Cannot write cifar-10 as CSV: its images are in color, and Kaggle's form is for grey ones; ${there}`,
  ],
  [
    "its own files",
    ["digit-recognizer"],
    `Cannot write digit-recognizer as CSV: it has that form already; ${there}`,
  ],
];
for (const [what, args, message] of misuses) {
  Deno.test(`main() of data:csv refuses ${what}`, async () => {
    assertEquals((await assertRejects(() => main(args), UsageError)).message, message);
  });
}

diskTest(
  "main() of data:csv writes Kaggle's two files, all there is or its beginning",
  async (directory) => {
    await smallMnist(directory, 6, 3);
    const run = (...flags: string[]) =>
      printed(() => main(["mnist", "--data-dir", directory, ...flags]));
    const folder = join(directory, "digit-recognizer");
    const [train, test] = ["train.csv", "test.csv"].map((name) => join(folder, name));
    const { result, out } = await run();
    assertEquals([result, out], [
      0,
      `${train}: 6 images with labels\n${test}: 3 images, no labels\n`,
    ]);
    assertEquals((await Deno.readTextFile(train)).startsWith("label,pixel0,pixel1,"), true);
    assertEquals((await Deno.readTextFile(test)).startsWith("pixel0,pixel1,"), true);
    const [labelled, bare] = [await readCsv(train), await readCsv(test)];
    assertEquals([labelled.labels, bare.labels], [Uint8Array.of(0, 1, 2, 3, 4, 5), undefined]);
    assertEquals(labelled.images, idxImages(6, 28, 28).subarray(16));
    assertEquals(bare.images, idxImages(3, 28, 28).subarray(16));

    await assertRejects(
      () => run(),
      RunError,
      `Cannot write ${train}: it is there already; --overwrite replaces it`,
    );
    await Deno.remove(train);
    await assertRejects(() => run(), RunError, `Cannot write ${test}: it is there already`);
    assertEquals(
      (await Array.fromAsync(Deno.readDir(folder))).length,
      1,
      "and nothing was written",
    );
    await run("--overwrite", "--train-size", "2", "--test-size=1");
    assertEquals([(await readCsv(train)).count, (await readCsv(test)).count], [2, 1]);
    const other = join(directory, "new", "place");
    await run("--to", other);
    assertEquals((await readCsv(join(other, "train.csv"))).count, 6);
    assertEquals((await Array.fromAsync(Deno.readDir(other))).length, 2, "no part is left behind");
  },
);

diskTest("main() of data:csv refuses more than there is", async (directory) => {
  await smallMnist(directory, 6, 3);
  const run = (...args: string[]) => main([...args, "--data-dir", directory]);
  await assertRejects(
    () => run("mnist", "--train-size", "7"),
    UsageError,
    "--train-size is 7, but mnist has 6 train images",
  );
  await assertRejects(
    () => run("mnist", "--test-size", "4"),
    UsageError,
    "--test-size is 4, but mnist has 3 test images",
  );
  await assertRejects(() => run("fashion-mnist"), RunError, "Cannot find Fashion-MNIST");
});

diskTest("main() of data:csv leaves nothing behind where it cannot write", async (directory) => {
  await smallMnist(directory, 6, 3);
  await put(join(directory, "file"), "");
  await assertRejects(
    () => main(["mnist", "--data-dir", directory, "--to", join(directory, "file")]),
    RunError,
    join(directory, "file"),
  );
});
