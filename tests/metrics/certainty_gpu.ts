/** The certainty of predictions on the GPU, against the twin. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { certainty, logOdds } from "../../src/metrics/certainty.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";
import { download, integers, rounded, upload } from "../on_gpu.ts";
import { type Array64, array64 } from "../../src/reference/array64.ts";
import { assertClose } from "../reference/assert_close.ts";
import * as twin from "../../src/reference/certainty.ts";
import { uniform } from "../../src/reference/uniform.ts";

function check(name: string, logits: Array64) {
  const z = rounded(logits);
  Deno.test(`certainty() and logOdds() of ${name}`, async () => {
    using _ = scope();
    const x = upload(z);
    const [p, odds] = await download([certainty(x), logOdds(x)]);
    assertClose(p, twin.certainty(z), 1e-6);
    assertClose(odds, twin.logOdds(z), 1e-5);
    assert(p.data.every((it) => it <= 1), "no probability is above 1");
  });
}

check("a batch", uniform([7, 10]));
check("one row", uniform([1, 10]));
check("two classes", uniform([5, 2]));
check("more rows than a workgroup", uniform([131, 11], { seed: 2 }));
check("logits of ±300", uniform([67, 5], { low: -300, high: 300 }));
check("logits of 1e30", array64([3, 3], [1e30, -1e30, 0, 3e30, 1e30, 2e30, -3e30, -1e30, -2e30]));
check("rows that are sure", array64([2, 3], [40, 0, 0, -1, -2, 90]));

Deno.test("certainty() is 1 / classes where logits are equal, whatever they are", async () => {
  using _ = scope();
  const rows = [-1e38, 0, 3e38].map((z) => [z, z, z, z]);
  assertClose(
    array64([3], await certainty(tensor(rows)).read()),
    array64([3], [0.25, 0.25, 0.25]),
    1e-6,
  );
  assertEquals([...await certainty(tensor([[5], [-1e30]])).read()], [1, 1]);
});

Deno.test("logOdds() tells rows apart whose certainty rounds to 1", async () => {
  using _ = scope();
  const x = tensor([[20, 0, 0], [0, 200, 0], [0, 0, 201]]);
  assertEquals([...await certainty(x).read()], [1, 1, 1]);
  const [a, b, c] = await logOdds(x).read();
  assert(a < b && b < c, `${a} < ${b} < ${c}`);
});

Deno.test("certainty() and logOdds() are NaN for a row with a NaN, and for no other", async () => {
  using _ = scope();
  const x = tensor([[NaN, 0, 1], [2, 0, 1], [0, NaN, 1], [9, 1, NaN], [NaN, NaN, NaN]]);
  for (const y of [certainty(x), logOdds(x)]) {
    assertEquals([...await y.read()].map(Number.isNaN), [true, false, true, true, true]);
  }
});

Deno.test("certainty() and logOdds() refuse what is no matrix of logits", () => {
  using _ = scope();
  const wish = "it needs f32 [rows, classes] with at least";
  assertThrows(
    () => certainty(tensor([1, 2])),
    TypeError,
    `Cannot take the certainty of f32 [2]: ${wish} 1 class`,
  );
  assertThrows(() => certainty(integers([1, 2]).alias([1, 2])), TypeError, "of i32 [1, 2]");
  assertThrows(
    () => logOdds(tensor([[1], [2]])),
    TypeError,
    `Cannot take the log-odds of f32 [2, 1]: ${wish} 2 classes`,
  );
});
