/** Everything that `deno task bench` runs, once, on the adapter: prepared, compared with the CPU, run. No time is asserted. */
import { assert, assertEquals } from "@std/assert";
import { copyLimits } from "../../bench/limits/copies.ts";
import { launchLimits } from "../../bench/limits/launches.ts";
import { launchesOf } from "../../bench/project.ts";
import { gpu } from "../../src/gpu/device.ts";
import { trainingStep } from "../../bench/works/training_step.ts";
import { allWorks } from "../../bench/works/works.ts";

Deno.test("allWorks() are right, and run again", async (t) => {
  for (const work of allWorks(2, true)) {
    await t.step(`${work.work}, ${work.shape}`, async () => {
      const prepared = await work.prepare();
      prepared.run();
      await prepared.wait();
      prepared.dispose();
    });
  }
});

Deno.test("copyLimits() and launchLimits() give a row each", async () => {
  const rows = [...await copyLimits(1, 1), ...await launchLimits(1)];
  assertEquals(rows.map(({ work }) => work), [
    "limit: copy by a kernel",
    "limit: copyBufferToBuffer",
    "limit: empty dispatch",
    "limit: submit",
    "limit: readback",
  ]);
  assert(rows.slice(0, 2).every(({ gbs }) => gbs! > 0));
});

Deno.test("launchesOf() gives a step's kernels and their costs, and runs none", () => {
  const { step, flops } = trainingStep("lenetpp", 1);
  const before = gpu().counts.dispatches;
  const launches = launchesOf(step);
  assertEquals(gpu().counts.dispatches, before);
  const convolutions = launches.filter(({ kernel }) => /^(conv2d|matmul)/.test(kernel));
  assertEquals(convolutions.reduce((sum, launch) => sum + launch.flops, 0), flops);
  assert(launches.some(({ kernel }) => kernel.startsWith("sgd")));
});
