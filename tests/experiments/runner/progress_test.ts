import { assertEquals, assertMatch } from "@std/assert";
import { parseOptions } from "../parse_options.ts";
import { ProgressLine } from "../../../experiments/runner/progress.ts";
import type { SplitResult, StepMetrics } from "../../../src/train/pass.ts";
import type { EpochResult } from "../../../src/train/epoch_result.ts";
import { printed } from "../../printed.ts";

const METRICS: StepMetrics = {
  loss: 1.5,
  terms: { cross_entropy: 1, center: 0.5 },
  accuracy: 0.25,
};

/** What a line of a run says while something happens to it, and the clock stands. */
async function said(
  command: string,
  act: (line: ProgressLine, at: (ms: number) => void) => void,
): Promise<string> {
  const { now } = performance;
  let clock = 0;
  performance.now = () => clock;
  try {
    const line = new ProgressLine(parseOptions(command.split(" "))!.plan);
    return (await printed(() => Promise.resolve(act(line, (ms) => clock = ms)))).out;
  } finally {
    performance.now = now;
  }
}

Deno.test("ProgressLine says once when a run takes more than an hour, and names --preset quick", async () => {
  const steps = (of: number) => (line: ProgressLine, at: (ms: number) => void) => {
    line.startEpoch(1, of);
    for (const done of [1, 2, 5, 6, 9]) {
      at(2 * done);
      line.steps(1, done, of, METRICS);
    }
  };
  assertMatch(
    await said("cent-mnist-2", steps(1e9)),
    /^The whole run will take about \d+ h \d+ min on this adapter; --preset quick is .*\n$/,
  );
  assertEquals(await said("cent-mnist-2 --preset quick", steps(1e9)), "");
  assertEquals(await said("cent-mnist-2 --epochs 1", steps(20)), "");
});

Deno.test("ProgressLine says after two seconds which of how many kernels is compiled, and again every ten", async () => {
  const out = await said("cent-mnist-2", (line, at) => {
    [0, 500, 2100, 3000, 12_200, 12_300].forEach((ms, i) => {
      at(ms);
      line.compiling({ kernel: `kernel_${i}`, number: i + 1, of: 31 });
    });
    at(100_000); // a later step: its first kernel is quick again
    line.compiling({ kernel: "last", number: 1, of: 1 });
  });
  assertEquals(out, "compiling kernel 3 of 31: kernel_2\ncompiling kernel 5 of 31: kernel_4\n");
});

Deno.test("ProgressLine writes a line an epoch", async () => {
  const split = (accuracy: number, nearestAccuracy: number) =>
    ({ losses: METRICS, accuracy, nearestAccuracy, labels: new Uint8Array(30) }) as SplitResult;
  const result = { train: split(0.5, 0.25), test: split(1, 0), lr: 0.01 } as EpochResult;
  assertEquals(
    await said("cent-mnist-2", (line) => line.epoch(7, result, 2)),
    "epoch   7/100  lr 0.01  loss 1.5000  train 50.00 % (nearest 25.00 %)  " +
      "test 100.00 % (nearest 0.00 %)  15 images/s\n",
  );
});
