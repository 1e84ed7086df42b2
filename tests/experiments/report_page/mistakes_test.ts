/** The worst mistakes of a page. */
import { assert, assertEquals } from "@std/assert";
import { mistakesSection } from "../../../experiments/report_page/sections/mistakes.ts";
import type { RunView } from "../../../experiments/report_page/read_run.ts";
import { noise } from "../../image_set.ts";

Deno.test("mistakesSection() names an image whose class has no center last", () => {
  const test = { ...noise({ count: 3, height: 2, width: 2 }), labels: Uint8Array.of(0, 1, 2) };
  const run = {
    config: { plan: { scoring: "nearest-center" } },
    classNames: test.classNames,
  } as unknown as RunView;
  const { text } = mistakesSection(run, { train: test, test }, {
    predicted: Int32Array.of(1, 2, 1),
    nearest: Int32Array.of(1, 2, 1),
    byLogit: new Int32Array(0),
    certainty: new Float64Array(0),
    own: Float64Array.of(NaN, 2, 9),
    least: Float64Array.of(1, 1, 3),
  });
  const said = [...text.matchAll(/<span>(.*?)<\/span>/g)].map(([, words]) => words);
  assertEquals(said, [
    "own center 3.0 times as far",
    "own center 2.0 times as far",
    "its class has no center",
  ]);
  assert(text.includes("3 of 3 test images"));
});
