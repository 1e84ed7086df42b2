import { assertEquals } from "@std/assert";
import { tickText } from "../../lab/ui/curves.ts";

Deno.test("tickText() has room beside an axis", () => {
  const texts = [0, 1, 0.001, 1e-6, 99000, 1e5, -3e7, -0.5].map(tickText);
  assertEquals(texts, ["0", "1", "0.001", "1e−6", "99000", "1e5", "−3e7", "−0.5"]);
});
