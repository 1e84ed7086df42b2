import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { fastestsMs, mediansMs } from "../../bench/measure.ts";
import { csvOfRows } from "../../src/base/csv.ts";
import { limitsOf, shareOfLimit } from "../../bench/limits/limits.ts";
import { growth } from "../../bench/memory.ts";
import { BENCH, benchOptions } from "../../bench/options.ts";
import { copying, gpuTimes, outside } from "../../bench/overhead.ts";
import { profileRows } from "../../bench/profile.ts";
import { limitsTable, profileTable, worksTable } from "../../bench/table.ts";
import { largestDivisor } from "../../bench/works/training_step.ts";
import { checkResult, rowOf, type Work } from "../../bench/work.ts";
import { matching } from "../../bench/works/works.ts";
import { parse } from "../../cli/flags.ts";
import { RunError, UsageError } from "../../src/base/errors.ts";
import { type BufferView, costOf } from "../../src/gpu/dispatch.ts";

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
  const { gflops, gbs, imagesPerSecond } = rowOf({ work: "copy", shape: "4" }, 2, "");
  assertEquals([gflops, gbs, imagesPerSecond], [null, null, null]);
});

Deno.test("checkResult() refuses a result that is wrong, or no number", () => {
  const right = Float32Array.from({ length: 1000 }, (_, i) => i);
  checkResult("SGD", "velocity", right, right, 1e-5);
  for (const [wrong, error] of [[1000, "0.00005"], [NaN, "NaN"]] as const) {
    assertThrows(
      () => checkResult("SGD", "velocity", right.with(999, wrong), right, 1e-5),
      RunError,
      `Cannot time SGD: its velocity is off by ${error}`,
    );
  }
});

Deno.test("mediansMs() lets works take turns and divides by the runs that fill a sample", async () => {
  let clock = 0, last = "";
  const turns: string[] = [];
  const work = (name: string, ms: number) => ({
    run: () => {
      if (last !== name) turns.push(name);
      last = name;
      clock += ms;
    },
    wait: () => Promise.resolve(),
  });
  // The clock stands still between runs, so that a loaded machine changes nothing.
  const { now } = performance;
  performance.now = () => clock;
  try {
    const slow = work("slow", 5), quick = work("quick", 2);
    assertEquals(await mediansMs([slow, quick], 20), [5, 2]);
    // A turn to find out how many runs fill a sample, and five samples.
    assertEquals(turns, Array(6).fill(["slow", "quick"]).flat());
    assertEquals(await fastestsMs([slow, quick], 20), [5, 2]);
  } finally {
    performance.now = now;
  }
});

Deno.test("profileRows() adds up a kernel's dispatches, the slowest first, beside step and limits", () => {
  const times = [
    { kernel: "copy", ms: 2, flops: 0, bytes: 4e6 },
    { kernel: "product", ms: 1, flops: 4e6, bytes: 2e6 },
    { kernel: "nothing", ms: 0, flops: 0, bytes: 4 },
    { kernel: "product", ms: 5, flops: 8e6, bytes: 4e6 },
  ];
  const none = { gflops: null, gbs: null, ofLimit: null };
  assertEquals(profileRows(times, { gflops: 4, gbs: 8 }), [
    { kernel: "product", calls: 2, ms: 6, share: 0.75, gflops: 2, gbs: 1, ofLimit: 0.5 },
    { kernel: "copy", calls: 1, ms: 2, share: 0.25, gflops: null, gbs: 2, ofLimit: 0.25 },
    { kernel: "nothing", calls: 1, ms: 0, share: 0, ...none },
  ]);
});

Deno.test("costOf() counts a view once, and takes an op's own word", () => {
  const view = (storage: unknown, offset: number, bytes: number) => ({
    storage: storage as BufferView["storage"],
    offset,
    bytes,
  });
  const a = {}, b = {};
  const views = { x: view(a, 0, 8), same: view(a, 0, 8), part: view(a, 256, 4), y: view(b, 0, 16) };
  assertEquals(costOf(views), { flops: 0, bytes: 28 });
  assertEquals(costOf(views, { flops: 5 }), { flops: 5, bytes: 28 });
  assertEquals(costOf(views, { bytes: 3 }), { flops: 0, bytes: 3 });
});

Deno.test("limitsOf() takes the best rates, shareOfLimit() the operations first", () => {
  const limits = limitsOf([
    { gflops: 40, gbs: null },
    { gflops: null, gbs: 2 },
    { gflops: null, gbs: 10 },
    { gflops: null, gbs: null },
  ]);
  assertEquals(limits, { gflops: 40, gbs: 10 });
  const shares = [[10, 10], [null, 1], [null, null]].map(([gflops, gbs]) =>
    shareOfLimit({ gflops, gbs }, limits)
  );
  assertEquals(shares, [0.25, 0.1, null]);
});

