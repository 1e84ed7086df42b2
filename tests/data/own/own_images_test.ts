import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "node:path";
import { holdOut } from "../../../data/own/hold_out.ts";
import { loadOwnImages } from "../../../data/own/own_images.ts";
import { nameOf, parseSource } from "../../../data/own/source.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { plainPng, put } from "../pictures.ts";
import { diskTest } from "../../on_disk.ts";

const options = { testShare: 0.25, seed: 1 };

/** A CSV file of 1x1 pixels, which count up from 0. */
function csv(...labels: number[]): string {
  return ["label,pixel0", ...labels.map((label, i) => `${label},${i}`)].join("\n");
}

/** A folder of 1x1 pictures: so many of each class, of one grey value after another. */
async function folder(directory: string, counts: Record<string, number>): Promise<string> {
  let value = 0;
  for (const [name, count] of Object.entries(counts)) {
    for (let i = 0; i < count; i++, value++) {
      await put(join(directory, name, `${i}.png`), plainPng(1, 1, [value, value, value]));
    }
  }
  return `folder:${directory}`;
}

diskTest("loadOwnImages() holds out a share of each class", async (directory) => {
  const source = await folder(join(directory, "my set"), { cat: 8, dog: 4, owl: 2 });
  const { train, test, note } = await loadOwnImages({ ...options, source });
  assertEquals([train.name, train.split], ["my-set", "train"]);
  assertEquals([test.name, test.split], ["my-set", "test"]);
  assertEquals([train.count, test.count, note], [10, 4, undefined]);
  assertEquals([train.classNames, test.classNames], Array(2).fill(["cat", "dog", "owl"]));
  assertEquals([...test.labels].sort(), [0, 0, 1, 2]);
  assertEquals([...train.images, ...test.images].sort((a, b) => a - b), [...Array(14).keys()]);
  const classOf = (value: number) => value < 8 ? 0 : value < 12 ? 1 : 2;
  for (const { images, labels } of [train, test]) {
    assertEquals(Array.from(images, classOf), [...labels]);
  }
});

diskTest("loadOwnImages() keeps all images once, and each with its label", async (directory) => {
  const path = join(directory, "a.csv");
  const labels = Array.from({ length: 200 }, (_, i) => i % 7);
  await put(path, csv(...labels));
  for (const test of [undefined, `csv:${path}`]) {
    const sets = await loadOwnImages({ ...options, source: `csv:${path}`, test });
    for (const { images, labels } of [sets.train, sets.test]) {
      assertEquals([...labels], Array.from(images, (value) => value % 7));
    }
    const all = [...sets.train.images, ...test ? [] : sets.test.images];
    assertEquals(all.sort((a, b) => a - b), [...Array(200).keys()]);
    assertEquals(sets.train.images.buffer === sets.test.images.buffer, test === undefined);
  }
});

Deno.test("holdOut() divides classes of any size", () => {
  const { train, test } = holdOut(new Uint8Array(400_000), 0.25, 1);
  assertEquals([train.length, test.length], [300_000, 100_000]);
  assertEquals(new Set([...train, ...test]).size, 400_000);
});

diskTest("loadOwnImages() draws by the seed", async (directory) => {
  const path = join(directory, "a.csv");
  await put(path, csv(...Array(40).fill(3), ...Array(40).fill(5)));
  const source = `csv:${path}`;
  const one = await loadOwnImages({ ...options, source });
  assertEquals(one, await loadOwnImages({ ...options, source }));
  assertEquals([one.train.name, one.train.count, one.test.count], ["a", 60, 20]);
  assertEquals(one.train.classNames, ["3", "5"]);
  assertEquals(
    new Set(one.train.labels.subarray(0, 10)).size,
    2,
    "the first images are of all classes",
  );
  const { test } = await loadOwnImages({ ...options, source, seed: 2 });
  assertNotEquals([...test.images].sort(), [...one.test.images].sort());
});

