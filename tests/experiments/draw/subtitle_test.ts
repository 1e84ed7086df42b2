import { assertEquals } from "@std/assert";
import { subtitleOf } from "../../../experiments/draw/subtitle.ts";

Deno.test("A picture of a part of the images says so, and that accuracies are of all", () => {
  const rates = "99.84 % by logit", what = " by direction";
  assertEquals(
    subtitleOf({ shown: 40, count: 40, split: "train" }, rates),
    `40 training images: ${rates}`,
  );
  assertEquals(
    subtitleOf({ shown: 4000, count: 10_000, split: "test", what }, rates),
    `4,000 of 10,000 test images by direction · of all: ${rates}`,
  );
  // An epoch that left images out shows fewer than the set has, and is no part of it.
  assertEquals(
    subtitleOf({ shown: 59_904, count: 60_000, split: "train", part: false }, rates),
    `59,904 training images: ${rates}`,
  );
});
