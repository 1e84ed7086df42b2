/** Nearest neighbours on the GPU, against the twin. */
import { assertEquals, assertRejects } from "@std/assert";
import { knn } from "../../src/metrics/knn.ts";
import { nearestNeighbours } from "../../src/metrics/nearest_neighbours.ts";
import { rounded } from "../on_gpu.ts";
import { throughTextures } from "../ops/op_case.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { assertClose } from "../reference/assert_close.ts";
import * as twin from "../../src/reference/nearest_neighbours.ts";
import { uniform } from "../../src/reference/uniform.ts";

const f32 = ({ data }: Array64) => Float32Array.from(data);

/** Compares with the twin, the table in one part, in parts of a row, and of 37. */
async function compare(table: Array64, query: Array64, k: number) {
  using _ = throughTextures();
  const expected = twin.nearestNeighbours(table, query, k);
  const shape = [query.shape[0], k], rowBytes = 16 * Math.ceil(table.shape[1] / 4);
  const parts = table.shape[0] < 1000 ? [undefined, rowBytes, 37 * rowBytes] : [undefined];
  for (const partBytes of parts) {
    const found = await nearestNeighbours(f32(table), f32(query), table.shape[1], k, partBytes);
    assertEquals([...found.rows], expected.rows);
    assertClose(array64(shape, found.distances), array64(shape, expected.distances), 1e-6);
  }
}

/** Rows of the table, queries, dim, k. */
const CASES = [
  [1, 1, 1, 1],
  [7, 3, 2, 7],
  [131, 67, 2, 5],
  [65, 257, 3, 1],
  [203, 5, 4, 64],
  [300, 9, 5, 3],
  [97, 31, 129, 10],
];

for (const [rows, queries, dim, k] of CASES) {
  Deno.test(`nearestNeighbours() finds ${k} of ${rows} rows for ${queries} queries of ${dim}-D`, () =>
    compare(
      rounded(uniform([rows, dim], { seed: 1 })),
      rounded(uniform([queries, dim], { seed: 2 })),
      k,
    ));
}

// On llvmpipe all loops of a thread end after 65,535 passes: 600 rows that all enter a list of 64 take more.
Deno.test("nearestNeighbours() finds rows that come nearer and nearer", () =>
  compare(
    array64([600, 1], Array.from({ length: 600 }, (_, i) => 600 - i)),
    array64([9, 1], Array.from({ length: 9 }, (_, i) => -i)),
    64,
  ));

Deno.test("nearestNeighbours() goes through a long table", () =>
  compare(
    // Distances to each query are all different, and whole numbers.
    array64([30_000, 1], Array.from({ length: 30_000 }, (_, i) => i * 7919 % 30_000 - 10_000)),
    array64([2, 1], [-10_001, 30_001]),
    2,
  ));

Deno.test("nearestNeighbours() puts the first of rows that are equally far in front", () =>
  compare(
    array64([9, 2], [0, 5, 5, 0, 1, 1, 0, -5, 1, 1, -5, 0, 9, 9, 1, 1, 3, 4]),
    array64([2, 2], [0, 0, 1, 1]),
    7,
  ));

Deno.test("nearestNeighbours() leaves out rows that are not finite, and answers no such query", async () => {
  const table = Float32Array.of(NaN, 0, 1, 0, 0, Infinity, 3, 0, 2, 0);
  const found = await nearestNeighbours(table, Float32Array.of(0, NaN, 0, 0, -Infinity, 0), 2, 2);
  assertEquals([...found.rows], [-1, -1, 1, 4, -1, -1]);
  assertEquals([...found.distances], [NaN, NaN, 1, 4, NaN, NaN]);
  const none = await nearestNeighbours(table, Float32Array.of(NaN, NaN), 2, 3);
  assertEquals([...none.rows], [-1, -1, -1]);
  assertEquals((await nearestNeighbours(table, new Float32Array(0), 2, 1)).rows.length, 0);
});

Deno.test("nearestNeighbours() keeps rows whose distance overflows", async () => {
  const found = await nearestNeighbours(Float32Array.of(3e38, 1, -3e38), Float32Array.of(0), 1, 3);
  assertEquals([...found.rows], [1, 0, 2]);
  assertEquals([...found.distances], [1, Infinity, Infinity]);
});

Deno.test("knn() is the twin's, in classes", async () => {
  const table = rounded(uniform([150, 2], { seed: 3 })), query = rounded(uniform([70, 2]));
  const labels = Array.from({ length: 150 }, (_, i) => i * i % 7);
  for (const k of [1, 2, 5, 20]) {
    const found = await knn({ features: f32(table), labels }, f32(query), k);
    assertEquals([...found], twin.knn(table, labels, query, k));
  }
});

Deno.test("knn() takes the class of the nearer neighbour where classes have as many votes", async () => {
  const train = { features: Float32Array.of(5, 1, -2, 3, -3, -4), labels: [0, 2, 1, 2, 1, 0] };
  // From 0: 1 (2), -2 (1), 3 (2), -3 (1), -4 (0), 5 (0); 3 and -3 are equally far, 3 comes first.
  const at = async (k: number) => (await knn(train, Float32Array.of(0), k))[0];
  assertEquals([await at(1), await at(2), await at(3), await at(4), await at(6)], [2, 2, 2, 2, 2]);
  // From -2: -2 (1), -3 (1), -4 (0), 1 (2), 3, 5.
  assertEquals([...await knn(train, Float32Array.of(-2, -5), 3)], [1, 1]);
  assertEquals([...await knn(train, Float32Array.of(-5, NaN), 2)], [0, -1]);
});

Deno.test("knn() and nearestNeighbours() refuse more neighbours than there are, and what does not fit", async () => {
  const train = { features: Float32Array.of(1, 2, NaN), labels: [0, 1, 1] };
  const query = Float32Array.of(0);
  for (const k of [3, 0, 1.5, NaN]) {
    await assertRejects(
      () => knn(train, query, k),
      RangeError,
      `Cannot find ${k} nearest neighbours among 2 finite rows: k must be 1 to 64, and no more than there are rows`,
    );
  }
  await assertRejects(
    () => nearestNeighbours(new Float32Array(100), query, 1, 65),
    RangeError,
    "Cannot find 65",
  );
  const words = "Cannot find neighbours of 1 among 3 numbers: they are no rows of 2";
  await assertRejects(() => nearestNeighbours(train.features, query, 2, 1), TypeError, words);
  await assertRejects(() => knn({ ...train, labels: [0, 1] }, query, 1), TypeError, "rows of 1.5");
  await assertRejects(
    () => knn({ ...train, labels: [0, -1, 0] }, query, 1),
    RangeError,
    "Cannot vote with the label -1 of sample 1: classes are whole numbers from 0",
  );
});

Deno.test("knn() does not depend on the size of features", async () => {
  const labels = Array.from({ length: 60 }, (_, i) => i % 3);
  const [features, query] = [rounded(uniform([60, 2], { seed: 1 })), uniform([20, 2], { seed: 2 })];
  const found = [];
  for (const factor of [1, 2 ** 100, 2 ** -100]) {
    const [table, asked] = [features, query].map(({ data }) =>
      Float32Array.from(data, (x) => x * factor)
    );
    found.push([...await knn({ features: table, labels }, asked, 5)]);
  }
  assertEquals([found[1], found[2]], [found[0], found[0]]);
});