diskTest(
  "loadOwnImages() keeps an image of each class on both sides, whatever the share",
  async (directory) => {
    const source = await folder(join(directory, "set"), { cat: 2, dog: 9 });
    for (const testShare of [0.001, 0.999]) {
      const { train, test } = await loadOwnImages({ source, testShare, seed: 3 });
      assertEquals([new Set(train.labels).size, new Set(test.labels).size], [2, 2]);
      assertEquals(testShare < 0.5 ? test.count : train.count, 2);
    }
  },
);

diskTest("loadOwnImages() tests with a second source of the same classes", async (directory) => {
  const source = await folder(join(directory, "set"), { "0": 1, "2": 2 });
  await put(join(directory, "test.csv"), csv(2, 0, 2));
  await put(join(directory, "set", "notes.txt"), "");
  const { train, test, note } = await loadOwnImages({
    ...options,
    source,
    test: `csv:${join(directory, "test.csv")}`,
  });
  assertEquals([train.count, test.count, test.name, test.split], [3, 3, "set", "test"]);
  assertEquals([train.classNames, test.classNames], [["0", "2"], ["0", "2"]]);
  const pairs = Array.from(test.labels, (label, i) => [test.images[i], label]).sort();
  assertEquals(pairs, [[0, 1], [1, 0], [2, 1]]);
  assertEquals(note, "left out: what is no .png, .jpg or .jpeg file of a class (1)");
});

diskTest("loadOwnImages() says where no pixel is above 1", async (directory) => {
  const path = join(directory, "a.csv");
  for (const [white, said] of [[1, true], [2, false]] as const) {
    await put(path, `label,pixel0\n0,0\n0,1\n1,${white}\n1,0\n`);
    const { note } = await loadOwnImages({ ...options, source: `csv:${path}` });
    assertEquals(
      note?.startsWith("all values of pixels are 0 or 1, where 255 is white") ?? false,
      said,
    );
  }
});

diskTest(
  "loadOwnImages() gives test pictures the shape of those to train on",
  async (directory) => {
    const source = await folder(join(directory, "set"), { cat: 2, dog: 2 });
    const other = join(directory, "other");
    await put(join(other, "cat", "a.png"), plainPng(3, 5, [250, 100, 0]));
    await put(join(other, "dog", "a.png"), plainPng(7, 4, [9, 9, 9]));
    const { test } = await loadOwnImages({ ...options, source, test: `folder:${other}` });
    assertEquals([test.height, test.width, test.channels], [1, 1, 1]);
    assertEquals([...test.images].sort(), [133, 9]);
  },
);

const one = "pixel0\n1", four = "label,a,b,c,d\n0,1,1,1,1";
const refusals: [what: string, train: string, test: string, message: string][] = [
  ["a class of one image", csv(0, 0, 1), "", "hold out images of A: class 1 has one only; add"],
  ["one class", csv(4, 4), "", "use A: all its images are of class 4; two classes are the fewest"],
  ["no labels", one, "", "train or test with A: it has no labels; call the column that holds"],
  ["no file", "", "", "read A: it is not there"],
  ["an unknown class", csv(0, 1), csv(0, 1, 7), "test with B: its class 7 is none to train on"],
  ["a skipped class", csv(0, 2), csv(0, 1, 2), "test with B: its class 1 is none to train on"],
  ["a class without test", csv(0, 1), csv(1), "test with B: it has no images of class 0"],
  ["test images without labels", csv(0, 1), one, "train or test with B: it has no labels"],
  ["test images of another size", csv(0, 1), four, "use B: its 4 pixel columns are not those of"],
];
for (const [what, train, test, message] of refusals) {
  diskTest(`loadOwnImages() refuses ${what}`, async (directory) => {
    const [a, b] = ["a.csv", "b.csv"].map((name) => join(directory, name));
    if (train) await put(a, train);
    if (test) await put(b, test);
    const sources = { source: `csv:${a}`, ...test && { test: `csv:${b}` } };
    const expected = `Cannot ${message.replace("A:", `${a}:`).replace("B:", `${b}:`)}`;
    await assertRejects(() => loadOwnImages({ ...options, ...sources }), RunError, expected);
  });
}

