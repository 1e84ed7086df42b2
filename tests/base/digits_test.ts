import { assertEquals } from "@std/assert";
import { digits, percent } from "../../src/base/format.ts";

Deno.test("digits() shows three significant digits, or all before the point", () => {
  const shown = [1234.5, 123.4, 12.34, 1.234, 0.01234, 0, 0.00001234, null].map(digits);
  assertEquals(shown, ["1235", "123", "12.3", "1.23", "0.0123", "0.00", "0.000012", "-"]);
});

Deno.test("percent() shows two digits, or as many as are asked for", () => {
  assertEquals([percent(0.9445), percent(0.01234, 1), percent(1, 0)], [
    "94.45 %",
    "1.2 %",
    "100 %",
  ]);
});
