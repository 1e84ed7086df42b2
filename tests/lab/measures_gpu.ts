/** Numbers of the samples that were seen last, on a small table. */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { Measure } from "../../lab/train/measures.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { readAll } from "../../src/tensor/tensor.ts";

/** Two features, the label, the class of the largest logit, the number of the image; class 0 has no sample. */
const TABLE = [[1, 0, 1, 1, 0], [-1, 0, 1, 1, 1], [9, 0, 2, 1, 2], [11, 0, 2, 2, 3]];

Deno.test("Measure counts spread, hits by logit and hits by the nearest mean of a class that has samples", async () => {
  const table = tensor(TABLE), measure = new Measure(3, 2);
  const read = async () => measure.of(await readAll(measure.results) as Float32Array[]);
  measure.dispatch(table, 4);
  const { means, counts, ratio, byLogit, byCenter } = await read();
  assertEquals([[...means], [...counts]], [[0, 0, 0, 0, 10, 0], [0, 2, 2]]);
  assertAlmostEquals(ratio, 4 / 100, 1e-6);
  assertEquals([byLogit, byCenter], [0.75, 1]);
  measure.dispatch(table, 4, tensor([[1, 0], [0, 0], [10, 0]]));
  assertEquals((await read()).byCenter, 0.75);
  table.dispose();
  measure.dispose();
});
