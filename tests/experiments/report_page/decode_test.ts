/** What a page's script makes of numbers in the page. */
import { assertEquals } from "@std/assert";
import { Samples } from "../../../experiments/report_page/page/decode.js";
import { quantize } from "../../../experiments/report_page/maps/quantize.ts";
import { base64 } from "../../../experiments/report_page/base64.ts";

Deno.test("Samples.distances() leave out a class without a center", () => {
  const { values, scales } = quantize([[0, 3], [0, 4]]);
  const samples = new Samples({
    ...{ count: 2, index: base64(Int32Array.of(0, 1)), labels: base64(Int32Array.of(0, 1)) },
    epochs: [{ values: base64(values), scales }],
  }, 2);
  const centers = [null, [3, 4], [0, 1]];
  assertEquals(samples.distances(0, 0, centers), { own: NaN, nearest: 2, least: 1 });
  assertEquals(samples.distances(0, 1, centers), { own: 0, nearest: 1, least: 0 });
});
