import { assertEquals } from "@std/assert";
import { duration, percent } from "../../src/base/format.ts";

Deno.test("duration() is short", () => {
  const shown = [0, 59.4, 59.6, 75, 3599, 3600, 7290, 360_000].map(duration).join(", ");
  const wanted = "0 s, 59 s, 1 min 0 s, 1 min 15 s, 59 min 59 s, 1 h 0 min, 2 h 1 min, 100 h 0 min";
  assertEquals(shown, wanted);
});

Deno.test("percent() has two decimals", () => {
  assertEquals([0, 0.94449, 1].map(percent), ["0.00 %", "94.45 %", "100.00 %"]);
});
