import { assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import { csvOf, tsvOf } from "../../src/base/csv.ts";

Deno.test("csvOf() quotes what would end a field or a line", () => {
  const fields = ["a,b", 'a"b', "a\nb", "a\rb", "a\r\nb", "plain", ""];
  const text = csvOf(fields.map((_, i) => `c${i}`), [fields]);
  assertEquals(text.split("\n")[1], '"a,b","a""b","a');
  assertEquals(parse(text)[1], fields.map((field) => field.replace("\r\n", "\n")));
  assertEquals(csvOf(["x"], [["cr\rname"]]), 'x\n"cr\rname"\n');
});

Deno.test("tsvOf() has the same rule, but for what parts two fields", () => {
  const fields = ["=1", "a\tb", 'a"b', "a,b", "-1.5", "\t=1"];
  assertEquals(tsvOf(["x"], fields.map((field) => [field])).split("\n").slice(1, -1), [
    ...["'=1", '"a\tb"', '"a""b"', "a,b", "-1.5", `"'\t=1"`],
  ]);
});

Deno.test("csvOf() defuses text that a spreadsheet would take for a formula", () => {
  for (const text of ["=1+1", "+cmd", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "-", "+1-1"]) {
    assertEquals(csvOf([text], [[text]]).trimEnd().split("\n"), Array(2).fill(`'${text}`));
  }
  assertEquals(csvOf(["x"], [["\r=1"]]), `x\n"'\r=1"\n`);
});

Deno.test("csvOf() leaves numbers as they are, as numbers and as text", () => {
  const numbers = [-1.5, 1e-7, -Infinity, "-1.5", "+3", "-1e-7", "-.5"];
  assertEquals(csvOf(["x"], numbers.map((n) => [n])), `x\n${numbers.join("\n")}\n`);
  assertEquals(csvOf(["a", "b", "c"], [[NaN, null, undefined]]), "a,b,c\n,,\n");
});
