/** Retrieval and silhouette over all pairs, on the GPU, against their twins and scikit-learn's numbers. */
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { distanceRows } from "../../src/metrics/distance_rows.ts";
import { retrieval } from "../../src/metrics/retrieval.ts";
import { SilhouetteSums } from "../../src/metrics/silhouette.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import * as retrievalTwin from "../../src/reference/retrieval.ts";
import * as silhouetteTwin from "../../src/reference/silhouette.ts";
import { squaredDistances } from "../../src/reference/squared_distances.ts";
import { uniform } from "../../src/reference/uniform.ts";
import fixture from "./measures.json" with { type: "json" };
import { throughTextures } from "../ops/op_case.ts";
import { assertClose } from "../reference/assert_close.ts";

const f32 = ({ data }: Array64) => Float32Array.from(data);
/** Quarters of small whole numbers: float32 holds their squared distances, and many are equal. */
const quarters = (shape: readonly number[]) => {
  const { data } = uniform(shape, { low: -4, high: 4 });
  return array64(shape, data.map((x) => Math.round(x * 4) / 4));
};
/** Rows, dim, how many rows a block has. */
const SHAPES = [[1, 1, 1], [5, 2, 5], [67, 2, 9], [66, 3, 1], [131, 5, 64], [41, 129, 7]] as const;

for (const [rows, dim, block] of SHAPES) {
  Deno.test(`distanceRows() of ${rows} rows of ${dim}-D, ${block} at a time`, async () => {
    using _ = throughTextures();
    const x = uniform([rows, dim]), found = new Float64Array(rows * rows);
    const visited: number[] = [];
    await distanceRows(f32(x), dim, (row, squared) => {
      visited.push(row);
      found.set(squared, row * rows);
    }, block * 16 * Math.ceil(rows / 4));
    assertEquals(visited, Array.from({ length: rows }, (_, i) => i));
    assertEquals(found.filter((_, at) => at % (rows + 1) === 0), new Float64Array(rows));
    const expected = squaredDistances(x, x);
    if (rows > 1) assertClose(array64([rows, rows], found), expected, 1e-6);
  });
}

Deno.test("distanceRows() of nothing calls nobody, and refuses broken rows", async () => {
  await distanceRows(new Float32Array(0), 2, () => assert(false));
  await assertRejects(
    () => distanceRows(new Float32Array(3), 2, () => {}),
    TypeError,
    "Cannot take distances between rows of 2 of 3 numbers",
  );
});

Deno.test("retrieval() is the twin's, ties and all", async () => {
  for (const [samples, dim, classes] of [[50, 1, 3], [64, 2, 10], [33, 4, 2]]) {
    const x = quarters([samples, dim]);
    const labels = Array.from({ length: samples }, (_, i) => i * i % classes);
    const found = await retrieval(f32(x), labels);
    const expected = retrievalTwin.retrieval(x, labels);
    for (const name of ["recallAt1", "map", "mapAtR"] as const) {
      assertAlmostEquals(found[name], expected[name], 1e-12, `${name} of ${samples}`);
    }
  }
});

async function silhouette(x: Float32Array, labels: readonly number[]): Promise<number> {
  const sums = new SilhouetteSums(labels);
  await distanceRows(x, x.length / labels.length, (row, squared) => sums.add(row, squared));
  return sums.result();
}

Deno.test("retrieval() and SilhouetteSums are scikit-learn's", async () => {
  for (const { features, labels, map, recallAt1, silhouette: expected } of fixture.cases) {
    const x = Float32Array.from(features), found = await retrieval(x, labels);
    assertAlmostEquals(found.map, map, 1e-12);
    assertAlmostEquals(found.recallAt1, recallAt1, 1e-12);
    assertAlmostEquals(await silhouette(x, labels), expected, 1e-7);
  }
});

Deno.test("retrieval() does not depend on the size of features", async () => {
  const { features, labels } = fixture.cases[0], found = [];
  for (const factor of [1, 2 ** 100, 2 ** -100]) {
    found.push(await retrieval(Float32Array.from(features, (x) => x * factor), labels));
  }
  assertEquals([found[1], found[2]], [found[0], found[0]]);
});

Deno.test("retrieval() does not depend on the order of equal samples", async () => {
  // The query 0 sees two of its class and two others, all equally far.
  const x = Float32Array.of(0, 1, -1, 1, -1), labels = [0, 0, 0, 1, 1];
  const one = await retrieval(x, labels);
  const other = await retrieval(Float32Array.of(1, -1, 0, -1, 1), [1, 1, 0, 0, 0]);
  assertEquals(one, other);
});

Deno.test("retrieval() leaves out a class of one, and refuses classes of one alone", async () => {
  const { recallAt1 } = await retrieval(Float32Array.of(0, 1, 9), [0, 0, 1]);
  assertEquals(recallAt1, 1);
  await assertRejects(
    () => retrieval(Float32Array.of(0, 1), [0, 1]),
    RangeError,
    "Cannot measure retrieval among 2 samples: no class has two of them",
  );
});

Deno.test("SilhouetteSums has the twin's mean, and 0 for what has no silhouette", async () => {
  const x = quarters([45, 2]), labels = Array.from({ length: 45 }, (_, i) => i < 44 ? i % 4 : 7);
  assertAlmostEquals(await silhouette(f32(x), labels), silhouetteTwin.silhouette(x, labels), 1e-6);
  assertEquals(await silhouette(new Float32Array(4), [0, 0, 1, 1]), 0);
  await assertRejects(
    () => silhouette(Float32Array.of(0, 1), [3, 3]),
    RangeError,
    "Cannot take the silhouette of 2 samples: two classes must have some",
  );
});
