// deno-lint-ignore-file no-console
import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { findCifar10, loadCifar10 } from "../../../data/sets/cifar10.ts";
import { dataDirectory } from "../../../data/download/directory.ts";
import { RunError } from "../../../src/base/errors.ts";
import { writeWhole } from "../../../src/base/files.ts";
import { granted } from "../../permissions.ts";
import { cifarBatch, cifarBatches, cifarFiles } from "../cifar_bytes.ts";
import { gzip } from "../idx_bytes.ts";
import { tar, tarOf } from "../tar_bytes.ts";
import { diskTest } from "../temp_directory.ts";

const ARCHIVE = "cifar-10-binary.tar.gz";
const batchIn = (directory: string, name: string) =>
  join(directory, "cifar-10", "cifar-10-batches-bin", name);

/** Puts an archive there. */
async function pack(directory: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const path = join(directory, "cifar-10", ARCHIVE);
  await writeWhole(path, bytes);
  return path;
}

diskTest("loadCifar10() joins the unpacked batches in their order", async (directory) => {
  await cifarBatches(directory, 2, 3);
  const train = await loadCifar10(directory, "train");
  assertEquals({ ...train, images: train.images.length, labels: [...train.labels] }, {
    name: "cifar-10",
    split: "train",
    count: 10,
    height: 32,
    width: 32,
    channels: 3,
    images: 10 * 32 * 32 * 3,
    labels: [0, 1, 1, 2, 2, 3, 3, 4, 4, 5],
    classNames: [
      ...["airplane", "automobile", "bird", "cat", "deer"],
      ...["dog", "frog", "horse", "ship", "truck"],
    ],
  });
  const firstPixels = Array.from(
    train.labels,
    (_, i) => [...train.images.subarray(i * 3072).slice(0, 3)],
  );
  assertEquals(firstPixels, Array.from(train.labels, (l) => [10 * l, 10 * l + 1, 10 * l + 2]));
  const test = await loadCifar10(directory, "test");
  assertEquals([test.split, test.count, [...test.labels]], ["test", 3, [0, 1, 2]]);
});

diskTest(
  "loadCifar10() takes the batches out of the archive, whatever their order",
  async (directory) => {
    await cifarBatches(directory, 2, 3);
    const train = await loadCifar10(directory, "train"),
      test = await loadCifar10(directory, "test");
    const files = cifarFiles(2, 3);
    await Deno.remove(join(directory, "cifar-10"), { recursive: true });
    for (const order of [[...files], [...files].reverse()]) {
      await pack(directory, await gzip(tarOf(new Map(order))));
      assertEquals(await loadCifar10(directory, "train"), train);
      assertEquals(await loadCifar10(directory, "test"), test);
    }
    await pack(directory, tarOf(files)); // unpacked on the way, and not renamed
    assertEquals(await loadCifar10(directory, "test"), test);
  },
);

diskTest("loadCifar10() prefers unpacked batches, if they are complete", async (directory) => {
  await cifarBatches(directory, 1, 1);
  await pack(directory, await gzip(tarOf(cifarFiles(2, 2))));
  assertEquals((await loadCifar10(directory, "train")).count, 5);
  await Deno.remove(batchIn(directory, "data_batch_4.bin"));
  assertEquals((await loadCifar10(directory, "train")).count, 10);
  assertEquals((await loadCifar10(directory, "test")).count, 1);
});

diskTest("loadCifar10() says where it looked for what is missing", async (directory) => {
  await cifarBatches(directory, 1, 1);
  await Deno.remove(batchIn(directory, "data_batch_3.bin"));
  const { message } = await assertRejects(() => loadCifar10(directory, "train"), RunError);
  assertEquals(
    message,
    `Cannot find CIFAR-10: no ${ARCHIVE} (or cifar-10-batches-bin/data_batch_3.bin) in ` +
      `${join(directory, "cifar-10")}. Download it with \`deno task data cifar-10\`, ` +
      "or put the official archive or its unpacked batches there; another place is named by " +
      "--data-dir DIR or CENTERLAB_DATA (DIR holds a folder cifar-10)",
  );
});

