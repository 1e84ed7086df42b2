/** What flags change of a run's images. */
import { assertEquals, assertRejects } from "@std/assert";
import { parseOptions } from "../parse_options.ts";
import { loadImages } from "../../../experiments/plan/images.ts";
import { UsageError } from "../../../src/base/errors.ts";

const load = (flags: string) =>
  loadImages(
    parseOptions(`cent-digits-2 --preset smoke --train-size 400 ${flags}`.split(" "))!.plan,
  );

Deno.test("loadImages() --leave-out gives both sets eight classes, and the test images of the others", async () => {
  const all = await load("--test-size 100"), some = await load("--test-size 100 --leave-out 8,9");
  assertEquals([some.train, some.test].map((set) => set.classNames.length), [8, 8]);
  assertEquals(some.test.count + some.unknown!.count, 100);
  assertEquals([...new Set(some.unknown!.labels)].sort(), [8, 9]);
  assertEquals(all.unknown, undefined);
  assertEquals(some.note, "digits without classes 8, 9");
});

Deno.test("loadImages() --imbalance and --label-noise change the training images alone", async () => {
  const all = await load("--test-size 50");
  const some = await load("--test-size 50 --imbalance 10 --label-noise 0.2");
  assertEquals([some.test.labels, some.test.images], [all.test.labels, all.test.images]);
  const [, first, last, wrong] =
    /^from (\d+) training images of 0 down to (\d+) of 9; (\d+) of \d+ training labels wrong$/.exec(
      some.note!,
    )!
      .map(Number);
  assertEquals(Math.round(first / last), 10);
  assertEquals(wrong > 0 && wrong < some.train.count / 2, true);
  assertEquals((await load("--test-size 50 --imbalance 10 --label-noise 0.2")).train, some.train);
});

for (
  const [flags, message] of [
    ["--leave-out 10", "--leave-out: Cannot leave class 10 out of digits: its classes are 0 to 9"],
    [
      "--leave-out 0,1,2,3,4,5,6,7,8",
      "--leave-out: Cannot leave 9 of 10 classes out of digits: two",
    ],
    ["--imbalance 10000 --batch-size 200", "--batch-size is 200, more than the 6"],
  ]
) {
  Deno.test(`loadImages() refuses ${flags}`, async () => {
    await assertRejects(() => load(flags), UsageError, message);
  });
}
