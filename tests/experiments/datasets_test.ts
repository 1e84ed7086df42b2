import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { loadImages } from "../../experiments/datasets.ts";
import { writeWhole } from "../../experiments/files.ts";
import { parseOptions } from "../../experiments/options.ts";
import { RunError, UsageError } from "../../src/errors.ts";
import { idxImages, idxLabels } from "../data/idx_bytes.ts";
import { diskTest } from "../data/temp_directory.ts";

const planOf = (line: string) => parseOptions(line.split(" "))!.plan;

/** A data directory with an MNIST of 6 training and 3 test images. */
async function smallMnist(directory: string): Promise<void> {
  for (const [split, count] of [["train", 6], ["t10k", 3]] as const) {
    const file = (name: string) => join(directory, "mnist", `${split}-${name}`);
    await writeWhole(file("images-idx3-ubyte"), idxImages(count, 28, 28));
    await writeWhole(file("labels-idx1-ubyte"), idxLabels(...Array(count).keys()));
  }
}

Deno.test("loadImages() draws digits by the plan's sizes and seed", async () => {
  const sizes = "cent-digits-2 --train-size 20 --test-size 10";
  const { train, test } = await loadImages(planOf(sizes));
  assertEquals([train.count, train.split, test.count, test.split], [20, "train", 10, "test"]);
  const other = await loadImages(planOf(`${sizes} --seed 2`));
  assertEquals(other.train.images.every((byte, i) => byte === train.images[i]), false);
});

diskTest("loadImages() reads MNIST, all of it or its beginning", async (directory) => {
  await smallMnist(directory);
  const all = await loadImages(planOf("xent-mnist-2 --batch-size 6"), directory);
  assertEquals([all.train.count, all.test.count], [6, 3]);
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
