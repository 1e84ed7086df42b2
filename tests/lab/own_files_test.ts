/** Images of one's own that no browser has to unpack. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { idxBytes } from "../../data/formats/idx.ts";
import { classPictures } from "../../lab/worker/class_folders.ts";
import { setsOf } from "../../lab/worker/own_files.ts";
import { RunError } from "../../src/base/errors.ts";

const SIDE = 8;

function csv(labels: readonly number[]): string {
  const pixels = Array.from({ length: SIDE * SIDE }, (_, i) => `pixel${i}`);
  const lines = labels.map((label, i) => [label, ...pixels.map((_, p) => (i + p) % 2)].join(","));
  return [["label", ...pixels].join(","), ...lines, ""].join("\n");
}

const given = (path: string, content: BlobPart) => ({ path, file: new File([content], path) });

async function packed(text: string): Promise<ArrayBuffer> {
  const packing = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return await new Response(packing).arrayBuffer();
}

const labels = Array.from({ length: 2000 }, (_, i) => i % 3);

Deno.test("setsOf() reads a packed CSV file that is many times as long unpacked", async () => {
  const text = csv(labels), bytes = await packed(text);
  assert(bytes.byteLength * 8 < text.length);
  const { train, test } = await setsOf([given("digits.csv.gz", bytes)]);
  assertEquals([train.count, test.count, train.classNames.length], [1700, 300, 3]);
  assertEquals(train.images.length, 1700 * SIDE * SIDE);
  assertEquals(test.images.reduce((sum, value) => sum + value, 0), 300 * SIDE * SIDE / 2);
});

Deno.test("setsOf() goes by the names of files, and by folders where those say nothing", async () => {
  const [a, b] = [csv(labels), csv(labels.slice(0, 300))];
  const counts = async (...files: ReturnType<typeof given>[]) => {
    const { train, test } = await setsOf(files);
    return [train.count, test.count];
  };
  assertEquals(await counts(given("latest/train.csv", a), given("latest/test.csv", b)), [
    2000,
    300,
  ]);
  assertEquals(await counts(given("test/digits.csv", b), given("train/digits.csv", a)), [
    2000,
    300,
  ]);
  const files = ["train", "t10k"].flatMap((split, i) =>
    [["images-idx3", [2 + i, 4, 4], 16], ["labels-idx1", [2 + i], 1]].map(([part, sizes, size]) => {
      const bytes = Uint8Array.from({ length: (2 + i) * (size as number) }, (_, p) => p % 2);
      const path = `training/${split}-${part}-ubyte`;
      return given(path, idxBytes({ sizes: sizes as number[], bytes }).buffer);
    })
  );
  assertEquals(await counts(...files.toReversed()), [2, 3]);
});

Deno.test("setsOf() mixes files that have a class after the other", async () => {
  const sorted = labels.toSorted();
  const { train, test } = await setsOf([
    given("train.csv", csv(sorted)),
    given("test.csv", csv(sorted)),
  ]);
  for (const set of [train, test]) assertEquals(new Set(set.labels.subarray(0, 30)).size, 3);
});

Deno.test("setsOf() does not look at what is hidden", async () => {
  const files = ["._a.csv", ".old/b.csv", "a.csv"].map((it) => given(it, csv([0, 1, 0, 1])));
  assertEquals((await setsOf(files)).train.count, 3);
});

Deno.test("classPictures() takes folders at one depth for classes, and train and test for what they say", () => {
  const kept = (...paths: string[]) =>
    classPictures(paths.map((path) => given(path, ""))).map(({ path, name, split }) =>
      [path, name, split ?? ""].join(" ")
    );
  assertEquals(
    kept("set/cat/0.png", "set/cover.png", "set/cat/more/9.png", "set/dog/1.png"),
    ["set/cat/0.png cat ", "set/dog/1.png dog "],
  );
  assertEquals(kept("cat/0.png", "dog/1.png", "2.png"), ["cat/0.png cat ", "dog/1.png dog "]);
  assertEquals(
    kept("a/b/train/cat/0.png", "a/b/test/cat/1.png", "a/b/test/2.png", "a/b/val/cat/3.png"),
    ["a/b/train/cat/0.png cat train", "a/b/test/cat/1.png cat test"],
  );
  assertEquals(kept("train/0.png", "bus/1.png"), ["train/0.png train ", "bus/1.png bus "]);
  assertEquals(kept("flat/0.png", "flat/1.png"), []);
  assertEquals(kept("A\u0308/0.png", "b/1.png"), ["A\u0308/0.png \u00c4 ", "b/1.png b "]);
});

const idx = (sizes: number[], length: number) => idxBytes({ sizes, bytes: new Uint8Array(length) });
const ubyte = (part: string, bytes: Uint8Array<ArrayBuffer>) =>
  given(`train-${part}-ubyte`, bytes.buffer);
const images = idx([2, 4, 4], 32);
const pair = (split: string, side: number) => [
  given(`${split}-images-idx3-ubyte`, idx([2, side, side], 2 * side * side).buffer),
  given(`${split}-labels-idx1-ubyte`, idxBytes({ sizes: [2], bytes: Uint8Array.of(0, 1) }).buffer),
];
const gone = () => new ReadableStream({ pull: (it) => it.error(new Error("gone")) });
const pictures = Array.from({ length: 100_001 }, (_, i) => given(`${i % 2}/${i}.png`, ""));

for (
  const [name, files, words] of [
    ["too many classes", [given("a.csv", csv([0, 1, 123456]))], "a.csv has labels to 123456"],
    [
      "three CSV files",
      ["a", "b", "c"].map((it) => given(`${it}.csv`, csv([0, 1]))),
      "3 CSV files",
    ],
    [
      "an IDX file that is cut short",
      [ubyte("images-idx3", images.slice(0, 40)), ubyte("labels-idx1", idx([2], 2))],
      "train-images-idx3-ubyte: it is cut short",
    ],
    [
      "an IDX file that claims too much",
      [ubyte("images-idx3", idx([4e9, 28, 28], 0)), ubyte("labels-idx1", idx([2], 2))],
      "header claims 4000000000x28x28",
    ],
    [
      "labels of another set",
      [ubyte("images-idx3", images), ubyte("labels-idx1", idx([3], 3))],
      "has 3 labels for 2 images",
    ],
    [
      "two CSV files for the same",
      ["a/one.csv", "b/two.csv"].map((it) => given(it, csv([0, 1]))),
      "a/one.csv and b/two.csv are both to train: name one train and the other test",
    ],
    [
      "two CSV files without labels",
      ["train.csv", "test.csv"].map((it) => given(it, csv([0, 1]).replace("label", "id"))),
      'train.csv and test.csv have no column "label"',
    ],
    ["two sizes", [...pair("train", 4), ...pair("t10k", 6)], "have 4x4 pixels"],
    ["too many pictures", pictures, "100001 pictures are too many"],
    ["a single image", [given("a.csv", csv([0]))], "A single image cannot be both trained"],
    [
      "a file that is gone",
      [{ path: "a.csv", file: Object.assign(new File(["label"], "a.csv"), { stream: gone }) }],
      "Cannot read a.csv: gone",
    ],
    ["nothing", [], "Cannot train on nothing"],
  ] as const
) {
  Deno.test(`setsOf() refuses ${name} in a line`, async () => {
    const { message } = await assertRejects(() => setsOf(files), RunError);
    assert(message.includes(words) && !message.includes("\n"), message);
  });
}
