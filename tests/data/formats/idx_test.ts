import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "node:path";
import {
  idxBytes,
  parseIdxImages,
  parseIdxLabels,
  readIdx,
  readIdxSizes,
} from "../../../data/formats/idx.ts";
import { RunError } from "../../../src/base/errors.ts";
import { gzip, idxImages, idxLabels } from "../idx_bytes.ts";
import { diskTest } from "../temp_directory.ts";

Deno.test("parseIdxImages() reads sizes and pixels", () => {
  const { count, height, width, images } = parseIdxImages(idxImages(2), "images");
  assertEquals([count, height, width], [2, 2, 3]);
  assertEquals([...images], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

Deno.test("parseIdxImages() reads bytes that do not start their buffer", () => {
  const shifted = Uint8Array.of(9, 9, 9, ...idxImages(1)).subarray(3);
  assertEquals(parseIdxImages(shifted, "images").count, 1);
});

Deno.test("parseIdxLabels() reads labels", () => {
  assertEquals([...parseIdxLabels(idxLabels(3, 0, 9), "labels")], [3, 0, 9]);
});

const refusals: [string, () => unknown, string][] = [
  [
    "parseIdxImages() refuses a wrong magic",
    () => parseIdxImages(idxLabels(1, 2, 3), "a.idx"),
    "Cannot read a.idx: it starts with 2049, IDX images with 2051",
  ],
  [
    "parseIdxLabels() refuses a wrong magic",
    () => parseIdxLabels(idxImages(1), "a.idx"),
    "Cannot read a.idx: it starts with 2051, IDX labels with 2049",
  ],
  [
    "parseIdxImages() refuses an empty file",
    () => parseIdxImages(new Uint8Array(0), "a.idx"),
    "Cannot read a.idx: it is empty",
  ],
  [
    "parseIdxLabels() refuses an empty file",
    () => parseIdxLabels(new Uint8Array(0), "a.idx"),
    "Cannot read a.idx: it is empty",
  ],
  [
    "parseIdxImages() refuses a file that ends within its magic",
    () => parseIdxImages(idxImages(1).slice(0, 3), "a.idx"),
    "Cannot read a.idx: it ends after 3 bytes, within its 16-byte header",
  ],
  [
    "parseIdxImages() refuses a file that ends within its header",
    () => parseIdxImages(idxImages(1).slice(0, 15), "a.idx"),
    "Cannot read a.idx: it ends after 15 bytes, within its 16-byte header",
  ],
  [
    "parseIdxImages() refuses a truncated file",
    () => parseIdxImages(idxImages(2).slice(0, -1), "a.idx"),
    "Cannot read a.idx: it is cut short, 27 bytes where 2x2x3 pixels take 28",
  ],
  [
    "parseIdxLabels() refuses a truncated file",
    () => parseIdxLabels(idxLabels(1, 2, 3).slice(0, -2), "a.idx"),
    "Cannot read a.idx: it is cut short, 9 bytes where 3 labels take 11",
  ],
  [
    "parseIdxImages() refuses trailing bytes",
    () => parseIdxImages(Uint8Array.of(...idxImages(2), 0), "a.idx"),
    "Cannot read a.idx: it is longer than its header says, 29 bytes where 2x2x3 pixels take 28",
  ],
  [
    "parseIdxLabels() refuses trailing bytes",
    () => parseIdxLabels(Uint8Array.of(...idxLabels(1), 0, 0), "a.idx"),
    "Cannot read a.idx: it is longer than its header says, 11 bytes where 1 labels take 9",
  ],
  [
    "parseIdxImages() refuses zero images",
    () => parseIdxImages(idxImages(0), "a.idx"),
    "Cannot use a.idx: it holds no images",
  ],
  [
    "parseIdxLabels() refuses zero labels",
    () => parseIdxLabels(idxLabels(), "a.idx"),
    "Cannot use a.idx: it holds no labels",
  ],
  [
    "parseIdxImages() refuses images without pixels",
    () => parseIdxImages(idxImages(2, 0, 3), "a.idx"),
    "Cannot use a.idx: its images are 0x3 pixels",
  ],
  [
    "parseIdxLabels() refuses a label over 9",
    () => parseIdxLabels(idxLabels(1, 9, 10, 11), "a.idx"),
    "Cannot use a.idx: label 2 (counted from 0) is 10, but labels go from 0 to 9",
  ],
];

for (const [name, act, message] of refusals) {
  Deno.test(name, () => {
    assertEquals(assertThrows(act, RunError).message, message);
  });
}

diskTest("readIdx() reads no more than a header claims, packed or not", async (directory) => {
  const path = join(directory, "a.idx");
  for (const packed of [false, true]) {
    const write = async (bytes: Uint8Array<ArrayBuffer>) =>
      await Deno.writeFile(path, packed ? await gzip(bytes) : bytes);
    await write(idxImages(2));
    assertEquals(await readIdx(path, "images"), idxImages(2));
    await write(Uint8Array.of(...idxImages(2), 0, 0));
    await assertRejects(
      () => readIdx(path, "images"),
      RunError,
      `Cannot read ${path}: it is longer than its header says, ${
        packed ? "where 2x2x3 pixels take 28 bytes" : "30 bytes where 2x2x3 pixels take 28"
      }`,
    );
    await write(Uint8Array.of(0, 0, 8, 3, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 28, 0, 0, 0, 28));
    await assertRejects(
      () => readIdx(path, "images"),
      RunError,
      `Cannot use ${path}: its header claims 4294967295x28x28 pixels; 400,000,000 are the most`,
    );
    await write(idxImages(2).slice(0, -1));
    assertThrows(
      () => parseIdxImages(short, "a.idx"),
      RunError,
      "it is cut short, 27 bytes where 2x2x3 pixels take 28",
    );
    const read = readIdx(path, "images");
    if (packed) assertEquals(await read, short);
    else await assertRejects(() => read, RunError, "it is cut short, 27 bytes where 2x2x3");
  }
});
const short = idxImages(2).slice(0, -1);

Deno.test("idxBytes() writes what parseIdxImages() and parseIdxLabels() read", () => {
  assertEquals(idxBytes([2, 2, 3], idxImages(2).slice(16)), idxImages(2));
  assertEquals(idxBytes([3], Uint8Array.of(1, 2, 3)), idxLabels(1, 2, 3));
});

diskTest("readIdxSizes() refuses an unpacked file by its length", async (directory) => {
  const path = join(directory, "a.idx");
  await Deno.writeFile(path, idxImages(2));
  assertEquals(await readIdxSizes(path, "images"), [2, 2, 3]);
  await Deno.truncate(path, 2 ** 33); // sparse
  await assertRejects(
    () => readIdxSizes(path, "images"),
    RunError,
    `Cannot read ${path}: it is longer than its header says, 8589934592 bytes where`,
  );
  await Deno.writeFile(path, await gzip(idxImages(2)));
  assertEquals(await readIdxSizes(path, "images"), [2, 2, 3]);
});
