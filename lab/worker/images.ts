/** The images that maps train on. */
import { drawDigits } from "../../data/drawn/digits.ts";
import { type Sets, subset } from "../../src/dataset/image_set.ts";
import { TEST_IMAGES } from "../settings/command.ts";
import type { Shared } from "../settings/settings.ts";

/** Drawn digits of the seed, or so many of the images that were dropped. */
export function imagesOf({ data, images, seed, side }: Shared, own: Sets | undefined): Sets {
  const count = Number(images);
  if (data === "own" && own) {
    const { train, test } = own;
    return {
      train: subset(train, Math.min(count, train.count)),
      test: subset(test, Math.min(TEST_IMAGES, test.count)),
    };
  }
  const drawn = { seed: Number(seed), height: Number(side), width: Number(side) };
  return {
    train: drawDigits({ ...drawn, count, split: "train" }),
    test: drawDigits({ ...drawn, count: TEST_IMAGES, split: "test" }),
  };
}
