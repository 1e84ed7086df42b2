import { assertEquals } from "@std/assert";
import { fillingRuns, median, type Timer } from "../../src/tune/timing.ts";

const nothing = { run: () => {}, wait: () => Promise.resolve() };

Deno.test("fillingRuns() finds the runs that fill a sample, the cost of its readback apart", async () => {
  const time: Timer = (_, runs) => Promise.resolve(11 + 0.1 * runs);
  const runs = await fillingRuns(nothing, 60, time);
  assertEquals(runs >= 490 && runs < 1000, true, `${runs}`);
  assertEquals(await fillingRuns(nothing, 60, () => Promise.resolve(61)), 1);
  assertEquals(await fillingRuns(nothing, 60, () => Promise.resolve(0)), 1 << 16);
});

Deno.test("median() is the middle one, and leaves the times as they are", () => {
  const times = [3, 1, 2];
  assertEquals([median(times), median([4, 1]), times], [2, 4, [3, 1, 2]]);
});
