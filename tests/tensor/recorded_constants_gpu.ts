/** Uploads inside of recorded steps. */
import { assertEquals, assertThrows } from "@std/assert";
import { mul, sum } from "../../src/ops/mod.ts";
import { recorded } from "../../src/tensor/recorded.ts";
import { scope } from "../../src/tensor/scope.ts";
import { tensor } from "../../src/tensor/make_tensor.ts";

Deno.test("recorded() keeps an array uploaded inside of the step", async () => {
  using _ = scope();
  const x = tensor(new Float32Array(4096).fill(1));
  const step = recorded(() => {
    const s = sum(x); // its parts are freed here, and must not be where k is uploaded
    const k = tensor(new Float32Array(64).fill(2));
    return sum(mul(k, s));
  });
  assertEquals([await step().item(), await step().item(), await step().item()], [
    524288,
    524288,
    524288,
  ]);
  step.dispose();
});

Deno.test("recorded() refuses a write from the CPU inside of the step", () => {
  using _ = scope();
  const x = tensor([1]);
  assertThrows(() => recorded(() => x.write([2]))(), TypeError, "inside a recorded step");
});
