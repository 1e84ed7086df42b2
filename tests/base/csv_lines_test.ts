import { assertEquals, assertThrows } from "@std/assert";
import { parseLines } from "../../src/base/csv_lines.ts";
import { RunError } from "../../src/base/errors.ts";

Deno.test("parseLines() gives lines by their header; a number may be missing or infinite", () => {
  const lines = [{ epoch: "1", loss: "" }, { epoch: "2", loss: "Infinity" }];
  assertEquals(parseLines("epoch,loss\n1,\n2,Infinity\n", "a.csv"), lines);
  const named = { needed: ["class"], numbers: ["n"] };
  assertEquals(parseLines('class,n\n"a,b",1\n', "a.csv", named), [{ class: "a,b", n: "1" }]);
});

const refused: [csv: string, message: string][] = [
  ["", "a.csv is no CSV table: "],
  ["epoch,loss\n1,2,3\n", "a.csv is no CSV table: "],
  ['epoch,loss\n1,"2\n', "a.csv is no CSV table: "],
  ["epoch,loss\n1,2\n2,3x\n", 'a.csv, line 3: loss is "3x"; put the file back as it was written'],
  ["epoch,loss\n1, \n", 'a.csv, line 2: loss is " "; put the file back as it was written'],
  ["epoch,los\n1,2\n", "a.csv has no column loss; put the file back as it was written"],
];
for (const [csv, message] of refused) {
  Deno.test(`parseLines() refuses ${JSON.stringify(csv)}`, () => {
    assertThrows(() => parseLines(csv, "a.csv", { needed: ["loss"] }), RunError, message);
  });
}
