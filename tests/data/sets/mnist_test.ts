// deno-lint-ignore-file no-console
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { dataDirectory } from "../../../data/download/directory.ts";
import { FASHION_MNIST } from "../../../data/sets/fashion_mnist.ts";
import { findIdxSet, loadIdxSet, unpublishedParts } from "../../../data/sets/idx_set.ts";
import { loadMnist, MNIST } from "../../../data/sets/mnist.ts";
import { sha256Of } from "../../../data/download/sums.ts";
import { RunError } from "../../../src/base/errors.ts";
import { granted } from "../../permissions.ts";
import { gzip, idxImages, idxLabels } from "../idx_bytes.ts";
import { diskTest } from "../temp_directory.ts";

/** A test in a data directory with an empty folder `mnist` in it. */
function mnistTest(name: string, act: (directory: string, folder: string) => Promise<void>): void {
  diskTest(name, async (directory) => {
    const folder = join(directory, "mnist");
    await Deno.mkdir(folder);
    await act(directory, folder);
  });
}

const images = idxImages(3, 28, 28);
const labels = idxLabels(7, 2, 1);

mnistTest("loadMnist() reads packed and unpacked files", async (directory, folder) => {
  await Deno.writeFile(join(folder, "t10k-images-idx3-ubyte.gz"), await gzip(images));
  await Deno.writeFile(join(folder, "t10k-labels-idx1-ubyte"), labels);
  const set = await loadMnist(directory, "test");
  assertEquals({ ...set, images: set.images.length, labels: [...set.labels] }, {
    name: "mnist",
    split: "test",
    count: 3,
    height: 28,
    width: 28,
    channels: 1,
    images: 3 * 28 * 28,
    labels: [7, 2, 1],
    classNames: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  });
});

mnistTest("loadMnist() says where it looked for a missing file", async (directory, folder) => {
  const { message } = await assertRejects(() => loadMnist(directory, "train"), RunError);
  for (
    const part of [
      `no train-images-idx3-ubyte.gz (or train-images-idx3-ubyte) in ${folder}`,
      "deno task data mnist",
      "--data-dir DIR",
      "CENTERLAB_DATA",
    ]
  ) assert(message.includes(part), `"${part}" is not in: ${message}`);
});

mnistTest("loadMnist() refuses a directory in a file's place", async (directory, folder) => {
  await Deno.mkdir(join(folder, "t10k-images-idx3-ubyte"));
  await assertRejects(
    () => loadMnist(directory, "test"),
    RunError,
    `Cannot read ${
      join(folder, "t10k-images-idx3-ubyte")
    }: it is a directory, but should be a file`,
  );
});

const cutShort = (await gzip(images)).slice(0, -4);
const pairs: [string, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>, string][] = [
  ["counts that differ", images, idxLabels(1, 2), "3 images, but 2 labels"],
  [
    "counts that differ, before pixels are read",
    cutShort,
    idxLabels(1, 2),
    "3 images, but 2 labels",
  ],
  ["images of another size", idxImages(3, 32, 32), labels, "32x32 pixels, MNIST's are 28x28"],
  [
    "a damaged image file",
    images.slice(0, 900),
    labels,
    "it is cut short, 900 bytes where 3x28x28",
  ],
  ["a damaged label file", images, idxLabels(1, 2, 12), "label 2 (counted from 0) is 12"],
];
for (const [what, imageBytes, labelBytes, message] of pairs) {
  mnistTest(`loadMnist() refuses ${what}`, async (directory, folder) => {
    await Deno.writeFile(join(folder, "train-images-idx3-ubyte"), imageBytes);
    await Deno.writeFile(join(folder, "train-labels-idx1-ubyte"), labelBytes);
    await assertRejects(() => loadMnist(directory, "train"), RunError, message);
  });
}

Deno.test("loadMnist() reads the real files", async () => {
  if (!(await granted("read"))) return;
  const { path } = dataDirectory();
  if ((await findIdxSet(MNIST, path)).missing.length > 0) {
    return console.log(`left out: no MNIST in ${path} (deno task data mnist, or CENTERLAB_DATA)`);
  }
  const train = await loadMnist(path, "train"), test = await loadMnist(path, "test");
  assertEquals([train.count, test.count], [60_000, 10_000]);
  assertEquals([...train.labels.subarray(0, 5)], [5, 0, 4, 1, 9]);
  assertEquals([...test.labels.subarray(0, 5)], [7, 2, 1, 0, 4]);
});

mnistTest("unpublishedParts() tells other contents by their SHA-256", async (directory, folder) => {
  await Deno.writeFile(join(folder, "t10k-images-idx3-ubyte"), images);
  await Deno.writeFile(join(folder, "t10k-labels-idx1-ubyte"), labels);
  const set = await loadMnist(directory, "test");
  assertEquals(await unpublishedParts(MNIST, set), ["images", "labels"]);
  const files = structuredClone(MNIST.files);
  files.test.images.sha256 = await sha256Of(images);
  assertEquals(await unpublishedParts({ ...MNIST, files }, set), ["labels"]);
  delete files.test.labels.sha256;
  assertEquals(await unpublishedParts({ ...MNIST, files }, set), []);
});

for (const source of [MNIST, FASHION_MNIST]) {
  Deno.test(`the real files of ${source.title} have the published contents`, async () => {
    if (!(await granted("read"))) return;
    const { path } = dataDirectory();
    if ((await findIdxSet(source, path)).missing.length > 0) {
      return console.log(`left out: no ${source.title} in ${path} (CENTERLAB_DATA)`);
    }
    for (const split of ["train", "test"] as const) {
      assertEquals(await unpublishedParts(source, await loadIdxSet(source, path, split)), []);
    }
  });
}
