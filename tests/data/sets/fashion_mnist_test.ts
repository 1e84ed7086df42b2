// deno-lint-ignore-file no-console
import { assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { dataDirectory } from "../../../data/download/directory.ts";
import { FASHION_MNIST, loadFashionMnist } from "../../../data/sets/fashion_mnist.ts";
import { downloadIdxSet } from "../../../data/sets/idx_download.ts";
import { findIdxSet } from "../../../data/sets/idx_set.ts";
import { RunError } from "../../../src/base/errors.ts";
import { granted } from "../../permissions.ts";
import { gzip, idxImages, idxLabels } from "../idx_bytes.ts";
import { mirrorTest, serve } from "../mirror.ts";
import { diskTest } from "../temp_directory.ts";

diskTest("loadFashionMnist() reads its own folder and has its own names", async (directory) => {
  const folder = join(directory, "fashion-mnist");
  await Deno.mkdir(folder);
  await Deno.writeFile(join(folder, "t10k-images-idx3-ubyte.gz"), await gzip(idxImages(2, 28, 28)));
  await Deno.writeFile(join(folder, "t10k-labels-idx1-ubyte"), idxLabels(9, 0));
  const set = await loadFashionMnist(directory, "test");
  assertEquals([set.name, set.split, set.count, set.channels], ["fashion-mnist", "test", 2, 1]);
  assertEquals(set.classNames, [
    ...["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"],
    ...["Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
  ]);
  await assertRejects(
    () => loadFashionMnist(directory, "train"),
    RunError,
    `Cannot find Fashion-MNIST: no train-images-idx3-ubyte.gz (or train-images-idx3-ubyte) in ${folder}. ` +
      "Download it with `deno task data fashion-mnist`, or put the four official files there",
  );
  await Deno.writeFile(join(folder, "t10k-images-idx3-ubyte"), idxImages(2, 32, 32));
  await assertRejects(
    () => loadFashionMnist(directory, "test"),
    RunError,
    "as Fashion-MNIST: its images are 32x32 pixels, Fashion-MNIST's are 28x28",
  );
});

mirrorTest("downloadIdxSet() gets four files that can be loaded", async (directory) => {
  const images = await gzip(idxImages(2, 28, 28)), labels = await gzip(idxLabels(3, 4));
  const asked: string[] = [];
  await using mirror = serve((request) => {
    const name = new URL(request.url).pathname.slice(1);
    asked.push(name);
    return new Response(name.includes("images") ? images : labels);
  });
  const sum = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex");
  const { train, test } = FASHION_MNIST.files;
  const ours = ({ images: { name }, labels: { name: other } }: typeof train) => ({
    images: { name, md5: sum(images) },
    labels: { name: other, md5: sum(labels) },
  });
  const source = {
    ...FASHION_MNIST,
    files: { train: ours(train), test: ours(test) },
    mirrors: [mirror.url],
  };
  const outcomes: string[] = [];
  const report = { progress: () => {}, done: (_: string, o: string) => void outcomes.push(o) };
  await downloadIdxSet(source, directory, report);
  assertEquals((await loadFashionMnist(directory, "train")).count, 2);
  assertEquals((await findIdxSet(source, directory)).missing, []);
  await downloadIdxSet(source, directory, report);
  assertEquals(outcomes, [...Array(4).fill("downloaded"), ...Array(4).fill("already there")]);
  assertEquals(asked, [
    ...["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"],
    ...["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"],
  ]);
});

Deno.test("loadFashionMnist() reads the real files", async () => {
  if (!(await granted("read"))) return;
  const { path } = dataDirectory();
  if ((await findIdxSet(FASHION_MNIST, path)).missing.length > 0) {
    return console.log(
      `left out: no Fashion-MNIST in ${path} (deno task data fashion-mnist, or CENTERLAB_DATA)`,
    );
  }
  const train = await loadFashionMnist(path, "train"), test = await loadFashionMnist(path, "test");
  assertEquals([train.count, test.count], [60_000, 10_000]);
  assertEquals([...train.labels.subarray(0, 5)], [9, 0, 0, 3, 0]);
  assertEquals([...test.labels.subarray(0, 5)], [9, 2, 1, 1, 6]);
});
