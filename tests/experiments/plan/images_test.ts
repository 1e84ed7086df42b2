import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { parseOptions } from "../parse_options.ts";
import { loadImages } from "../../../experiments/plan/images.ts";
import type { SetName } from "../../../data/sets/facts.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { writeWhole } from "../../../src/base/files.ts";
import { cifarBatches } from "../../data/cifar_bytes.ts";
import { idxImages, idxLabels } from "../../data/idx_bytes.ts";
import { diskTest } from "../../on_disk.ts";

const SETS = [
  { dataset: "mnist", shape: [28, 28, 1], labels: [0, 1, 2] },
  { dataset: "fashion-mnist", shape: [28, 28, 1], labels: [0, 1, 2] },
  { dataset: "cifar-10", shape: [32, 32, 3], labels: [0, 1, 1] },
] as const;

/** Loads the images of a row on another data set. */
const load = (flags: string, directory?: string, dataset: SetName = "mnist") =>
  loadImages(
    { ...parseOptions(["xent-mnist-2", ...flags.split(" ").filter(Boolean)])!.plan, dataset },
    directory,
  );

/** MNIST of 6 training and 3 test images, or what has its format, and a CIFAR-10 of 10 and 3. */
async function writeSets(directory: string): Promise<void> {
  for (const folder of ["mnist", "fashion-mnist"]) {
    for (const [split, count] of [["train", 6], ["t10k", 3]] as const) {
      const file = (name: string) => join(directory, folder, `${split}-${name}`);
      await writeWhole(file("images-idx3-ubyte"), idxImages(count, 28, 28));
      await writeWhole(file("labels-idx1-ubyte"), idxLabels(...Array(count).keys()));
    }
  }
  await cifarBatches(directory, 2, 3);
}

Deno.test("loadImages() draws digits by the plan's sizes and seed", async () => {
  const sizes = "--train-size 20 --test-size 10 --batch-size 8";
  const { train, test, drawn } = await load(sizes, undefined, "digits");
  assertEquals(drawn, false, "these digits are the row's own data set");
  assertEquals([train.count, train.split, test.count, test.split], [20, "train", 10, "test"]);
  const other = await load(`${sizes} --seed 2`, undefined, "digits");
  assertNotEquals(other.train.images, train.images);
});

diskTest("loadImages() reads a data set, all of it or its beginning", async (directory) => {
  await writeSets(directory);
  const all = await load("--batch-size 6", directory);
  assertEquals([all.train.count, all.test.count], [6, 3]);
  for (const { dataset, shape, labels } of SETS) {
    for (const preset of ["paper", "smoke"]) {
      const flags = `--batch-size 2 --train-size 3 --test-size 2 --preset ${preset}`;
      const { train, test, drawn } = await load(flags, directory, dataset);
      assertEquals([train.name, test.name, drawn], [dataset, dataset, false]);
      assertEquals([train.channels, [...train.labels], test.count], [shape[2], [...labels], 2]);
    }
  }
  const some = await load("--batch-size 2 --train-size 3", directory);
  assertEquals(some.train.images, all.train.images.subarray(0, 3 * 784));
});

diskTest("loadImages() draws for a smoke run what is not there", async (directory) => {
  for (const { dataset, shape } of SETS) {
    const { train, test, drawn } = await load("--preset smoke", directory, dataset);
    assertEquals([train.name, train.count, test.count, drawn], ["digits", 40, 20, true]);
    assertEquals([train.height, train.width, train.channels], [...shape]);
    const other = await load("--preset smoke --seed 2", directory, dataset);
    assertNotEquals(other.train.images, train.images);
    for (const preset of ["paper", "quick"]) {
      await assertRejects(
        () => load(`--preset ${preset}`, directory, dataset),
        RunError,
        `Download it with \`deno task data ${dataset}\``,
      );
    }
  }
});

const refused: [flags: string, message: string][] = [
  ["--train-size 200", "--train-size is 200, but mnist has 6 train images"],
  ["--batch-size 2 --test-size 4", "--test-size is 4, but mnist has 3 test images"],
  ["--batch-size 7", "--batch-size is 7, more than the 6 training images: no batch"],
];
diskTest(
  "loadImages() refuses more images than there are, and folders that are none",
  async (directory) => {
    await writeSets(directory);
    for (const [flags, message] of refused) {
      await assertRejects(() => load(flags, directory), UsageError, message);
    }
    const file = join(directory, "file");
    await Deno.writeTextFile(file, "");
    for (const path of [join(directory, "none"), file]) {
      for (const preset of ["paper", "quick", "smoke"]) {
        const message = `--data-dir ${path} is no folder: name the one with the data sets`;
        await assertRejects(() => load(`--preset ${preset}`, path), UsageError, message);
      }
    }
  },
);

diskTest("loadImages() says what is missing, where, and both ways to get it", async (directory) => {
  const { message } = await assertRejects(
    () => load("", directory),
    RunError,
    `no train-images-idx3-ubyte.gz (or train-images-idx3-ubyte) in ${join(directory, "mnist")}. ` +
      "Download it with `deno task data mnist`, or put the four official files there",
  );
  assertEquals(message.includes("\n"), false);
});

diskTest(
  "loadImages() draws nothing where files are broken or only some are missing",
  async (directory) => {
    await writeSets(directory);
    const labels = join(directory, "mnist", "train-labels-idx1-ubyte");
    const refuse = (dataset: SetName, message: string) =>
      assertRejects(() => load("--preset smoke", directory, dataset), RunError, message);
    await Deno.truncate(labels, 9);
    await refuse("mnist", `Cannot read ${labels}: it is cut short`);
    await Deno.remove(labels);
    await refuse("mnist", "no train-labels-idx1-ubyte.gz");
    await Deno.remove(join(directory, "cifar-10", "cifar-10-batches-bin", "data_batch_2.bin"));
    await refuse("cifar-10", "no cifar-10-batches-bin/data_batch_2.bin in");
  },
);
