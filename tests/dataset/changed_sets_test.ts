/** Sets with classes left out, of different sizes, and with wrong labels. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { drawDigits } from "../../data/drawn/digits.ts";
import { checkImageSet } from "../../src/dataset/check_set.ts";
import { type ImageSet, picked, subset } from "../../src/dataset/image_set.ts";
import { imbalanced } from "../../src/dataset/imbalance.ts";
import { withLabelNoise } from "../../src/dataset/label_noise.ts";
import { leaveOut } from "../../src/dataset/leave_out.ts";

const digits = drawDigits({ count: 600, seed: 3, split: "train" });
const sizesOf = ({ classNames, labels }: ImageSet) =>
  classNames.map((_, k) => labels.filter((label) => label === k).length);

Deno.test("picked() takes images with their labels", () => {
  const two = picked(digits, [5, 2]);
  checkImageSet(two);
  assertEquals([...two.labels], [digits.labels[5], digits.labels[2]]);
  assertEquals(two.images.subarray(784), digits.images.subarray(2 * 784, 3 * 784));
});

Deno.test("leaveOut() numbers the other classes anew, and keeps what it takes away", () => {
  const { kept, left } = leaveOut(digits, [0, 8]);
  checkImageSet(kept);
  checkImageSet(left);
  assertEquals(kept.classNames, ["1", "2", "3", "4", "5", "6", "7", "9"]);
  const [rows, others] = [[] as number[], [] as number[]];
  digits.labels.forEach((label, i) => ([0, 8].includes(label) ? others : rows).push(i));
  assertEquals(
    [...kept.labels].map((k) => kept.classNames[k]),
    rows.map((i) => `${digits.labels[i]}`),
  );
  assertEquals(kept.images, picked(digits, rows).images);
  assertEquals([...left.labels], others.map((i) => digits.labels[i]));
});

Deno.test("leaveOut() refuses classes that are none, and all but one", () => {
  const message = "Cannot leave class 10 out of digits: its classes are 0 to 9";
  assertThrows(() => leaveOut(digits, [1, 10]), RangeError, message);
  assertThrows(
    () => leaveOut(digits, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
    RangeError,
    "Cannot leave 9 of 10 classes out of digits: two must be left",
  );
});

Deno.test("imbalanced() lets classes fall evenly to the ratio, in the set's order", () => {
  const few = imbalanced(digits, 20, 1), least = Math.min(...sizesOf(digits));
  checkImageSet(few);
  assertEquals(
    sizesOf(few),
    Array.from({ length: 10 }, (_, k) => Math.max(1, Math.round(least * 20 ** (-k / 9)))),
  );
  // In the order of the set: each image comes after the one before it.
  let at = -1;
  for (let i = 0; i < few.count; i++) {
    const own = few.images.subarray(i * 784, (i + 1) * 784);
    at = places(own).find((place) => place > at)!;
    assert(at !== undefined, `image ${i}`);
  }
  assertEquals(imbalanced(digits, 20, 1), few);
  assert(imbalanced(digits, 20, 2).images.some((byte, i) => byte !== few.images[i]));
  assertEquals(sizesOf(imbalanced(digits, 1e9, 1)).at(-1), 1);
});

function places(image: Uint8Array): number[] {
  const same = (i: number) => image.every((byte, p) => byte === digits.images[i * 784 + p]);
  return Array.from({ length: digits.count }, (_, i) => i).filter(same);
}

Deno.test("imbalanced() refuses a ratio below 1, and a class without images", () => {
  assertThrows(() => imbalanced(digits, 0.5, 1), RangeError, "differ 0.5 times: give 1 or more");
  const none = { ...digits, classNames: [...digits.classNames, "ten"] };
  assertThrows(() => imbalanced(none, 2, 1), RangeError, "class 10 has no image");
});

Deno.test("withLabelNoise() makes about the share wrong, evenly, the same for an image in a smaller set", () => {
  const noisy = withLabelNoise(digits, 0.3, 7);
  checkImageSet(noisy);
  const wrong = [...noisy.labels.keys()].filter((i) => noisy.labels[i] !== digits.labels[i]);
  // Five deviations of a binomial distribution.
  assert(Math.abs(wrong.length - 180) < 5 * Math.sqrt(600 * 0.3 * 0.7), `${wrong.length}`);
  const shifts = wrong.map((i) => (noisy.labels[i] - digits.labels[i] + 10) % 10);
  assertEquals(new Set(shifts).size, 9);
  assertEquals(withLabelNoise(subset(digits, 99), 0.3, 7).labels, noisy.labels.subarray(0, 99));
  assertEquals(withLabelNoise(digits, 0, 7).labels, digits.labels);
  assert(withLabelNoise(digits, 0.3, 8).labels.some((label, i) => label !== noisy.labels[i]));
  for (const share of [1, -0.1, NaN]) {
    assertThrows(() => withLabelNoise(digits, share, 1), RangeError, `a share of ${share} of the`);
  }
});

Deno.test("leaveOut() refuses what is no list, and withLabelNoise() what is no seed", () => {
  const message =
    "Cannot leave classes out of digits: what names them is 0; give a list of numbers";
  assertThrows(() => leaveOut(digits, 0 as never), TypeError, message);
  for (const seed of [undefined, 1.5, -1, NaN]) {
    assertThrows(
      () => withLabelNoise(digits, 0.5, seed as never),
      RangeError,
      `Cannot draw random numbers: seed is ${seed}; it is a whole number`,
    );
  }
});
