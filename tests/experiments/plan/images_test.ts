import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { loadImages } from "../../../experiments/plan/images.ts";
import { writeWhole } from "../../../src/base/files.ts";
import { parseOptions } from "../../../experiments/flags/exp.ts";
import type { DatasetName } from "../../../experiments/rows/experiment.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { cifarBatches } from "../../data/cifar_bytes.ts";
import { idxImages, idxLabels } from "../../data/idx_bytes.ts";
import { diskTest } from "../../data/temp_directory.ts";

const planOf = (line: string) => parseOptions(line.split(" "))!.plan;

/** A row on another data set. */
const planOn = (dataset: DatasetName, flags: string) => ({
  ...planOf(`xent-mnist-2 ${flags}`),
  dataset,
});

/** A data directory with an MNIST of 6 training and 3 test images, or what has its format. */
async function smallMnist(directory: string, folder = "mnist"): Promise<void> {
  for (const [split, count] of [["train", 6], ["t10k", 3]] as const) {
    const file = (name: string) => join(directory, folder, `${split}-${name}`);
    await writeWhole(file("images-idx3-ubyte"), idxImages(count, 28, 28));
    await writeWhole(file("labels-idx1-ubyte"), idxLabels(...Array(count).keys()));
  }
}

Deno.test("loadImages() draws digits by the plan's sizes and seed", async () => {
  const sizes = "cent-digits-2 --train-size 20 --test-size 10";
  const { train, test, drawn } = await loadImages(planOf(sizes));
  assertEquals(drawn, false, "these digits are the row's own data set");
  assertEquals([train.count, train.split, test.count, test.split], [20, "train", 10, "test"]);
  const other = await loadImages(planOf(`${sizes} --seed 2`));
  assertEquals(other.train.images.every((byte, i) => byte === train.images[i]), false);
});

diskTest("loadImages() reads MNIST, all of it or its beginning", async (directory) => {
  await smallMnist(directory);
  const all = await loadImages(planOf("xent-mnist-2 --batch-size 6"), directory);
  assertEquals([all.train.count, all.test.count, all.drawn], [6, 3, false]);
  const sizes = "xent-mnist-2 --batch-size 2 --train-size 4 --test-size 1";
  const some = await loadImages(planOf(sizes), directory);
  assertEquals([[...some.train.labels], [...some.test.labels]], [[0, 1, 2, 3], [0]]);
  assertEquals(some.train.images, all.train.images.subarray(0, 4 * 784));
});

diskTest(
  "loadImages() refuses more images than there are, and batches that would never be full",
  async (directory) => {
    await smallMnist(directory);
    const refuse = (flags: string, message: string) =>
      assertRejects(
        () => loadImages(planOf(`xent-mnist-2 ${flags}`), directory),
        UsageError,
        message,
      );
    await refuse("--train-size 200", "--train-size is 200, but mnist has 6 train images");
    await refuse("--batch-size 2 --test-size 4", "--test-size is 4, but mnist has 3 test images");
    await refuse("--batch-size 7", "--batch-size is 7, more than the 6 training images: no batch");
  },
);

diskTest(
  "loadImages() says where it looked for data, and both ways to get them",
  async (directory) => {
    const error = await assertRejects(
      () => loadImages(planOf("xent-mnist-2"), directory),
      RunError,
      `no train-images-idx3-ubyte.gz (or train-images-idx3-ubyte) in ${
        join(directory, "mnist")
      }. ` +
        "Download it with `deno task data mnist`, or put the four official files there",
    );
    assertEquals(error.message.includes("\n"), false);
  },
);

diskTest(
  "loadImages() refuses a --data-dir that is no folder, in every preset",
  async (directory) => {
    const file = join(directory, "file");
    await Deno.writeTextFile(file, "");
    for (const path of [join(directory, "none"), file]) {
      for (const preset of ["paper", "quick", "smoke"]) {
        await assertRejects(
          () => loadImages(planOf(`xent-mnist-2 --preset ${preset}`), path),
          UsageError,
          `--data-dir ${path} is no folder: name the one with the data sets`,
        );
      }
    }
  },
);

diskTest("loadImages() reads Fashion-MNIST and CIFAR-10 by name", async (directory) => {
  await smallMnist(directory, "fashion-mnist");
  await cifarBatches(directory, 2, 3);
  const flags = "--batch-size 2 --train-size 3 --test-size 2";
  for (
    const [dataset, channels, labels] of [
      ["fashion-mnist", 1, [0, 1, 2]],
      ["cifar-10", 3, [0, 1, 1]],
    ] as const
  ) {
    for (const preset of ["", " --preset smoke"]) {
      const { train, test, drawn } = await loadImages(
        planOn(dataset, flags + preset),
        directory,
      );
      assertEquals([train.name, test.name, drawn], [dataset, dataset, false]);
      assertEquals([train.channels, [...train.labels], test.count], [channels, [...labels], 2]);
    }
  }
});

diskTest("loadImages() draws for a smoke run what is not there", async (directory) => {
  for (
    const [dataset, shape] of [
      ["mnist", [28, 28, 1]],
      ["fashion-mnist", [28, 28, 1]],
      ["cifar-10", [32, 32, 3]],
    ] as const
  ) {
    const plan = planOn(dataset, "--preset smoke");
    const { train, test, drawn } = await loadImages(plan, directory);
    assertEquals([train.name, train.count, test.count, drawn], ["digits", 40, 20, true]);
    assertEquals([train.height, train.width, train.channels], [...shape]);
    const { drawn: _, ...other } = await loadImages({ ...plan, seed: 2 }, directory);
    assertEquals(other.train.images.every((byte, i) => byte === train.images[i]), false);
    for (const preset of ["paper", "quick"]) {
      await assertRejects(
        () => loadImages(planOn(dataset, `--preset ${preset}`), directory),
        RunError,
        `Download it with \`deno task data ${dataset}\``,
      );
    }
  }
});

diskTest(
  "loadImages() draws nothing where files are broken or only some are missing",
  async (directory) => {
    await smallMnist(directory);
    const labels = join(directory, "mnist", "train-labels-idx1-ubyte");
    await Deno.truncate(labels, 9);
    const mnist = () => loadImages(planOn("mnist", "--preset smoke"), directory);
    await assertRejects(mnist, RunError, `Cannot read ${labels}: it is cut short`);
    await Deno.remove(labels);
    await assertRejects(mnist, RunError, "no train-labels-idx1-ubyte.gz");
    await cifarBatches(directory, 1, 1);
    await Deno.remove(join(directory, "cifar-10", "cifar-10-batches-bin", "data_batch_2.bin"));
    await assertRejects(
      () => loadImages(planOn("cifar-10", "--preset smoke"), directory),
      RunError,
      "no cifar-10-batches-bin/data_batch_2.bin in",
    );
  },
);
