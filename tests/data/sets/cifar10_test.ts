// deno-lint-ignore-file no-console
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  countCifarRecords,
  downloadCifar10,
  findCifar10,
  loadCifar10,
  readCifarRecords,
} from "../../../data/sets/cifar10.ts";
import { dataDirectory } from "../../../data/download/directory.ts";
import { RunError } from "../../../src/base/errors.ts";
import { granted } from "../../permissions.ts";
import { gzip, tar } from "../archives.ts";
import { cifarBatch, cifarBatches, cifarFiles } from "../cifar_bytes.ts";
import { mirrorTest, serve, withRanges } from "../mirror.ts";
import { put } from "../pictures.ts";
import { diskTest } from "../../on_disk.ts";

const ARCHIVE = "cifar-10-binary.tar.gz", FOLDER = "cifar-10-batches-bin";
const batchIn = (directory: string, name: string) => join(directory, "cifar-10", FOLDER, name);

/** Puts an archive there. */
async function pack(directory: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const path = join(directory, "cifar-10", ARCHIVE);
  await put(path, bytes);
  return path;
}

/** Takes all files away. */
const empty = (directory: string) => Deno.remove(join(directory, "cifar-10"), { recursive: true });

/** The packed archive of so many records a batch. */
const packed = async (train: number, test: number) =>
  await gzip(await tar(...cifarFiles(train, test)));

Deno.test("readCifarRecords() puts pixel (row, column) of each color where it belongs", () => {
  const bytes = new Uint8Array(2 * 3073).map((_, i) => (7 * i + i / 256) & 255);
  const images = new Uint8Array(2 * 3072), labels = new Uint8Array(2);
  bytes.set([4], 0);
  bytes.set([5], 3073);
  readCifarRecords(bytes, "batch", images, labels);
  assertEquals([...labels], [4, 5]);
  for (let i = 0; i < 2; i++) {
    for (const [row, column] of [[0, 0], [0, 31], [17, 5], [31, 31]]) {
      for (let c = 0; c < 3; c++) {
        const found = images[((i * 32 + row) * 32 + column) * 3 + c];
        assertEquals(found, bytes[i * 3073 + 1 + (c * 32 + row) * 32 + column]);
      }
    }
  }
});

Deno.test("countCifarRecords() refuses what is no whole number of records, or more than 10,000", () => {
  assertEquals(countCifarRecords(30_730_000, "batch"), 10_000);
  const refused = (length: number, message: string) =>
    assertThrows(() => countCifarRecords(length, "batch"), RunError, message);
  refused(0, "Cannot read batch: it is empty");
  refused(3073 * 10_001, "Cannot use batch: it has 10001 records; 10,000 are the most");
  for (const length of [1, 3072, 3074, 30_729_999]) {
    refused(length, `its ${length} bytes are no multiple of the 3073 of a record; it is cut short`);
  }
});

diskTest("loadCifar10() joins the unpacked batches in their order", async (directory) => {
  await cifarBatches(directory, 2, 3);
  const train = await loadCifar10(directory, "train");
  const { images, labels, classNames, ...rest } = train;
  const shape = { count: 10, height: 32, width: 32, channels: 3 };
  assertEquals(rest, { name: "cifar-10", split: "train", ...shape });
  assertEquals([images.length, ...labels], [10 * 3072, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5]);
  assertEquals([classNames.length, classNames[0], classNames[9]], [10, "airplane", "truck"]);
  const first = Array.from(labels, (_, i) => [...images.slice(i * 3072, i * 3072 + 3)]);
  assertEquals(first, Array.from(labels, (label) => [0, 1, 2].map((c) => 10 * label + c)));
  const test = await loadCifar10(directory, "test");
  assertEquals([test.split, test.count, [...test.labels]], ["test", 3, [0, 1, 2]]);
});

diskTest(
  "loadCifar10() takes the batches out of the archive, whatever their order",
  async (directory) => {
    await cifarBatches(directory, 2, 3);
    const sets = () =>
      Promise.all((["train", "test"] as const).map((split) => loadCifar10(directory, split)));
    const loose = await sets(), files = cifarFiles(2, 3);
    await empty(directory);
    for (const order of [files, files.toReversed()]) {
      await pack(directory, await gzip(await tar(...order)));
      assertEquals(await sets(), loose);
    }
    await pack(directory, await tar(...files)); // unpacked on the way, and not renamed
    assertEquals(await sets(), loose);
  },
);

diskTest("loadCifar10() prefers unpacked batches, if they are complete", async (directory) => {
  await cifarBatches(directory, 1, 1);
  await pack(directory, await packed(2, 2));
  assertEquals((await loadCifar10(directory, "train")).count, 5);
  await Deno.remove(batchIn(directory, "data_batch_4.bin"));
  assertEquals((await loadCifar10(directory, "train")).count, 10);
  assertEquals((await loadCifar10(directory, "test")).count, 1);
});

diskTest("loadCifar10() says where it looked for what is missing", async (directory) => {
  await cifarBatches(directory, 1, 1);
  await Deno.remove(batchIn(directory, "data_batch_3.bin"));
  await assertRejects(
    () => loadCifar10(directory, "train"),
    RunError,
    `Cannot find CIFAR-10: no ${FOLDER}/data_batch_3.bin in ${join(directory, "cifar-10")}. ` +
      "Download it with `deno task data cifar-10`, or put the official archive or its unpacked batches there;",
  );
});

