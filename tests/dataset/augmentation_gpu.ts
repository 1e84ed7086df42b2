/** Augmented batches, pixel by pixel against the float64 twin; and what is drawn. */
import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import type { ImageSet } from "../../src/dataset/image_set.ts";
import { type Augmentation, NO_AUGMENTATION } from "../../src/dataset/augmentation.ts";
import { noise } from "../image_set.ts";
import { array64 } from "../../src/reference/array64.ts";
import { augment, type Draw } from "../../src/reference/augment.ts";
import { philox4x32 } from "../../src/base/philox.ts";
import { assertPixels, picturesOf, PLAIN } from "./pictures.ts";

const SEED = 7, EPOCH = 3;

const RECIPES: Record<string, Augmentation> = {
  "MNIST's recipe": { flip: 0, rotation: 5, padding: 0 },
  "Fashion-MNIST's recipe": { flip: 0.5, rotation: 5, padding: 0 },
  "CIFAR-10's recipe": { flip: 0.5, rotation: 0, padding: 4 },
  "flip, wide rotation and crop together": { flip: 0.5, rotation: 40, padding: 4 },
};

/** What the kernel must draw for each sample. */
function drawsOf(count: number, { flip, rotation, padding }: Augmentation): Draw[] {
  return Array.from({ length: count }, (_, sample) => {
    const [turn, mirror, column, row] = philox4x32([sample, EPOCH, 1, 0], [SEED, 0]);
    const unit = (word: number) => (word >>> 8) / 2 ** 24;
    const place = (word: number) => Math.floor(word / 2 ** 32 * (2 * padding + 1));
    // The kernel's angle turns the other way round than the twin's: column and row trade places.
    const angle = -(unit(turn) * 2 - 1) * rotation * Math.PI / 180;
    return { flip: unit(mirror) < flip, angle, dx: place(column), dy: place(row) };
  });
}

/** An epoch's pictures one after the other, from the kernel and from the twin. */
async function both(set: ImageSet, augmentation: Augmentation) {
  const { count, height, width, channels, images } = set;
  const draws = drawsOf(count, augmentation);
  const options = { ...PLAIN, seed: SEED, batchSize: 32, augmentation };
  const found = (await picturesOf(set, options, EPOCH)).flat();
  const bytes = array64([count, height, width, channels], [...images].map((b) => b / 255));
  return { found, expected: augment(bytes, draws, augmentation.padding).data, draws };
}

/**
 * WGSL lets sin() and cos() be 2^-11 away, and SwiftShader's are not exact: a rotated pixel comes from so much beside its
 * place for each pixel that it is from the middle, in both directions, and neighbours here are up to 1 apart. A wrong
 * angle, place or order of what is done to an image is far more.
 */
function toleranceOfRotation({ height, width }: ImageSet): number {
  return 2 ** -11 * (height + width);
}

for (const [recipe, augmentation] of Object.entries(RECIPES)) {
  for (const [height, width, channels] of [[7, 9, 1], [8, 8, 3]]) {
    Deno.test(`next() augments ${height}x${width}x${channels} images by ${recipe} as the float64 twin does`, async () => {
      const set = noise({ count: 100, height, width, channels });
      const { found, expected, draws } = await both(set, augmentation);
      const { flip, rotation, padding } = augmentation;
      assertEquals(new Set(draws.map((d) => d.flip)).size, flip > 0 ? 2 : 1);
      assertEquals(new Set(draws.map((d) => d.dx)).size, 2 * padding + 1);
      assertEquals(new Set(draws.map((d) => d.dy)).size, 2 * padding + 1);
      if (rotation === 0) return assertPixels(found, [...expected]);
      assertEquals(found.length, expected.length);
      const tolerance = toleranceOfRotation(set);
      found.forEach((value, i) => assertAlmostEquals(value, expected[i], tolerance, `pixel ${i}`));
    });
  }
}

Deno.test("next() mirrors about half of the pictures with flip 0.5, all with 1, none with 0", async () => {
  const count = 1000;
  const images = Uint8Array.from({ length: 2 * count }, (_, i) => i % 2 ? 255 : 0);
  const set = { ...noise({ count, height: 1, width: 2 }), images };
  const share = async (flip: number) => {
    const augmentation = { ...NO_AUGMENTATION, flip };
    const pictures = await picturesOf(set, { ...PLAIN, batchSize: count, augmentation }, 1);
    return pictures.filter(([left]) => left === 1).length / count;
  };
  const half = await share(0.5);
  assert(Math.abs(half - 0.5) < 0.05, `${half}`);
  assertEquals([await share(0), await share(1)], [0, 1]);
});

Deno.test("next() crops at every place alike", async () => {
  const [count, padding, side] = [1000, 4, 9];
  const images = Uint8Array.from({ length: count * side * side }, (_, i) => i % (side * side));
  const set = { ...noise({ count, height: side, width: side }), images };
  const augmentation = { ...NO_AUGMENTATION, padding };
  const pictures = await picturesOf(set, { ...PLAIN, batchSize: count, augmentation }, 1);
  // The pixel in the middle came from (row, column) = (dy, dx).
  const middles = pictures.map((p) => Math.round(p[padding * side + padding] * 255));
  for (const axis of [(m: number) => Math.floor(m / side), (m: number) => m % side]) {
    for (let place = 0; place <= 2 * padding; place++) {
      const times = middles.filter((m) => axis(m) === place).length;
      assert(times > 70 && times < 155, `${times} crops of ${count} begin at ${place}`);
    }
  }
});

for (const [recipe, augmentation] of Object.entries(RECIPES)) {
  Deno.test(`next() draws the same for a picture whatever the batch size and order, with ${recipe}`, async () => {
    const set = noise({ count: 8, height: 7, width: 5 });
    const options = { ...PLAIN, augmentation };
    const pictures = await picturesOf(set, options, 1);
    assertEquals(await picturesOf(set, { ...options, batchSize: 8 }, 1), pictures);
    assertEquals(await picturesOf(set, { ...options, shuffle: true }, 1), pictures);
    for (
      const other of [
        await picturesOf(set, options, 2),
        await picturesOf(set, { ...options, seed: 2 }, 1),
      ]
    ) {
      const same = other.filter((p, i) => p.every((value, at) => value === pictures[i][at]));
      // A crop and a mirror image may come twice; an angle never does.
      assert(
        same.length <= (augmentation.rotation > 0 ? 0 : 1),
        `${same.length} of 8 are the same`,
      );
      assertNotEquals(other, pictures);
    }
  });
}
