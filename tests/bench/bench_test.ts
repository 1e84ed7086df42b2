import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { main } from "../../bench/cli.ts";
import { medianMs } from "../../bench/measure.ts";
import { byKernel } from "../../bench/profile.ts";
import { digits, profileTable, worksTable } from "../../bench/table.ts";
import { checkSamples, dot, rowOf, type Work } from "../../bench/work.ts";
import { RunError, UsageError } from "../../src/errors.ts";

const work: Work = {
  work: "copy",
  shape: "4",
  flops: 2e6,
  bytes: 4e6,
  images: 5,
  prepare: () => Promise.reject(new RunError("Cannot prepare what is only counted")),
};

Deno.test("rowOf() gives rates from a time in milliseconds", () => {
  assertEquals(rowOf(work, 2, "adapter"), {
    adapter: "adapter",
    work: "copy",
    shape: "4",
    ms: 2,
    gflops: 1,
    gbs: 2,
    imagesPerSecond: 2500,
  });
  const { gbs, imagesPerSecond } = rowOf({ ...work, bytes: undefined, images: undefined }, 2, "");
  assertEquals([gbs, imagesPerSecond], [null, null]);
});

Deno.test("dot() sums products and their magnitudes", () => {
  const { sum, magnitude } = dot(4, (i) => i, (i) => i % 2 ? 1 : -1);
  assertEquals([sum, magnitude], [1 - 2 + 3, 6]);
});

Deno.test("checkSamples() refuses an element that is wrong, or no number", () => {
  const expected = (place: number) => ({ sum: place, magnitude: place });
  const right = Float32Array.from({ length: 1000 }, (_, i) => i);
  checkSamples("matmul", right, expected);
  for (const wrong of [999.1, NaN]) {
    assertThrows(
      () => checkSamples("matmul", right.with(999, wrong), expected),
      RunError,
      "Cannot time matmul: its element 999 is ",
    );
  }
});

Deno.test("medianMs() divides by the runs that fill a sample", async () => {
  let runs = 0, waits = 0;
  const busy = (ms: number) => {
    for (const end = performance.now() + ms; performance.now() < end;);
  };
  const prepared = {
    run: () => (runs++, busy(2)),
    wait: () => Promise.resolve(void waits++),
    dispose: () => {},
  };
  const ms = await medianMs(prepared, 20);
  assertAlmostEquals(ms, 2, 1);
  assertEquals(runs / waits > 5, true, `${runs} runs in ${waits} samples`);
});

Deno.test("byKernel() adds up a kernel's dispatches, the slowest kernel first", () => {
  const times = [{ kernel: "a", ms: 1 }, { kernel: "b", ms: 5 }, { kernel: "a", ms: 2 }];
  assertEquals(byKernel(times), [
    { kernel: "b", dispatches: 1, ms: 5 },
    { kernel: "a", dispatches: 2, ms: 3 },
  ]);
});

Deno.test("digits() shows three significant digits", () => {
  const shown = [1234.5, 123.4, 12.34, 1.234, 0.01234, 0, null].map(digits);
  assertEquals(shown, ["1235", "123", "12.3", "1.23", "0.0123", "0.00", "-"]);
});

Deno.test("worksTable() and profileTable() stand in columns", () => {
  const { titles, line } = worksTable([work, { work: "matmul", shape: "512x512" }]);
  const lines = [titles, line(rowOf(work, 2, "")), line(rowOf(work, 2000, ""))];
  assertEquals(lines, [
    "work    shape           ms  GFLOP/s     GB/s images/s",
    "copy    4             2.00     1.00     2.00     2500",
    "copy    4             2000  0.00100  0.00200     2.50",
  ]);
  assertEquals(
    profileTable([{ kernel: "b", dispatches: 1, ms: 6 }, { kernel: "a", dispatches: 2, ms: 2 }]),
    [
      "kernel    times       ms    share",
      "b          1     6.00    75.0%",
      "a          2     2.00    25.0%",
      "all              8.00",
    ].join("\n"),
  );
});

Deno.test("main() of bench refuses what it does not know", async () => {
  const misuses: [string[], string][] = [
    [["--jsn=1"], "Unknown argument --jsn: see deno task bench --help"],
    [["matmul"], "Unknown argument matmul: see deno task bench --help"],
    [["--json"], "--json needs a file: --json FILE"],
    [["--json", "x", "--profile"], "--json is for the timed rows: leave out --profile"],
  ];
  for (const [args, message] of misuses) {
    const error = await assertRejects(() => main(args), UsageError);
    assertEquals(error.message, message);
  }
});
