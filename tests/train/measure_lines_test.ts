/** What was measured, as lines for a reader and as a table: what a network has not is in neither. */
import { assertEquals } from "@std/assert";
import { measuresCsv } from "../../experiments/run_folder/run_summary.ts";
import {
  measurable,
  MEASURE_NAMES,
  measureLines,
} from "../../src/train/evaluation/measure_lines.ts";
import type { Measures } from "../../src/train/evaluation/measures.ts";

const all = Object.fromEntries(MEASURE_NAMES.map((name) => [name, 0.5])) as unknown as Measures;
const some = { ...all, byLogit: NaN, calibrationError: NaN, unknownByDistance: NaN, nc3: NaN };

Deno.test("measureLines() tells what there is, a line a kind", () => {
  const lines = measureLines(all);
  assertEquals(lines.length, 6);
  assertEquals(lines.filter((line) => line.length > 100), []);
  assertEquals(
    lines[0],
    "accuracy by      logit 50.00 %, center 50.00 %, mean 50.00 %, cosine 50.00 %, knn 50.00 %",
  );
});

Deno.test("measureLines() leaves out what a network has not, and lines without anything", () => {
  const lines = measureLines({ ...some, unknownByCosine: NaN });
  assertEquals(lines.map((line) => line.split("  ")[0]), [
    ...["accuracy by", "classes", "retrieval", "neural collapse"],
  ]);
  assertEquals(lines[0].includes("logit"), false);
  assertEquals(lines[3].includes("nc3"), false);
});

Deno.test("measurable() and measuresCsv() have no column that a network has not", () => {
  const left = ["byLogit", "calibrationError", "unknownByDistance", "nc3"];
  assertEquals(Object.keys(measurable(some)), MEASURE_NAMES.filter((it) => !left.includes(it)));
  const [header, line] = measuresCsv(some).split("\n");
  assertEquals(header.startsWith("by_center,by_mean,by_cosine,by_knn,within_to_between,"), true);
  assertEquals(header.endsWith(",nc2_maximal,nc4,unknown_by_cosine"), true);
  assertEquals(line.split(","), Array(header.split(",").length).fill("0.5"));
});
