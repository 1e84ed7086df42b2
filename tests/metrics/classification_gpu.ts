/** Classes told apart on the GPU, against plain computations. */
import { assert, assertEquals } from "@std/assert";
import { classMeans } from "../../src/train/class_means.ts";
import { classify } from "../../src/metrics/classification.ts";
import { byNeighbour } from "../../src/metrics/hits.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { rounded, upload } from "../on_gpu.ts";
import { array64 } from "../../src/reference/array64.ts";
import { assertClose } from "../reference/assert_close.ts";
import { uniform } from "../../src/reference/uniform.ts";

const [SAMPLES, DIM, CLASSES] = [23, 3, 5];
const features = rounded(uniform([SAMPLES, DIM], { seed: 1 }));
const centers = rounded(uniform([CLASSES, DIM], { seed: 3 }));
/** No sample is of class 2. */
const labels = Uint8Array.from({ length: SAMPLES }, (_, i) => [0, 1, 3, 4][i % 4]);

const feature = (i: number) => features.data.subarray(i * DIM, (i + 1) * DIM);
const squared = (i: number, k: number) =>
  feature(i).reduce((sum, x, d) => sum + (x - centers.data[k * DIM + d]) ** 2, 0);
const first = (score: (k: number) => number) =>
  [...Array(CLASSES).keys()].reduce((best, k) => score(k) > score(best) ? k : best);
const all = <T>(of: (i: number) => T) => Array.from({ length: SAMPLES }, (_, i) => of(i));

Deno.test("classify() predicts by the nearest center, however many distances are taken at once", async () => {
  using _ = scope();
  const whole = await classify(upload(features), upload(centers), labels);
  assertEquals([...whole.byCenter], all((i) => first((k) => -squared(i, k))));
  for (const most of [1, CLASSES, 4 * CLASSES + 1]) {
    assertEquals(await classify(upload(features), upload(centers), labels, { most }), whole);
  }
});

Deno.test("classify() takes no sample for a class without a center", async () => {
  using _ = scope();
  const absent = [2, 4],
    nearest = (i: number) => first((k) => absent.includes(k) ? -Infinity : -squared(i, k));
  const found = await classify(upload(features), upload(centers), labels, { absent });
  assertEquals([...found.byCenter], all(nearest));
  assertEquals(found.distances.map(({ mean }) => Number.isNaN(mean)), [
    ...[false, false, true, false, true],
  ]);
});

Deno.test("byNeighbour() goes by the nearest other sample; of one alone there is none", async () => {
  using _ = scope();
  const x = tensor([[0, 0], [1, 0], [3, 0]]), labels = tensor([4, 5, 6], { dtype: "i32" });
  assertEquals([...await byNeighbour(x, labels).read()], [5, 4, 5]);
  const [one] = [tensor([[1, 2]])], own = tensor([4], { dtype: "i32" });
  assertEquals([...await byNeighbour(one, own).read()], [-1]);
});

Deno.test("classify() measures each class's distances to its center; NaN where a class has no sample", async () => {
  using _ = scope();
  const { distances } = await classify(
    upload(features),
    upload(centers),
    labels,
  );
  for (let k = 0; k < CLASSES; k++) {
    const own = all((i) => i).filter((i) => labels[i] === k).map((i) => squared(i, k));
    assertEquals(distances[k].count, own.length);
    if (k === 2) {
      assertEquals(distances[k], { count: 0, mean: NaN, deviation: NaN });
      continue;
    }
    const mean = own.reduce((a, b) => a + b, 0) / own.length;
    const variance = own.reduce((sum, d) => sum + (d - mean) ** 2, 0) / own.length;
    assert(Math.abs(distances[k].mean - mean) < 1e-5 * mean, `mean of ${k}`);
    assert(Math.abs(distances[k].deviation - Math.sqrt(variance)) < 1e-4, `deviation of ${k}`);
  }
});

Deno.test("classify() gives a deviation of 0 where all samples coincide", async () => {
  using _ = scope();
  const same = upload(array64([4, 1], [0.1, 0.1, 0.1, 0.1]));
  const { distances } = await classify(same, upload(array64([1, 1], [3])), [0, 0, 0, 0]);
  assert(distances[0].deviation < 1e-6 && distances[0].count === 4);
});

Deno.test("classMeans() are the means of each class's features, 0 for a class without samples", async () => {
  using _ = scope();
  const means = await classMeans(upload(features), labels, CLASSES).read();
  const expected = array64([CLASSES, DIM], Array(CLASSES * DIM).fill(0));
  for (let k = 0; k < CLASSES; k++) {
    const own = all((i) => i).filter((i) => labels[i] === k);
    for (const i of own) feature(i).forEach((x, d) => expected.data[k * DIM + d] += x / own.length);
  }
  assertClose(array64([CLASSES, DIM], means), expected, 1e-6);
  assertEquals([...means.subarray(2 * DIM, 3 * DIM)], [0, 0, 0]);
});

Deno.test("classMeans() counts every sample of more than a dispatch can loop over", async () => {
  const samples = 66_000;
  const labels = Uint8Array.from({ length: samples }, (_, i) => i % 2);
  // The last ones alone are not 0: where they are lost, so is the mean.
  const features = tensor(
    Float32Array.from({ length: samples }, (_, i) => i < samples - 300 ? 0 : 1),
    {
      shape: [samples, 1],
    },
  );
  const means = await classMeans(features, labels, 2).read();
  features.dispose();
  for (const mean of means) assert(Math.abs(mean - 150 / 33_000) < 1e-7, `${means}`);
});
