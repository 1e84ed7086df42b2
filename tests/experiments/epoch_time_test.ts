import { assertEquals } from "@std/assert";
import { timeFields, timesFit } from "../../experiments/epoch_time.ts";

Deno.test("timeFields() gives seconds and the rate of the seconds as they stand there", () => {
  assertEquals(timeFields(60_000, 12.3456789), ["12.345679", "4860.00000486"]);
});

Deno.test("timesFit() sees any digit that is another", () => {
  for (
    const [images, seconds] of [[60_000, [812.1234567, 799.5]], [18, [0.0123]], [50_000, [97531.86421]]]
  ) {
    const rows = (seconds as number[]).map((of) => timeFields(images as number, of));
    const columns = [0, 1].map((k) => rows.map((row) => row[k]));
    assertEquals(timesFit(columns[0], columns[1]), true);
    for (const [k, column] of columns.entries()) {
      for (const [i, field] of column.entries()) {
        for (let at = 0; at < field.length; at++) {
          const changed = field.slice(0, at) + (field[at] === "7" ? "3" : "7") +
            field.slice(at + 1);
          const other = column.with(i, changed);
          const found = k === 0 ? timesFit(other, columns[1]) : timesFit(columns[0], other);
          assertEquals(found, false, `${field} as ${changed}`);
        }
      }
    }
  }
  assertEquals(timesFit([], []), true);
});
