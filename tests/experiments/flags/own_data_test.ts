/** One's own images on the command line, and as a plan loads them. */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "node:path";
import { CATALOG } from "../../../experiments/rows/catalog.ts";
import { loadImages } from "../../../experiments/plan/images.ts";
import { parseOptions } from "../parse_options.ts";
import { pathOf } from "../../../experiments/run_folder/path.ts";
import { RunError, UsageError } from "../../../src/base/errors.ts";
import { pictureFolder } from "../../data/picture_folder.ts";
import { plainPng, put } from "../../data/pictures.ts";
import { diskTest } from "../../on_disk.ts";

const ROW = "cent-mnist-2";
const parse = (...args: string[]) => parseOptions([ROW, ...args])!;

Deno.test("parseOptions() takes one's own images, with or without words on them", () => {
  const { dataset, ownData } = parse("--data", "folder:my pictures/flowers").plan;
  assertEquals([dataset, ownData], [
    "flowers",
    { source: "folder:my pictures/flowers", testShare: 0.2 },
  ]);
  const flags = "--test-data csv:b.csv --image-size 12x34 --channels 3".split(" ");
  assertEquals(parse("--data", "csv:a.csv", ...flags).plan.ownData, {
    source: "csv:a.csv",
    test: "csv:b.csv",
    testShare: 0.2,
    height: 12,
    width: 34,
    channels: 3,
  });
  assertEquals(parse("--data=csv:a.csv", "--test-share=0.5", "--image-size", "8").plan.ownData, {
    source: "csv:a.csv",
    testShare: 0.5,
    height: 8,
    width: 8,
  });
  assertEquals("ownData" in parse().plan, false);
});

Deno.test("parseOptions() takes one's own images for every row", () => {
  for (const id of CATALOG.keys()) {
    const { plan } = parseOptions([id, "--data", "folder:x", "--preset", "quick"])!;
    assertEquals([plan.id, plan.dataset, plan.ownData!.source], [id, "x", "folder:x"]);
  }
});

Deno.test("pathOf() has the name of one's own images beside the row", () => {
  const { plan, out } = parse("--data", "folder:my pictures/red & blue/", "--preset", "smoke");
  assertEquals(pathOf({ plan, out }), join("runs", `${ROW}@red---blue`, "smoke", "seed-1"));
});

Deno.test("parseOptions() counts what changes one's own images among the numbers", () => {
  const flags = "--data csv:a --test-share 0.5 --image-size 9 --channels 1 --resume".split(" ");
  assertEquals(parse(...flags).changed, ["test-share", "image-size", "channels"]);
  assertEquals(parse("--data", "csv:a", "--resume").changed, []);
});

const size = "it must be N or HEIGHTxWIDTH, sides from 1 to 1024";
const refusals: [line: string, message: string][] = [
  ["--data flowers", 'Unknown images "flowers": give folder:DIR (one folder a class, PNG'],
  ["--data=", 'Unknown images "": give folder:DIR'],
  ["--data folder:", 'Unknown images "folder:": give folder:DIR'],
  ["--data csv:a --test-data b", 'Unknown images "b": give folder:DIR'],
  ["--test-data csv:a", "--test-data is for your own images: name them with --data"],
  ["--channels 1", "--channels is for your own images: name them with --data"],
  [
    "--data csv:a --test-data csv:b --test-share 0.5",
    "--test-share and --test-data exclude each other: the one holds out a part of --data",
  ],
  ["--data csv:a --test-share=1", '--test-share is "1"; it must be a number above 0 and below 1'],
  ...["0", "1025", "28x", "x28", "28x0", "28x28x3", "-28", "2.5", "big"].map(
    (it): [string, string] => [
      `--data csv:a --image-size=${it}`,
      `--image-size is "${it}"; ${size}`,
    ],
  ),
  ["--data csv:a --channels=2", '--channels is "2"; it must be 1 or 3'],
];
for (const [line, message] of refusals) {
  Deno.test(`parseOptions() refuses ${line}`, () => {
    assertThrows(() => parse(...line.split(" ")), UsageError, message);
  });
}

diskTest("loadImages() loads one's own images, as many as the plan takes", async (directory) => {
  const source = await pictureFolder(join(directory, "shapes"), { disc: 20, bar: 20, "a b": 10 });
  const plan = (...flags: string[]) => parse("--data", source, ...flags).plan;
  const { train, test, drawn, note } = await loadImages(plan("--preset", "smoke"));
  assertEquals([train.name, train.count, test.count, drawn, note], [
    "shapes",
    40,
    10,
    false,
    undefined,
  ]);
  assertEquals(train.classNames, ["a b", "bar", "disc"]);
  // A preset's sizes are not asked of a set that has fewer.
  const all = await loadImages(plan("--preset", "quick"));
  assertEquals([all.train.count, all.test.count], [40, 10]);
  const some = await loadImages(
    plan("--preset", "smoke", "--train-size", "9", "--test-share", "0.5"),
  );
  assertEquals([some.train.count, some.test.count], [9, 20]);
  const sized = await loadImages(plan("--preset", "smoke", "--image-size", "9x11"));
  assertEquals([sized.train.height, sized.train.width, sized.train.channels], [9, 11, 1]);
  const other = await loadImages(plan("--preset", "smoke", "--seed", "2"));
  assert(other.train.images.some((byte, i) => byte !== train.images[i]));
});

diskTest("loadImages() refuses one's own images where they are none", async (directory) => {
  const source = await pictureFolder(join(directory, "shapes"), { disc: 6, bar: 6 });
  const refuse = (type: typeof RunError | typeof UsageError, message: string, ...flags: string[]) =>
    assertRejects(() => loadImages(parse(...flags).plan), type, message);
  await refuse(RunError, `Cannot use ${directory}/none: there is no such folder`, ...[
    "--data",
    `folder:${directory}/none`,
  ]);
  await refuse(RunError, "Cannot read none.csv: it is not there", "--data", "csv:none.csv");
  await refuse(
    UsageError,
    "--batch-size is 128, more than the 10 training images: no batch would be full",
    ...["--data", source],
  );
  await put(join(directory, "shapes", "bar", "large.png"), await plainPng(99, 9, [0, 0, 0]));
  await refuse(RunError, "Cannot use pictures of different sizes: ", "--data", source);
});
