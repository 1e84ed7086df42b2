// deno-lint-ignore-file no-console
import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { dataDirectory } from "../../../data/download/directory.ts";
import { loadCifar10 } from "../../../data/sets/cifar10.ts";
import { FASHION_MNIST, loadFashionMnist } from "../../../data/sets/fashion_mnist.ts";
import {
  downloadIdxSet,
  findIdxSet,
  loadIdxSet,
  unpublishedParts,
} from "../../../data/sets/idx_set.ts";
import { loadMnist, MNIST } from "../../../data/sets/mnist.ts";
import { RunError } from "../../../src/base/errors.ts";
import { sha256 } from "../../../src/base/sha256.ts";
import { granted } from "../../permissions.ts";
import { gzip } from "../archives.ts";
import { idxImages, idxLabels } from "../idx_bytes.ts";
import { mirrorTest, serve } from "../mirror.ts";
import { put } from "../pictures.ts";
import { diskTest } from "../../on_disk.ts";

const images = idxImages(3, 28, 28), labels = idxLabels(7, 2, 1);
const TEST_IMAGES = "t10k-images-idx3-ubyte", TEST_LABELS = "t10k-labels-idx1-ubyte";

diskTest("loadMnist() reads packed and unpacked files", async (directory) => {
  await put(join(directory, "mnist", `${TEST_IMAGES}.gz`), await gzip(images));
  await put(join(directory, "mnist", TEST_LABELS), labels);
  assertEquals(await loadMnist(directory, "test"), {
    ...{ name: "mnist", split: "test", count: 3, height: 28, width: 28, channels: 1 },
    images: images.slice(16),
    labels: Uint8Array.of(7, 2, 1),
    classNames: [..."0123456789"],
  });
});

diskTest("loadFashionMnist() reads its own folder and has its own names", async (directory) => {
  const folder = join(directory, "fashion-mnist");
  await put(join(folder, TEST_IMAGES), images);
  await put(join(folder, TEST_LABELS), idxLabels(9, 0, 0));
  const set = await loadFashionMnist(directory, "test");
  assertEquals([set.name, set.classNames.length], ["fashion-mnist", 10]);
  assertEquals([set.classNames[0], set.classNames[9]], ["T-shirt/top", "Ankle boot"]);
  await assertRejects(
    () => loadFashionMnist(directory, "train"),
    RunError,
    `Cannot find Fashion-MNIST: no train-images-idx3-ubyte.gz (or train-images-idx3-ubyte) in ${folder}. ` +
      "Download it with `deno task data fashion-mnist`, or put the four official files there; " +
      "another place is named by --data-dir DIR or CENTERLAB_DATA",
  );
});

Deno.test("loaders of published sets refuse a split that is none, by its name", async () => {
  for (const load of [loadMnist, loadFashionMnist, loadCifar10]) {
    const message = 'split is "val"; it must be one of train, test';
    // deno-lint-ignore no-explicit-any
    await assertRejects(() => load("data", "val" as any), RangeError, message);
  }
});

diskTest("loadMnist() refuses a directory in a file's place", async (directory) => {
  const path = join(directory, "mnist", TEST_IMAGES);
  await Deno.mkdir(path, { recursive: true });
  const message = `Cannot read ${path}: it is a directory, but should be a file`;
  await assertRejects(() => loadMnist(directory, "test"), RunError, message);
});

const cutShort = (await gzip(images)).slice(0, -4);
const pairs: [string, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, string][] = [
  ["counts that differ", images, idxLabels(1, 2), "3 images, but 2 labels"],
  ["counts that differ, before pixels are read", cutShort, idxLabels(1, 2), "3 images, but 2"],
  ["images of another size", idxImages(3, 32, 32), labels, "32x32 pixels, MNIST's are 28x28"],
  ["a damaged image file", images.slice(0, 900), labels, "it is cut short after 900 bytes"],
  ["a damaged label file", images, idxLabels(1, 2, 12), "label 2 (counted from 0) is 12"],
];
for (const [what, imageBytes, labelBytes, message] of pairs) {
  diskTest(`loadMnist() refuses ${what}`, async (directory) => {
    await put(join(directory, "mnist", "train-images-idx3-ubyte"), imageBytes);
    await put(join(directory, "mnist", "train-labels-idx1-ubyte"), labelBytes);
    await assertRejects(() => loadMnist(directory, "train"), RunError, message);
  });
}

