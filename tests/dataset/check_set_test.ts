import { assertThrows } from "@std/assert";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { checkAlike, checkImageSet } from "../../src/dataset/check_set.ts";
import { noise } from "../image_set.ts";

const set = noise({ count: 6, height: 3, width: 2, channels: 3 });
const names = (classes: number) => Array.from({ length: classes }, (_, k) => String(k));

const many = { classNames: names(300) };
const refused: [
  what: string,
  wrong: object,
  error: typeof TypeError | typeof RangeError,
  string,
][] = [
  ["no images", { count: 0 }, RangeError, "count is 0; it must be a whole number from 1"],
  ["half an image", { count: 1.5 }, RangeError, "count is 1.5;"],
  ["images without pixels", { height: 0 }, RangeError, "height is 0;"],
  ["channels that are no number", { channels: NaN }, RangeError, "channels is NaN;"],
  [
    "too few bytes",
    { images: set.images.subarray(0, 18) },
    RangeError,
    "images has 18 bytes; 6 images",
  ],
  [
    "pixels as numbers",
    { images: new Float32Array(108) },
    TypeError,
    "images is a Float32Array; it",
  ],
  ["pixels in a list", { images: [...set.images] }, TypeError, "images is an Array;"],
  ["classes without a list", { classNames: "ab" }, TypeError, 'classNames is "ab"; it must be an'],
  ["classes that are missing", { classNames: undefined }, TypeError, "classNames is undefined;"],
  ["classes by number", { classNames: [1, 2] }, TypeError, "classNames has what is no text;"],
  ["no classes", { classNames: [] }, RangeError, "classNames is empty;"],
  [
    "labels as numbers",
    { labels: new Int32Array(6) },
    TypeError,
    "labels is an Int32Array; it must be",
  ],
  ["labels that are missing", { labels: undefined }, TypeError, "labels is undefined;"],
  [
    "too few labels",
    { labels: set.labels.subarray(0, 5) },
    RangeError,
    "labels has 5 numbers; 6 images",
  ],
  [
    "a label that is no class",
    { labels: Uint8Array.of(0, 1, 2, 10, 3, 11) },
    RangeError,
    "labels has 10 for image 3; there are 10 classes, 0 to 9",
  ],
  [
    "a negative label",
    { ...many, labels: Int32Array.of(0, 1, 299, -1, 3, 4) },
    RangeError,
    "labels has -1 for image 3; there are 300 classes, 0 to 299",
  ],
];
for (const [what, wrong, error, message] of refused) {
  Deno.test(`checkImageSet() refuses ${what}, and names the set and the field`, () => {
    const changed = { ...set, ...wrong } as unknown as ImageSet;
    assertThrows(() => checkImageSet(changed), error, `Cannot use noise train: ${message}`);
  });
}

Deno.test("checkImageSet() refuses a set without a name or a split, which every message names", () => {
  for (const field of ["name", "split"]) {
    assertThrows(
      () => checkImageSet({ ...set, [field]: undefined }),
      TypeError,
      `Cannot use a set of images: its ${field} is undefined; it must be a text`,
    );
  }
});

Deno.test("checkImageSet() takes labels in bytes, and in 32 bits above 256 classes", () => {
  checkImageSet(set);
  checkImageSet({ ...set, ...many });
  checkImageSet({ ...set, ...many, labels: Int32Array.of(0, 1, 299, 2, 3, 4) });
});

Deno.test("checkAlike() refuses other images, and other classes or another order of them", () => {
  checkAlike(set, noise({ count: 2, height: 3, width: 2, channels: 3 }));
  const what = "Cannot train on noise train and test on noise test: ";
  const other = (changes: Partial<ImageSet>) => ({ ...set, split: "test", ...changes });
  assertThrows(
    () => checkAlike(set, other({ height: 2, width: 3 })),
    TypeError,
    `${what}images of 3x2x3 and 2x3x3; they must be alike`,
  );
  assertThrows(
    () => checkAlike(set, other({ classNames: names(11) })),
    TypeError,
    `${what}they have 10 and 11 classes, and class 10 is none and "10"`,
  );
  assertThrows(
    () => checkAlike(set, other({ classNames: names(10).toReversed() })),
    TypeError,
    `${what}they have 10 and 10 classes, and class 0 is "0" and "9"`,
  );
});
