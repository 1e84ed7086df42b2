/** Everything that `deno task bench` runs, once, on the adapter: prepared, compared with the CPU, run. No time is asserted. */
import { assert, assertEquals } from "@std/assert";
import { copyLimits } from "../../bench/limits/copies.ts";
import { launchLimits } from "../../bench/limits/launches.ts";
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