const overTen = cifarBatch(2).fill(77, 3073, 3074);
const batches: [string, Uint8Array<ArrayBuffer>, string][] = [
  ["that is cut short", cifarBatch(2).slice(0, -1), "its 6145 bytes are no multiple of the 3073"],
  ["that is empty", new Uint8Array(0), "it is empty"],
  ["with a label over 9", overTen, "label 1 (counted from 0) is 77, but labels go from 0 to 9"],
];
for (const [what, bytes, state] of batches) {
  diskTest(`loadCifar10() refuses a batch ${what}, packed or not`, async (directory) => {
    await cifarBatches(directory, 1, 1);
    const path = batchIn(directory, "data_batch_2.bin"), name = `${FOLDER}/data_batch_2.bin`;
    await put(path, bytes);
    const load = () => loadCifar10(directory, "train");
    await assertRejects(load, RunError, `${path}: ${state}`);
    await empty(directory);
    const files = new Map([...cifarFiles(1, 1), [name, bytes]]);
    const archive = await pack(directory, await gzip(await tar(...files)));
    await assertRejects(load, RunError, `${name} in ${archive}: ${state}`);
  });
}

diskTest("loadCifar10() looks at the lengths of both splits before it reads", async (directory) => {
  await cifarBatches(directory, 1, 1);
  const path = batchIn(directory, "test_batch.bin");
  await Deno.truncate(path, 3073 * 3_000_000); // sparse
  const message = `Cannot use ${path}: it has 3000000 records; 10,000 are the most`;
  await assertRejects(() => loadCifar10(directory, "train"), RunError, message);
});

const whole = await packed(1, 1), partial = cifarFiles(1, 1).toSpliced(4, 1);
const archives: [string, Uint8Array<ArrayBuffer>, string][] = [
  ["without a batch", await gzip(await tar(...partial)), `no ${FOLDER}/data_batch_5.bin in it`],
  ["that is cut short", whole.slice(0, -20), "its gzip data is damaged or cut short"],
  ["whose sum is wrong", whole.with(-6, whole.at(-6)! ^ 1), "its gzip data is damaged or cut"],
  [
    "cut short before it was packed",
    await gzip((await tar(...partial)).slice(0, 5000)),
    "cut short",
  ],
  ["that leaves its folder", await gzip(await tar(["../x"])), 'entry "../x" leaves the folder'],
  ["with a link", await gzip(await tar(["x", undefined, "symlink"])), "is a symlink"],
  ["that is none", await gzip(new Uint8Array(999).fill(1)), "it is no tar archive"],
];
for (const [what, bytes, message] of archives) {
  diskTest(`loadCifar10() refuses an archive ${what}`, async (directory) => {
    await pack(directory, bytes);
    await assertRejects(() => loadCifar10(directory, "train"), RunError, message);
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
  const sums = [0, 0, 0];
  for (let i = 0; i < images.length; i++) sums[i % 3] += images[i];
  return sums.map((sum) => (sum / 255 / (images.length / 3)).toFixed(3));
}

const archive = await packed(2, 1);
const sum = createHash("md5").update(archive).digest("hex");

/** Downloads from these addresses; what is reported. */
async function downloaded(directory: string, ...urls: string[]): Promise<string[]> {
  const said: string[] = [];
  const done = (path: string, outcome: string) => void said.push(`${path}: ${outcome}`);
  await downloadCifar10(directory, { progress: () => {}, done }, urls, sum);
  return said;
}

mirrorTest("downloadCifar10() gets an archive that can be loaded, once", async (directory) => {
  let requests = 0;
  await using mirror = serve((request) => (requests++, withRanges(archive)(request)));
  await using moved = serve(() => Response.redirect(mirror.url));
  await using lost = serve((request) => Response.redirect(new URL("/new", request.url)));
  const path = join(directory, "cifar-10", ARCHIVE);
  assertEquals(await downloaded(directory, lost.url, moved.url), [`${path}: downloaded`]);
  assertEquals((await loadCifar10(directory, "train")).count, 10);
  assertEquals(await downloaded(directory, mirror.url), [`${path}: already there`]);
  assertEquals(requests, 1);
});

mirrorTest(
  "downloadCifar10() refuses another archive, and completes batches",
  async (directory) => {
    await cifarBatches(directory, 1, 1);
    await Deno.remove(batchIn(directory, "data_batch_1.bin"));
    await using lying = serve(withRanges(whole));
    await assertRejects(() => downloaded(directory, lying.url), RunError, `instead of ${sum}`);
    await using mirror = serve(withRanges(archive));
    await downloaded(directory, mirror.url);
    assertEquals((await loadCifar10(directory, "train")).count, 10);
  },
);

diskTest("downloadCifar10() keeps batches and archives that can be read", async (directory) => {
  await cifarBatches(directory, 1, 1);
  const batches = await downloaded(directory);
  assertEquals(batches.map((line) => line.replace(/^.*[/\\]/, "")), [
    ...[1, 2, 3, 4, 5].map((k) => `data_batch_${k}.bin: kept`),
    "test_batch.bin: kept",
  ]);
  await empty(directory);
  const path = await pack(directory, whole);
  assertEquals(await downloaded(directory), [`${path}: kept`]);
});

diskTest("downloadCifar10() says what of the user's cannot be used", async (directory) => {
  const wish = "It is left as it is; move it away to have it downloaded";
  const refused = () => assertRejects(() => downloaded(directory), RunError, wish);
  await cifarBatches(directory, 1, 1);
  const batch = batchIn(directory, "test_batch.bin");
  await put(batch, new Uint8Array(9));
  assert((await refused()).message.startsWith(`Cannot read ${batch}: its 9 bytes`));
  await empty(directory);
  const path = await pack(directory, await gzip(await tar(["/x"])));
  assert((await refused()).message.startsWith(`Cannot use ${path}: the path of its entry "/x"`));
});
