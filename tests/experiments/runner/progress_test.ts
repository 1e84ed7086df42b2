import { assertEquals, assertMatch } from "@std/assert";
import { parseOptions } from "../../../experiments/flags/exp.ts";
import { ProgressLine } from "../../../experiments/runner/progress.ts";
import { duration } from "../../../src/base/format.ts";
import type { EpochResult, SplitResult, StepMetrics } from "../../../src/train/trainer.ts";
import { printed } from "../../printed.ts";

const METRICS: StepMetrics = {
  loss: 1.5,
  terms: { cross_entropy: 1, center: 0.5 },
  accuracy: 0.25,
};

Deno.test("duration() is short", () => {
  const shown = [0, 59.4, 59.6, 75, 3599, 3600, 7290, 360_000].map(duration);
  assertEquals(shown, [
    "0 s",
    "59 s",
    "1 min 0 s",
    "1 min 15 s",
    "59 min 59 s",
    "1 h 0 min",
    "2 h 1 min",
    "100 h 0 min",
  ]);
});

/** What is said after a few steps of an epoch of so many. */
async function saidAfterSteps(line: string, steps: number): Promise<string> {
  const { out } = await printed(async () => {
    const progress = new ProgressLine(parseOptions(line.split(" "))!.plan);
    progress.startEpoch();
    for (const done of [1, 2, 5, 6, 9]) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      progress.steps(1, done, steps, METRICS);
    }
  });
  return out;
}

Deno.test("ProgressLine says once when a run takes more than an hour, and names --preset quick", async () => {
  const said = await saidAfterSteps("cent-mnist-2", 1e9);
  assertMatch(
    said,
    /^The whole run will take about \d+ h \d+ min on this adapter; --preset quick is .*\n$/,
  );
  assertEquals(await saidAfterSteps("cent-mnist-2 --preset quick", 1e9), "");
  assertEquals(await saidAfterSteps("cent-mnist-2 --epochs 1", 20), "");
});

Deno.test("ProgressLine says after two seconds which of how many kernels is compiled, and again every ten", async () => {
  const { now } = performance;
  let at = 0;
  performance.now = () => at;
  try {
    const { out } = await printed(() => {
      const line = new ProgressLine(parseOptions(["cent-mnist-2"])!.plan);
      [0, 500, 2100, 3000, 12_200, 12_300].forEach((ms, i) => {
        at = ms;
        line.compiling({ kernel: `kernel_${i}`, number: i + 1, of: 31 });
      });
      at = 100_000; // a later step: its first kernel is quick again
      line.compiling({ kernel: "last", number: 1, of: 1 });
      return Promise.resolve();
    });
    assertEquals(out, "compiling kernel 3 of 31: kernel_2\ncompiling kernel 5 of 31: kernel_4\n");
  } finally {
    performance.now = now;
  }
});

Deno.test("ProgressLine writes a line an epoch", async () => {
  const split = (accuracy: number, nearestAccuracy: number) =>
    ({ losses: METRICS, accuracy, nearestAccuracy, labels: new Uint8Array(30) }) as SplitResult;
  const result = { train: split(0.5, 0.25), test: split(1, 0), lr: 0.01 } as EpochResult;
  const { out } = await printed(() => {
    new ProgressLine(parseOptions(["cent-mnist-2"])!.plan).epoch(7, result, 2);
    return Promise.resolve();
  });
  assertEquals(
    out,
    "epoch   7/100  lr 0.01  loss 1.5000  train 50.00 % (nearest 25.00 %)  " +
      "test 100.00 % (nearest 0.00 %)  15 images/s\n",
  );
});
