import { assertEquals, assertThrows } from "@std/assert";
import { NO_AUGMENTATION } from "../../src/dataset/augmentation.ts";
import { type BatchOptions, completeOptions } from "../../src/dataset/batch_options.ts";
import { noise } from "../image_set.ts";

const set = noise({ count: 4, height: 8, width: 6 });
const plain: BatchOptions = { batchSize: 3, shuffle: false, dropLast: false, seed: 1 };

const refusals: [wrong: Partial<BatchOptions>, message: string][] = [
  ...[0, 1.5, NaN].map((batchSize): typeof refusals[0] => [
    { batchSize },
    `Cannot make batches of ${batchSize} from 4 noise images: a batch has a whole number from 1`,
  ]),
  [{ batchSize: 5, dropLast: true }, "a batch has a whole number from 1 to 4"],
  [{ batchSize: "2" as never }, 'Cannot make batches of "2" from 4 noise images'],
  ...[0, 1.5, NaN].map((mostBatches): typeof refusals[0] => [
    { mostBatches },
    `Cannot make ${mostBatches} batches an epoch from noise`,
  ]),
  ...[-1, 0.5, 2 ** 32].map((seed): typeof refusals[0] => [
    { seed },
    `Cannot order noise by the seed ${seed}: it must be a whole number from 0 to 4294967295`,
  ]),
  ...[[NaN, 1], [0, 0], [1e39, 1], [0, 1e-50]].map(([mean, deviation]): typeof refusals[0] => [
    { normalization: { mean, deviation } },
    `by the mean ${mean} and the deviation ${deviation}: these must be finite as float32`,
  ]),
  ...[-0.1, 1.5, NaN].map((flip): typeof refusals[0] => [
    { augmentation: { ...NO_AUGMENTATION, flip } },
    `Cannot flip noise images: flip is ${flip}; a probability is 0 to 1`,
  ]),
  ...[-5, 181, Infinity, NaN].map((rotation): typeof refusals[0] => [
    { augmentation: { ...NO_AUGMENTATION, rotation } },
    `Cannot rotate noise images: rotation is ${rotation}; give 0 to 180 degrees`,
  ]),
  ...[-1, 1.5, 6, NaN].map((padding): typeof refusals[0] => [
    { augmentation: { ...NO_AUGMENTATION, padding } },
    `Cannot pad noise images of 8x6: padding is ${padding}; give a whole number from 0 to 5`,
  ]),
];
for (const [wrong, message] of refusals) {
  Deno.test(`completeOptions() refuses ${JSON.stringify(wrong)}: ${message}`, () => {
    assertThrows(() => completeOptions(set, { ...plain, ...wrong }), RangeError, message);
  });
}

Deno.test("completeOptions() refuses a yes or no that is neither", () => {
  for (const wrong of ["yes", undefined, 1]) {
    for (const option of ["shuffle", "dropLast"]) {
      assertThrows(
        () => completeOptions(set, { ...plain, [option]: wrong }),
        TypeError,
        `Cannot make batches of noise: ${option} is ${
          wrong === "yes" ? '"yes"' : wrong
        }; it must be true or false`,
      );
    }
  }
});

Deno.test("completeOptions() fills in what is left out, and takes the ends of all ranges", () => {
  const defaults = { mostBatches: Infinity, normalization: { mean: 0, deviation: 1 } };
  const all = { ...plain, ...defaults, augmentation: NO_AUGMENTATION };
  assertEquals(completeOptions(set, plain), all);
  assertEquals(completeOptions(set, { ...plain, augmentation: undefined }), all);
  const ends = { ...all, batchSize: 5, augmentation: { flip: 1, rotation: 180, padding: 5 } };
  assertEquals(completeOptions(set, ends), ends);
});
