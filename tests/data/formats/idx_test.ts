import { assertEquals, assertRejects } from "@std/assert";
import { idxBytes, type IdxPart, readIdx } from "../../../data/formats/idx.ts";
import { RunError } from "../../../src/base/errors.ts";
import { idxImages, idxLabels } from "../idx_bytes.ts";

Deno.test("readIdx() reads sizes and bytes, in pieces of any size", async () => {
  const file = idxImages(2);
  for (const size of [1, 7, 16, 100]) {
    const starts = Array.from({ length: Math.ceil(file.length / size) }, (_, i) => size * i);
    const pieces = starts.map((at) => file.subarray(at, at + size));
    const { sizes, bytes } = await readIdx(pieces, "a.idx", "images");
    assertEquals([sizes, [...bytes]], [[2, 2, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]);
  }
  const { sizes, bytes } = await readIdx([idxLabels(3, 0, 9)], "a.idx", "labels");
  assertEquals([sizes, [...bytes]], [[3], [3, 0, 9]]);
});

const claim = Uint8Array.of(0, 0, 8, 3, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 28, 0, 0, 0, 28);
const refusals: [what: string, part: IdxPart, bytes: Uint8Array<ArrayBuffer>, message: string][] = [
  [
    "labels for images",
    "images",
    idxLabels(1, 2, 3),
    "read a.idx: it starts with 2049, IDX images with 2051",
  ],
  [
    "images for labels",
    "labels",
    idxImages(1),
    "read a.idx: it starts with 2051, IDX labels with 2049",
  ],
  ["an empty file", "images", new Uint8Array(0), "read a.idx: it is empty"],
  [
    "an end within the magic",
    "images",
    idxImages(1).slice(0, 3),
    "read a.idx: it ends after 3 bytes, within its 16-byte header",
  ],
  [
    "an end within the header",
    "images",
    idxImages(1).slice(0, 15),
    "read a.idx: it ends after 15 bytes, within its 16-byte header",
  ],
  [
    "images cut short",
    "images",
    idxImages(2).slice(0, -1),
    "read a.idx: it is cut short after 27 bytes, where 2x2x3 pixels take 28",
  ],
  [
    "labels cut short",
    "labels",
    idxLabels(1, 2, 3).slice(0, -2),
    "read a.idx: it is cut short after 9 bytes, where 3 labels take 11",
  ],
  [
    "bytes after the images",
    "images",
    Uint8Array.of(...idxImages(2), 0),
    "read a.idx: it is longer than its header says, where 2x2x3 pixels take 28",
  ],
  ["zero images", "images", idxImages(0), "use a.idx: it holds no images"],
  ["zero labels", "labels", idxLabels(), "use a.idx: it holds no labels"],
  ["no pixels", "images", idxImages(2, 0, 3), "use a.idx: its images are 0x3 pixels"],
  [
    "a label over 9",
    "labels",
    idxLabels(1, 9, 10, 11),
    "use a.idx: label 2 (counted from 0) is 10, but labels go from 0 to 9",
  ],
  [
    "more than fits into memory",
    "images",
    claim,
    "use a.idx: its header claims 4294967295x28x28 pixels; 400,000,000 are the most",
  ],
];
for (const [what, part, bytes, message] of refusals) {
  Deno.test(`readIdx() refuses ${what}`, async () => {
    const error = await assertRejects(() => readIdx([bytes], "a.idx", part), RunError);
    assertEquals(error.message, `Cannot ${message}`);
  });
}

Deno.test("readIdx() reads no more than the header claims, and nothing where its sizes are refused", async () => {
  let read = 0;
  const endless = function* () {
    yield idxImages(2).slice(0, 16);
    for (;; read++) yield new Uint8Array(10);
  };
  await assertRejects(() => readIdx(endless(), "a.idx", "images"), RunError, "it is longer than");
  assertEquals(read, 1);
  const refused = () =>
    readIdx(endless(), "a.idx", "images", (sizes) => {
      throw new RunError(`no ${sizes}`);
    });
  await assertRejects(refused, RunError, "no 2,2,3");
  assertEquals(read, 1);
});

Deno.test("idxBytes() writes what readIdx() reads", () => {
  const images = { sizes: [2, 2, 3], bytes: idxImages(2).slice(16) };
  assertEquals(idxBytes(images), idxImages(2));
  assertEquals(idxBytes({ sizes: [3], bytes: Uint8Array.of(1, 2, 3) }), idxLabels(1, 2, 3));
});