diskTest("unpublishedParts() tells other contents by their SHA-256", async (directory) => {
  await put(join(directory, "mnist", TEST_IMAGES), images);
  await put(join(directory, "mnist", TEST_LABELS), labels);
  const set = await loadMnist(directory, "test");
  assertEquals(await unpublishedParts(MNIST, set), ["images", "labels"]);
  const sums = { ...MNIST.sha256.test, images: await sha256(images) };
  const source = { ...MNIST, sha256: { ...MNIST.sha256, test: sums } };
  assertEquals(await unpublishedParts(source, set), ["labels"]);
});

mirrorTest("downloadIdxSet() gets four files whose contents are right, once", async (directory) => {
  const packed = { images: await gzip(images), labels: await gzip(labels) };
  const asked: string[] = [];
  const answer = (wrong: boolean) => (request: Request) => {
    const name = new URL(request.url).pathname.slice(1);
    asked.push(name);
    if (wrong) return new Response(name.includes("images") ? packed.labels : packed.images);
    return new Response(name.includes("images") ? packed.images : packed.labels);
  };
  await using lying = serve(answer(true));
  await using mirror = serve(answer(false));
  const sums = { images: await sha256(images), labels: await sha256(labels) };
  const source = { ...MNIST, sha256: { train: sums, test: sums }, mirrors: [mirror.url] };
  const outcomes: string[] = [];
  const report = { progress: () => {}, done: (_: string, o: string) => void outcomes.push(o) };
  await assertRejects(
    () => downloadIdxSet({ ...source, mirrors: [lying.url] }, directory, report),
    RunError,
    "it starts with 2049, IDX images with 2051",
  );
  await assertRejects(
    () => downloadIdxSet({ ...MNIST, mirrors: [mirror.url] }, directory, report),
    RunError,
    `the file has SHA-256 ${sums.images} instead of ${MNIST.sha256.train.images}`,
  );
  asked.length = 0;
  await downloadIdxSet(source, directory, report);
  assertEquals((await loadMnist(directory, "train")).count, 3);
  assertEquals((await findIdxSet(source, directory)).missing, []);
  await downloadIdxSet(source, directory, report);
  assertEquals(outcomes, [...Array(4).fill("downloaded"), ...Array(4).fill("already there")]);
  assertEquals(asked, [
    ...["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"],
    ...[`${TEST_IMAGES}.gz`, `${TEST_LABELS}.gz`],
  ]);
});

const firstLabels = {
  mnist: { train: [5, 0, 4, 1, 9], test: [7, 2, 1, 0, 4] },
  "fashion-mnist": { train: [9, 0, 0, 3, 0], test: [9, 2, 1, 1, 6] },
};
for (const source of [MNIST, FASHION_MNIST]) {
  Deno.test(`loadIdxSet() reads the real files of ${source.title}, which are the published ones`, async () => {
    if (!(await granted("read"))) return;
    const { path } = dataDirectory();
    if ((await findIdxSet(source, path)).missing.length > 0) {
      return console.log(`left out: no ${source.title} in ${path} (CENTERLAB_DATA)`);
    }
    for (const [split, count] of [["train", 60_000], ["test", 10_000]] as const) {
      const set = await loadIdxSet(source, path, split);
      assertEquals(set.count, count);
      const first = firstLabels[source.name as keyof typeof firstLabels][split];
      assertEquals([...set.labels.subarray(0, 5)], first);
      assertEquals(await unpublishedParts(source, set), []);
    }
  });
}
