import { assertEquals } from "@std/assert";
import { unbroken } from "../../src/figures/charts/series.ts";

Deno.test("unbroken() ends a run at a gap, and goes on over it in a bridged series", () => {
  const values = [NaN, 1, NaN, 2, 3, NaN], name = "test";
  assertEquals(unbroken({ name, values }), [[[1, 1]], [[3, 2], [4, 3]]]);
  assertEquals(unbroken({ name, values, bridged: true }), [[[1, 1], [3, 2], [4, 3]]]);
  assertEquals(unbroken({ name, values: [NaN], bridged: true }), []);
});
