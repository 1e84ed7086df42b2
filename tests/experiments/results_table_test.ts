/** The README's table of results. */
import { assertEquals, assertThrows } from "@std/assert";
import { type Result, tableOf, withTable } from "../../experiments/results_table.ts";
import { RunError } from "../../src/errors.ts";

const result = {
  config: {
    plan: { id: "a-row", preset: "quick", source: { accuracy: 0.99 } },
    adapter: "an adapter",
  },
  metrics: [[0.5, 0.7], [0.9, 0.6]].map(([logit, center]) => ({
    test_accuracy_by_logit: String(logit),
    test_accuracy_by_nearest_center: String(center),
  })),
} as unknown as Result;

Deno.test("tableOf() gives the last epoch and the best, with its number", () => {
  const lines = tableOf([result]);
  const cells = lines[2].split("|").slice(1, -1).map((cell) => cell.trim());
  const numbers = ["2", "0.990", "0.9000", "0.9000 (2)", "0.6000", "0.7000 (1)"];
  assertEquals(cells, ["a-row", "quick", "an adapter", ...numbers]);
  assertEquals(new Set(lines.map((line) => line.length)).size, 1, "columns are padded");
});

Deno.test("withTable() replaces what stands between the marks, and no more", () => {
  const readme = "a\n\n<!-- results:begin -->\n\nold\n\n<!-- results:end -->\n\nb\n";
  const once = withTable(readme, ["new"]);
  assertEquals(once, readme.replace("old", "new"));
  assertEquals(withTable(once, ["new"]), once);
  assertThrows(() => withTable("no marks", []), RunError, "needs <!-- results:begin -->");
  assertThrows(() => withTable(readme, [], "peers"), RunError, "needs <!-- peers:begin -->");
});
