import { assertEquals } from "@std/assert";
import { digits, duration, percent, signed } from "../../src/base/format.ts";

Deno.test("digits() shows three significant digits, or all before the point", () => {
  const shown = [1234.5, 123.4, 12.34, 1.234, 0.01234, 0, 0.00001234, null].map(digits);
  assertEquals(shown, ["1235", "123", "12.3", "1.23", "0.0123", "0.00", "0.000012", "-"]);
  const large = [-12345, -1.5, -0.00001234, 123456789, -99.9, NaN].map(digits);
  assertEquals(large, ["-12345", "-1.50", "-0.000012", "123456789", "-99.9", "NaN"]);
});

Deno.test("percent() shows two digits, or as many as are asked for", () => {
  assertEquals([percent(0.9445), percent(0.01234, 1), percent(1, 0)], [
    "94.45 %",
    "1.2 %",
    "100 %",
  ]);
});

Deno.test("duration() is short", () => {
  const shown = [0, 59.4, 59.6, 75, 3599, 3600, 7290, 360_000].map(duration).join(", ");
  const wanted = "0 s, 59 s, 1 min 0 s, 1 min 15 s, 59 min 59 s, 1 h 0 min, 2 h 1 min, 100 h 0 min";
  assertEquals(shown, wanted);
});

Deno.test("signed() has a true minus, and none before zero", () => {
  assertEquals([-0.5, -0.004, 1, -12].map(signed), ["−0.50", "0.00", "1.00", "−12.00"]);
});