const overTen = cifarBatch(2);
overTen[3073] = 77;
const batches: [string, Uint8Array<ArrayBuffer>, string][] = [
  ["that is cut short", cifarBatch(2).slice(0, -1), "its 6145 bytes are no multiple of the 3073"],
  ["that is empty", new Uint8Array(0), "it is empty"],
  ["with a label over 9", overTen, "label 1 (counted from 0) is 77, but labels go from 0 to 9"],
];
for (const [what, bytes, state] of batches) {
  diskTest(`loadCifar10() refuses a batch ${what}, packed or not`, async (directory) => {
    await cifarBatches(directory, 1, 1);
    const path = batchIn(directory, "data_batch_2.bin");
    await Deno.writeFile(path, bytes);
    const loose = await assertRejects(() => loadCifar10(directory, "train"), RunError);
    assert(loose.message.includes(`${path}: ${state}`), loose.message);
    await Deno.remove(join(directory, "cifar-10"), { recursive: true });
    const name = "cifar-10-batches-bin/data_batch_2.bin";
    const archive = await pack(
      directory,
      await gzip(tarOf(new Map([...cifarFiles(1, 1), [name, bytes]]))),
    );
    const packed = await assertRejects(() => loadCifar10(directory, "train"), RunError);
    assert(packed.message.includes(`${name} in ${archive}: ${state}`), packed.message);
  });
}

diskTest("loadCifar10() looks at the lengths of both splits before it reads", async (directory) => {
  await cifarBatches(directory, 1, 1);
  const path = batchIn(directory, "test_batch.bin");
  await Deno.truncate(path, 3073 * 3_000_000); // sparse
  await assertRejects(
    () => loadCifar10(directory, "train"),
    RunError,
    `Cannot use ${path}: it has 3000000 records; 10,000 are the most`,
  );
});

const whole = await gzip(tarOf(cifarFiles(1, 1)));
const wrongSum = whole.slice();
wrongSum[whole.length - 6] ^= 1;
const partial = cifarFiles(1, 1);
partial.delete("cifar-10-batches-bin/data_batch_5.bin");
const archives: [string, Uint8Array<ArrayBuffer>, string][] = [
  [
    "without a batch",
    await gzip(tarOf(partial)),
    "is no cifar-10-batches-bin/data_batch_5.bin in it",
  ],
  ["that is cut short", whole.slice(0, -20), "its gzip data is damaged or cut short"],
  ["whose sum is wrong", wrongSum, "its gzip data is damaged or cut short"],
  [
    "cut short before it was packed",
    await gzip(tarOf(partial).slice(0, 5000)),
    "cut short after 5000",
  ],
  ["that leaves its folder", await gzip(tar({ path: "../x" })), 'entry "../x" leaves the folder'],
  ["with a link", await gzip(tar({ path: "x", type: "2" })), "is a symbolic link"],
  ["that is none", await gzip(new Uint8Array(999).fill(1)), "it is no tar archive"],
];
for (const [what, bytes, message] of archives) {
  diskTest(`loadCifar10() refuses an archive ${what}`, async (directory) => {
    await pack(directory, bytes);
    const error = await assertRejects(() => loadCifar10(directory, "train"), RunError, message);
    assertEquals(error.message.includes("\n"), false);
  });
}

diskTest("loadCifar10() refuses a directory in a batch's place", async (directory) => {
  await Deno.mkdir(batchIn(directory, "test_batch.bin"), { recursive: true });
  await assertRejects(() => loadCifar10(directory, "test"), RunError, "it is a directory");
});

diskTest("findCifar10() wants the archive, or all batches", async (directory) => {
  assertEquals(await findCifar10(directory), { found: [], missing: [ARCHIVE] });
  await cifarBatches(directory, 1, 1);
  const all = await findCifar10(directory);
  assertEquals([all.found.length, all.missing], [6, []]);
  await Deno.remove(batchIn(directory, "test_batch.bin"));
  const some = await findCifar10(directory);
  assertEquals([some.found.length, some.missing], [5, ["cifar-10-batches-bin/test_batch.bin"]]);
  await pack(directory, whole);
  assertEquals((await findCifar10(directory)).missing, []);
});

Deno.test("loadCifar10() reads the real files", async () => {
  if (!(await granted("read"))) return;
  const { path } = dataDirectory();
  if ((await findCifar10(path)).missing.length > 0) {
    return console.log(
      `left out: no CIFAR-10 in ${path} (deno task data cifar-10, or CENTERLAB_DATA)`,
    );
  }
  const train = await loadCifar10(path, "train"), test = await loadCifar10(path, "test");
  assertEquals([train.count, test.count], [50_000, 10_000]);
  assertEquals([...train.labels.subarray(0, 5)], [6, 9, 9, 4, 1]);
  assertEquals([...test.labels.subarray(0, 5)], [3, 8, 8, 0, 6]);
  assertEquals(channelMeans(train.images), ["0.491", "0.482", "0.447"]);
});

/** Of values from 0 to 1. */
function channelMeans(images: Uint8Array): string[] {
  let red = 0, green = 0, blue = 0;
  for (let i = 0; i < images.length; i += 3) {
    red += images[i];
    green += images[i + 1];
    blue += images[i + 2];
  }
  return [red, green, blue].map((sum) => (sum / 255 / (images.length / 3)).toFixed(3));
}
