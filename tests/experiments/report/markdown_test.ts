import { assertEquals } from "@std/assert";
import { tableOf, wrapped } from "../../../experiments/compare/markdown.ts";

Deno.test("tableOf() pads its columns, and shows text as it is", () => {
  const lines = tableOf<[string, number]>([
    ["name", "left", ([name]) => name],
    ["n", "right", ([, n]) => ({ markdown: `_${n}_` })],
  ], [["a|b", 1], ["_c_", 22]]);
  assertEquals(lines, [
    "| name  |    n |",
    "| ----- | ---: |",
    "| a\\|b  |  _1_ |",
    "| \\_c\\_ | _22_ |",
  ]);
  assertEquals(tableOf([], [], "Nothing."), ["Nothing."]);
});

Deno.test("wrapped() breaks lines at 100 characters, an item's with an indent", () => {
  const text = "word ".repeat(30).trim();
  assertEquals(wrapped(text).map((line) => line.length), [99, 49]);
  assertEquals(wrapped(text, { item: true }).map((line) => line.slice(0, 6)), ["- word", "  word"]);
});

Deno.test("wrapped() breaks no link, as deno fmt does not", () => {
  const link = `[two words](${"x".repeat(90)})`;
  assertEquals(wrapped(`Before ${link}, after it.`), ["Before", `${link},`, "after it."]);
});