const values: [Partial<Parameters<typeof loadOwnImages>[0]>, string][] = [
  [{ testShare: 0 }, "Cannot hold out a share of 0: it must be above 0 and below 1"],
  [{ testShare: 1 }, "Cannot hold out a share of 1"],
  [{ testShare: NaN }, "Cannot hold out a share of NaN"],
  [{ seed: -1 }, "Cannot order images by seed -1"],
  [{ height: 2 }, "Cannot make images of a height or a width alone: give both"],
  [{ height: 0, width: 2 }, "Cannot make images of height 0: it must be a whole number from 1"],
  [{ height: 2, width: 1.5 }, "Cannot make images of width 1.5"],
  [{ channels: 2 }, "Cannot make images of 2 channels: it must be 1 or 3"],
];
for (const [value, message] of values) {
  Deno.test(`loadOwnImages() refuses ${Deno.inspect(value)}`, async () => {
    await assertRejects(
      () => loadOwnImages({ ...options, source: "csv:x", ...value }),
      RangeError,
      message,
    );
  });
}

Deno.test("parseSource() reads the two forms, and refuses all others", () => {
  assertEquals(parseSource("folder:a:b"), { kind: "folder", path: "a:b" });
  assertEquals(parseSource("csv:/x y/z.csv"), { kind: "csv", path: "/x y/z.csv" });
  for (const text of ["", "mnist", "folder:", "csv:", "zip:a", "Folder:a", " csv:a"]) {
    assertEquals(
      assertThrows(() => parseSource(text), UsageError).message,
      `Unknown images "${text}": give folder:DIR (one folder a class, PNG or JPEG) or csv:FILE`,
    );
  }
});

Deno.test("nameOf() is good as a folder's name", async () => {
  const { state } = await Deno.permissions.query({ name: "read" });
  const names: [string, string][] = [
    ["/a/flowers", "flowers"],
    ["/a/flowers/", "flowers"],
    ["/a/my flowers (2)", "my-flowers--2-"],
    ["/a/Ärzte", "Ärzte"],
    ["/a/A\u0308rzte", "Ärzte"], // the same, as macOS spells it
    ["/a/Ä öß dir", "Ä-öß-dir"],
    ["/a/図 1", "図-1"],
    ["/a/train.csv", "train"],
    ["/a/train.CSV.gz", "train"],
    ["/a/train..csv", "train"],
    ["/a/.csv", "images"],
    ["/a/...", "images"],
    ["/", "images"],
  ];
  for (const [path, name] of names) assertEquals(nameOf({ kind: "csv", path }), name);
  if (state === "granted") {
    assert(nameOf({ kind: "folder", path: "." }).length > 0);
    assertNotEquals(nameOf({ kind: "folder", path: ".." }), "..");
  }
});

diskTest("loadOwnImages() counts any number of classes", async (directory) => {
  const path = join(directory, "many.csv");
  const labels = Array.from({ length: 300 }, (_, k) => 1000 * k + 7);
  await put(
    path,
    ["label,pixel0", ...labels.flatMap((k, i) => [`${k},${i % 256}`, `${k},${i % 256}`])].join(
      "\n",
    ),
  );
  const { train, test } = await loadOwnImages({ source: `csv:${path}`, testShare: 0.5, seed: 1 });
  assertEquals(train.classNames, labels.map(String));
  for (const { images, labels, count } of [train, test]) {
    assertEquals(count, 300);
    assertEquals([...labels].sort((a, b) => a - b), [...Array(300).keys()]);
    labels.forEach((k, i) => assertEquals(images[i], k % 256));
  }
});
