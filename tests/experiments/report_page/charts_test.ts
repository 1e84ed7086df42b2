import { assertEquals, assertStringIncludes } from "@std/assert";
import { lineChart } from "../../../experiments/report_page/charts.ts";

Deno.test("lineChart() over six powers of ten has a number at each tick, and names the epoch", () => {
  const lines = [{ name: "loss", color: "red", values: [3, 0.1, 0.001, 3e-6] }];
  const { text } = lineChart({ title: "Loss", unit: "loss", lines });
  const [, up] = /aria-label="y-axis tick label"(.*?)<\/g>/s.exec(text)!;
  const numbers = [...up.matchAll(/<text[^>]*>([^<]*)</g)].map(([, it]) => it);
  assertEquals(numbers, ["0.00001", "0.0001", "0.001", "0.01", "0.1", "1"]);
  assertStringIncludes(text, ">epoch</text>");
});
