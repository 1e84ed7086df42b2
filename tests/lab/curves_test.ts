import { assertEquals } from "@std/assert";
import { tickText } from "../../lab/ui/curves.ts";
import { measured } from "../../lab/ui/field_control.ts";

Deno.test("tickText() has room beside an axis", () => {
  const texts = [0, 1, 0.001, 1e-6, 99000, 1e5, -3e7, -0.5].map(tickText);
  assertEquals(texts, ["0", "1", "0.001", "1e−6", "99000", "1e5", "−3e7", "−0.5"]);
});

Deno.test("measured() keeps its width while a value moves", () => {
  const texts = [0.3, 0.38, 0.999, 5, 16.4, 128, 0, 0.0304, -0.5, Infinity].map(measured);
  const wanted = ["0.30", "0.38", "1.0", "5.0", "16", "130", "0", "0.030", "-0.50", "Infinity"];
  assertEquals(texts, wanted);
});
