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
const longer = Uint8Array.of(...idxImages(2), 0);
const refusals: [what: string, part: IdxPart, bytes: Uint8Array<ArrayBuffer>, message: string][] = [
  [
    "labels for images",
    "images",
    idxLabels(1),
    "read A: it starts with 2049, IDX images with 2051",
  ],
  [
    "images for labels",
    "labels",
    idxImages(1),
    "read A: it starts with 2051, IDX labels with 2049",
  ],
  ["an empty file", "images", new Uint8Array(0), "read A: it is empty"],
  ...[3, 15].map((length): typeof refusals[0] => [
    `an end after ${length} bytes`,
    "images",
    idxImages(1).slice(0, length),
    `read A: it ends after ${length} bytes, within its 16-byte header`,
  ]),
  [
    "images cut short",
    "images",
    idxImages(2).slice(0, -1),
    "read A: it is cut short after 27 bytes, where 2x2x3 pixels take 28",
  ],
  [
    "labels cut short",
    "labels",
    idxLabels(1, 2, 3).slice(0, -2),
    "read A: it is cut short after 9 bytes, where 3 labels take 11",
  ],
  ["more bytes", "images", longer, "longer than its header says, where 2x2x3 pixels take 28"],
  ["zero images", "images", idxImages(0), "use A: it holds no images"],
  ["zero labels", "labels", idxLabels(), "use A: it holds no labels"],
  ["no pixels", "images", idxImages(2, 0, 3), "use A: its images are 0x3 pixels"],
  [
    "a label over 9",
    "labels",
    idxLabels(1, 9, 10, 11),
    "use A: label 2 (counted from 0) is 10, but",
  ],
  ["a large claim", "images", claim, "claims 4294967295x28x28 pixels; 400,000,000 are the most"],
];
for (const [what, part, bytes, message] of refusals) {
  Deno.test(`readIdx() refuses ${what}`, async () => {
    await assertRejects(() => readIdx([bytes], "A", part), RunError, message);
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
