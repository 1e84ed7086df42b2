import { assertEquals } from "@std/assert";
import { fillingRuns, type Timer } from "../../src/tune/timing.ts";

const nothing = { run: () => {}, wait: () => Promise.resolve() };

Deno.test("fillingRuns() finds the runs that fill a sample, the cost of its readback apart", async () => {
  const time: Timer = (_, runs) => Promise.resolve(11 + 0.1 * runs);
  const runs = await fillingRuns(nothing, 60, time);
  assertEquals(runs >= 490 && runs < 1000, true, `${runs}`);
  assertEquals(await fillingRuns(nothing, 60, () => Promise.resolve(61)), 1);
  assertEquals(await fillingRuns(nothing, 60, () => Promise.resolve(0)), 1 << 16);
});