Deno.test("outside() and growth() are shares", () => {
  const stretch = { wallMs: 200, passMs: 150, betweenMs: 40, passes: 3 };
  assertEquals([outside(stretch), copying(stretch)], [0.25, 0.2]);
  const spans = [[0, 10], [12, 15], [40, 50]] as const;
  assertEquals(gpuTimes(spans, [1, 1, 2]), { passMs: 23, betweenMs: 2 });
  assertAlmostEquals(growth([100, 150, 102]), 0.02);
});

Deno.test("largestDivisor() gives the part that a batch repeats", () => {
  const found = [[32, 32], [128, 32], [128, 16], [30, 16], [7, 32], [37, 16]];
  assertEquals(found.map(([n, most]) => largestDivisor(n, most)), [32, 32, 16, 15, 7, 1]);
});

Deno.test("matching() finds works by name or shape, whatever the case", () => {
  const works = [{ work: "training step", shape: "ResNet" }, { work: "SGD", shape: "4" }];
  const found = ["", "resnet", "sgd", "g", "adam"].map((it) => matching(works, it).length);
  assertEquals(found, [2, 1, 1, 2, 0]);
});

Deno.test("csvOfRows() names columns in snake case, quotes commas, leaves empty what is not counted", () => {
  const { work: name, ...rest } = rowOf({ ...work, shape: "4, 2" }, 2, "llvmpipe (LLVM 15, 256)");
  assertEquals(
    csvOfRows([{ ...rest, work: name, gflops: null }]),
    "adapter,shape,ms,gflops,gbs,images_per_second,work\n" +
      '"llvmpipe (LLVM 15, 256)","4, 2",2,,2,2500,copy\n',
  );
});

Deno.test("worksTable(), limitsTable() and profileTable() stand in columns", () => {
  const limits = { gflops: 2, gbs: 8 };
  const { titles, line } = worksTable([work, { work: "matmul", shape: "512x512" }]);
  const lines = [titles, line(rowOf(work, 2, ""), limits), line(rowOf(work, 2000, ""), limits)];
  assertEquals(lines, [
    "work    shape           ms  GFLOP/s     GB/s images/s of limit",
    "copy    4             2.00     1.00     2.00     2500   50.0 %",
    "copy    4             2000  0.00100  0.00200     2.50    0.1 %",
  ]);
  const limit = limitsTable();
  const row = rowOf({ work: "limit: readback", shape: "4 bytes" }, 11.5, "");
  assertEquals(limit.line(row).length, limit.titles.length);
  assertEquals(limit.line(row).split(/ {2,}/), ["readback", "4 bytes", "11.5", "-", "-"]);
  const common = { gflops: null, gbs: 2, ofLimit: 0.25 };
  assertEquals(
    profileTable([
      { kernel: "b", calls: 1, ms: 6, share: 0.75, ...common },
      { kernel: "a", calls: 2, ms: 2, share: 0.25, ...common },
    ]),
    [
      "kernel      calls       ms    share  GFLOP/s     GB/s of limit",
      "b               1     6.00   75.0 %        -     2.00   25.0 %",
      "a               2     2.00   25.0 %        -     2.00   25.0 %",
      "all             3     8.00",
    ].join("\n"),
  );
});

const options = (...args: string[]) => benchOptions(parse(BENCH, args)!);

Deno.test("benchOptions() gives each mode its own sizes", () => {
  const read = (...args: string[]) => {
    const { mode, network, batch, steps } = options(...args);
    return [mode, network, batch, steps];
  };
  assertEquals(read(), ["works", "resnet", 32, undefined]);
  assertEquals(read("--profile", "--network", "lenetpp"), ["profile", "lenetpp", 32, undefined]);
  assertEquals(read("--overhead", "--steps=9"), ["overhead", "resnet", 32, 9]);
  assertEquals(read("--project"), ["project", "resnet", 32, undefined]);
  assertEquals(read("--memory"), ["memory", "resnet", 32, undefined]);
});

Deno.test("benchOptions() refuses what does not fit the mode", () => {
  const misuses: [string[], string][] = [
    [["--json", "x", "--profile"], "--json does not fit --profile: leave it out"],
    [["--network", "resnet"], "--network needs --profile or --overhead or --memory or --project"],
    [["--profile", "--memory"], "--profile and --memory exclude each other: one at a time"],
    [["--memory", "--steps", "50"], "--steps is 50; with --memory it must be 100 or more"],
  ];
  for (const [args, message] of misuses) {
    assertEquals(assertThrows(() => options(...args), UsageError).message, message);
  }
});
