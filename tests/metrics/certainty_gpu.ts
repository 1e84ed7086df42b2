/** The certainty of predictions on the GPU, against the twin. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { logOdds } from "../../src/metrics/certainty.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { download, integers, rounded, upload } from "../on_gpu.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { assertClose } from "../reference/assert_close.ts";
import * as twin from "../../src/reference/certainty.ts";
import { uniform } from "../../src/reference/uniform.ts";

const CASES: Record<string, Array64> = {
  "a batch": uniform([7, 10]),
  "one row": uniform([1, 10]),
  "two classes": uniform([5, 2]),
  "more rows than a workgroup": uniform([131, 11], { seed: 2 }),
  "logits of ±300": uniform([67, 5], { low: -300, high: 300 }),
  "logits of 1e30": array64([2, 3], [1e30, -1e30, 0, 3e30, 1e30, 2e30]),
  "rows that are sure": array64([2, 3], [40, 0, 0, -1, -2, 90]),
  "equal logits": array64([3, 4], [-1e38, 0, 3e38].flatMap((z) => [z, z, z, z])),
};
for (const [name, logits] of Object.entries(CASES)) {
  Deno.test(`logOdds() of ${name}`, async () => {
    using _ = scope();
    const z = rounded(logits);
    const [odds] = await download([logOdds(upload(z))]);
    assertClose(odds, twin.logOdds(z), 1e-5);
  });
}

Deno.test("logOdds() tells rows apart whose certainty rounds to 1", async () => {
  using _ = scope();
  const x = tensor([[20, 0, 0], [0, 200, 0], [0, 0, 201]]);
  const [a, b, c] = await logOdds(x).read();
  assert(a < b && b < c, `${a} < ${b} < ${c}`);
});

Deno.test("logOdds() is NaN for a row with a NaN, and for no other", async () => {
  using _ = scope();
  const x = tensor([[NaN, 0, 1], [2, 0, 1], [0, NaN, 1], [9, 1, NaN], [NaN, NaN, NaN]]);
  const found = [...await logOdds(x).read()].map(Number.isNaN);
  assertEquals(found, [true, false, true, true, true]);
});

Deno.test("logOdds() is infinite where an infinity parts the largest logit from the next, else NaN", async () => {
  using _ = scope();
  const rows = [[Infinity, 0, 1], [0, -Infinity, -Infinity], [Infinity, 0, Infinity]];
  const x = tensor([...rows, [-Infinity, -Infinity, -Infinity]]);
  const expected = [Infinity, Infinity, NaN, NaN];
  assertEquals([...await logOdds(x).read()], expected);
  assertEquals([
    ...twin.logOdds(array64(x.shape, [...rows.flat(), ...Array(3).fill(-Infinity)])).data,
  ], expected);
});

Deno.test("logOdds() refuses what is no matrix of logits", () => {
  using _ = scope();
  const wish = "it needs f32 [rows, classes] with at least 2 classes";
  const refused: [() => unknown, string][] = [
    [() => logOdds(tensor([1, 2])), "f32 [2]"],
    [() => logOdds(integers([1, 2]).alias([1, 2])), "i32 [1, 2]"],
    [() => logOdds(tensor([[1], [2]])), "f32 [2, 1]"],
  ];
  for (const [act, what] of refused) {
    assertThrows(act, TypeError, `Cannot take the log-odds of ${what}: ${wish}`);
  }
});
