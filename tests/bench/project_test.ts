import { assertAlmostEquals, assertEquals } from "@std/assert";
import { ASSUMED, LABEL, project } from "../../bench/project.ts";

// One operation-bound millisecond for 1e9 * 0.4 operations, one byte-bound one for 1e6 * 0.7 bytes.
const gpu = { name: "invented", kind: "desktop", tflops: 1, gbs: 1 } as const;
const operations = 1e9 * ASSUMED.operations, bytes = 1e6 * ASSUMED.bytes;

Deno.test("project() takes the higher bound of each launch, and adds what launches cost", () => {
  const launches = [
    { kernel: "product", flops: 3 * operations, bytes },
    { kernel: "sum", flops: operations, bytes: 2 * bytes },
  ];
  const found = project(launches, 10, gpu);
  const launchMs = (2 * ASSUMED.dispatchUs + ASSUMED.submitUs) / 1e3, ms = 5 + launchMs;
  assertAlmostEquals(found.ms, ms);
  assertAlmostEquals(found.imagesPerSecond, 1e4 / ms);
  assertAlmostEquals(found.operations, 3 / ms);
  assertAlmostEquals(found.bytes, 2 / ms);
  assertAlmostEquals(found.launches, launchMs / ms);
  assertEquals([found.label, found.lead], [LABEL, "product 59 %, sum 40 %"]);
});

Deno.test("project() counts a submit for each tenth of a second, and one at the least", () => {
  const submits = (flops: number) => {
    const { launches, ms } = project([{ kernel: "product", flops, bytes: 0 }], 1, gpu);
    return (launches * ms * 1e3 - ASSUMED.dispatchUs) / ASSUMED.submitUs;
  };
  assertAlmostEquals(submits(0), 1);
  assertAlmostEquals(submits(250 * operations), 3);
});
